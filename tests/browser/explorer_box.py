"""An explorer in the browser: move its sliders by keyboard and see what a reader would see."""

from __future__ import annotations

import time
from dataclasses import dataclass

from playwright.sync_api import Locator
from playwright.sync_api import TimeoutError as TookTooLong

PIXELS = "canvas => canvas.dataset.frame ? canvas.toDataURL() : ''"
PLACE = "slider => slider.parentElement.style.transform"  # its value for readers is rounded
HAS_MOVED = "([slider, before]) => slider.parentElement.style.transform !== before"


@dataclass(frozen=True)
class View:
    """What an explorer shows: the line of text, the picture's pixels, the error if any."""

    state: str
    picture: str
    error: str


class ExplorerBox:
    """An explorer on the page.

    Parameters
    ----------
    box
        Its element.
    patience
        Milliseconds that it may take to follow a slider.
    """

    def __init__(self, box: Locator, *, patience: int = 10_000) -> None:
        self.box, self.patience = box, patience
        self.sliders = box.locator(".jupyter-widgets:not(.widget-disabled) .noUi-handle")

    def view(self) -> View:
        """Return what the explorer shows now."""
        return View(
            self.box.locator(".minidl-state").inner_text(),
            self.box.locator("canvas.minidl-picture").evaluate(PIXELS),
            self.box.locator(".minidl-error").inner_text().strip(),
        )

    def press(self, slider: Locator) -> None:
        """Move a slider by one step, back if it stands at its end."""
        before = slider.evaluate(PLACE)
        slider.focus()
        slider.press("ArrowRight")
        try:  # a busy page may take a moment before the handle moves
            self.box.page.wait_for_function(
                HAS_MOVED, arg=[slider.element_handle(), before], timeout=1000
            )
        except TookTooLong:
            slider.press("ArrowLeft")

    def follows(self, slider: Locator) -> bool:
        """Move a slider; tell whether the picture and the line of text changed."""
        before = self.view()
        self.press(slider)
        deadline = time.monotonic() + self.patience / 1000
        while time.monotonic() < deadline:
            # Looked up anew each time, since JupyterLab may draw a cell again while it scrolls.
            view = self.view()
            if view.error:
                return False
            if view.state != before.state and view.picture != before.picture:
                return True
            self.box.page.wait_for_timeout(50)
        return False

    def problems(self) -> list[str]:
        """Move sliders until one changes picture and text; return what is wrong, if anything."""
        if not self.sliders.count():
            return ["has no slider that can be moved"]
        # Twice, since a page that is still being laid out can lose a key.
        for index in 2 * list(range(self.sliders.count())):
            if self.follows(self.sliders.nth(index)):
                return []
            if error := self.view().error:
                return [f"shows an error: {error}"]
        return [f"does not follow its sliders; it shows {self.view().state!r}"]
