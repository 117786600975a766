"""What every explorer looks like: controls on top, then the picture, then the result in words."""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator
from typing import Any

from ipywidgets import HTML, Button, GridBox, Image, Layout, VBox, Widget
from traitlets import Unicode

_STATE = '<div role="status" aria-live="polite" style="line-height:1.5">{}</div>'
_NOTES = '<div style="line-height:1.5;color:var(--jp-ui-font-color2)">{}</div>'
_ERROR = (
    '<div role="alert" style="line-height:1.5;padding:4px 10px;border-left:4px solid #D55E00;'
    'background:rgba(213,94,0,0.14)">{}</div>'
)


class Canvas(Image):  # type: ignore[misc]  # ipywidgets has no types
    """An image with a text for readers who cannot see it.

    The browser shows a tooltip as the image's title, which is its text where there is no other;
    it looks for a description first, which plain images lack.
    """

    description = Unicode("").tag(sync=True)


class Frame:
    """The widgets of an explorer around its controls.

    Parameters
    ----------
    controls
        The controls, in the order in which they are shown.
    width, height
        Size of the picture in screen pixels; it is fixed, so that nothing jumps.
    alt
        What the picture shows, for readers who cannot see it.
    """

    def __init__(self, controls: Iterable[Any], *, width: int, height: int, alt: str) -> None:
        text = {"width": "100%", "max_width": f"{width}px"}
        self.reset_button = Button(
            description="Reset",
            icon="undo",
            tooltip="Put every control back to where it was at first",
            layout=Layout(
                width="96px", margin="2px 2px 2px 124px"
            ),  # below the controls' left ends
        )
        grid = Layout(
            grid_template_columns="repeat(auto-fill, minmax(300px, 1fr))",
            grid_gap="2px 20px",
            align_items="center",
            **text,
        )
        self.image = Canvas(
            width=str(width),
            height=str(height),
            tooltip=alt,
            layout=Layout(max_width="100%", height="auto", margin="4px 0"),
        )
        self.notes = HTML(layout=Layout(display="none", **text))
        self.state = HTML(layout=Layout(**text)).add_class("minidl-state")
        self.error = HTML(layout=Layout(display="none", **text)).add_class("minidl-error")
        self.parts = [
            GridBox([*controls, self.reset_button], layout=grid),
            self.notes,
            self.image,
            VBox([self.state, self.error], layout=Layout(min_height="44px")),
        ]

    def show(self, png: bytes, sentence: str) -> None:
        """Show a picture and the result in words."""
        self.image.value = png
        self._say(_STATE.format(html.escape(sentence)), error="")

    def fail(self, message: str) -> None:
        """Show an error where the result would stand; the last good picture stays."""
        self._say("", error=_ERROR.format(html.escape(message)))

    def say_reasons(self, reasons: Iterable[str]) -> None:
        """List under the controls why some are switched off."""
        text = "; ".join(reasons)
        self.notes.value = _NOTES.format(html.escape(text))
        self.notes.layout.display = None if text else "none"

    def _say(self, state: str, *, error: str) -> None:
        """Show either the state line or the error box; the other one is empty and hidden."""
        self.state.value, self.error.value = state, error
        self.state.layout.display = "none" if error else None
        self.error.layout.display = None if error else "none"


def widgets_below(widget: Any) -> Iterator[Any]:
    """Yield the widgets inside `widget`, with their layouts and styles (widgets, too)."""
    for child in getattr(widget, "children", ()):
        yield from widgets_below(child)
        yield child
    for name in ("layout", "style"):
        part = getattr(widget, name, None)
        if isinstance(part, Widget):
            yield part
