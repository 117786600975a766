"""The page draws what matplotlib draws, and plays at speed: one page for every picture."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Iterator
from typing import Any

import nbformat
import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator

import minidl.explorers
from course.lesson import METADATA
from tests.browser.explorer_box import ExplorerBox
from tests.browser.lab import Lab
from tests.browser.notebook_page import NotebookPage
from tests.widgets.helpers import stage_classes

NAMES = [cls.__name__ for cls in stage_classes()]
CANVAS = "canvas.minidl-picture"
SHOWN = f"box => box.querySelector('{CANVAS}')?.dataset.frame"
PIXELS = "canvas => canvas.toDataURL()"
ALL_KINDS = "RateExplorer"  # of sliders: over stops, whole numbers and orders of magnitude
LAPTOP = {"width": 1366, "height": 768}
ROOM = "() => document.querySelector('.jp-Notebook').clientHeight"
BLOCK = 8  # screen pixels, over which colours are compared: less than a mark's or a letter's size
COUNT_FRAMES = """canvas => {
  window.seen = [];
  new MutationObserver(() => window.seen.push(performance.now()))
    .observe(canvas, {attributes: true, attributeFilter: ['data-frame']});
}"""
SLEEP = """() => {  // as in a tab that cannot be seen
  window.awake = window.requestAnimationFrame;
  window.postponed = [];
  window.requestAnimationFrame = draw => window.postponed.push(draw);
}"""
WAKE = """() => {
  window.requestAnimationFrame = window.awake;
  window.postponed.forEach(draw => window.requestAnimationFrame(draw));
}"""


SPOKEN = """box => [...box.querySelectorAll('.noUi-handle')].map(handle => {
  const slider = handle.closest('.widget-inline-hbox');
  return ['label', 'valuetext'].map(name => handle.getAttribute(`aria-${name}`)).concat(
    ['label', 'readout'].map(name => slider.querySelector(`.widget-${name}`).textContent));
})"""


def unspoken(box: Locator) -> list[list[str]]:
    """Return name and value, as told and as shown, of sliders that tell other ones, or none."""
    return [told for told in box.evaluate(SPOKEN) if told[:2] != told[2:] or not all(told)]


def open_cells(lab: Lab, browser: Browser, name: str, sources: list[str]) -> NotebookPage:
    """Run a notebook of these cells."""
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
    nbformat.write(notebook, lab.folder / name)
    page = NotebookPage(browser, lab, name, **LAPTOP)
    page.run_all()
    return page


def shown_in(page: NotebookPage, box: Locator) -> Locator:
    """Return a box's picture once it is drawn."""
    page.page.wait_for_function(SHOWN, arg=box.element_handle(), timeout=30_000)
    return box.locator(CANVAS)


def blocks(image: Image.Image, width: int, height: int) -> Any:
    """Return the mean colour of each block of an image."""
    size = (width // BLOCK, height // BLOCK)
    return np.asarray(image.convert("RGB").resize(size, Image.Resampling.BOX)).astype(float)


def decode(address: str) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(address.rpartition(",")[2])))


MEAN_APART = {"AugmentationExplorer": 2}
"""How far the page may be from Agg in the mean where photos fill the picture; 1.2 elsewhere."""


def test_the_page_draws_what_agg_draws_for_every_explorer(lab: Lab, browser: Browser) -> None:
    sources = [f"from minidl.explorers import {name}\n{name}()" for name in NAMES]
    page = open_cells(lab, browser, "all.ipynb", sources)
    far, room = {}, page.page.evaluate(ROOM)
    for (index, box), name in zip(page.explorers(), NAMES, strict=True):
        width, height = getattr(minidl.explorers, name).size
        canvas = shown_in(page, box)
        ours = blocks(decode(canvas.evaluate(PIXELS)), width, height)
        stored = page.cells()[index]["outputs"][0]["data"]["image/png"]
        apart = np.abs(ours - blocks(decode(stored), width, height)).max(axis=2)
        if apart.max() > 48 or apart.mean() > MEAN_APART.get(name, 1.2):
            far[name] = f"largest {apart.max():.0f}, mean {apart.mean():.2f}"
        assert canvas.get_attribute("role") == "img"
        assert canvas.get_attribute("aria-label") == getattr(minidl.explorers, name).alt
        assert canvas.evaluate("c => [c.clientWidth, c.clientHeight]") == [width, height]
        assert unspoken(box) == []
        assert (box.bounding_box() or {})["height"] <= room, f"{name}: picture or controls too high"
    assert far == {}
    assert page.problems() == []
    page.close()


def test_a_slider_tells_the_value_that_it_shows_also_once_it_has_moved(
    lab: Lab, browser: Browser
) -> None:
    page = open_cells(
        lab, browser, "told.ipynb", [f"from minidl.explorers import *\n{ALL_KINDS}()"]
    )
    ((_, box),) = page.explorers()
    shown_in(page, box)
    explorer, handles = ExplorerBox(box), box.locator(".noUi-handle")
    for handle in (handles.nth(index) for index in range(handles.count())):
        before = handle.get_attribute("aria-valuetext")
        explorer.press(handle)
        assert waits_until(page, lambda h=handle, b=before: h.get_attribute("aria-valuetext") != b)
    assert unspoken(box) == []
    page.close()


@pytest.fixture
def watched(lab: Lab, browser: Browser) -> Iterator[tuple[NotebookPage, Locator, Locator]]:
    """Open `watch_it_learn`; return page, box and canvas."""
    source = "from minidl.explorers import watch_it_learn\nwatched = watch_it_learn()\nwatched"
    page = open_cells(lab, browser, "watch.ipynb", [source, "watched"])
    (_, box), *_ = page.explorers()
    yield page, box, shown_in(page, box)
    assert page.problems() == []
    page.close()


def press(box: Locator, name: str) -> None:
    """Press a button by the keyboard."""
    box.get_by_role("button", name=name).press("Enter")


def frame_of(canvas: Locator) -> int:
    return int(canvas.get_attribute("data-frame") or 0)


def waits_until(page: NotebookPage, met: Any, seconds: float = 10) -> bool:
    """Tell whether something becomes true."""
    deadline = time.monotonic() + seconds
    while not met() and time.monotonic() < deadline:
        page.page.wait_for_timeout(50)
    return bool(met())


def test_it_plays_pauses_steps_and_goes_back(watched: Any) -> None:
    page, box, canvas = watched
    state = box.locator(".minidl-state")
    untrained, words = canvas.evaluate(PIXELS), state.inner_text()
    canvas.evaluate(COUNT_FRAMES)
    press(box, "Play")
    assert waits_until(page, lambda: page.page.evaluate("() => window.seen.length") > 60)
    press(box, "Pause")
    assert waits_until(page, lambda: box.get_by_role("button", name="Play").count() == 1)
    page.page.wait_for_timeout(500)
    still, told = frame_of(canvas), state.inner_text()
    page.page.wait_for_timeout(500)
    assert (frame_of(canvas), state.inner_text()) == (still, told)
    assert told != words
    press(box, "Step")
    assert waits_until(page, lambda: frame_of(canvas) > still)
    assert canvas.evaluate(PIXELS) != untrained
    box.locator(".noUi-handle").first.press("Home")
    assert waits_until(page, lambda: state.inner_text() == words)
    box.locator(".noUi-handle").first.press("ArrowRight")
    assert waits_until(page, lambda: state.inner_text().startswith("Epoch 1:"))


def test_a_page_that_cannot_be_seen_stops_it_and_it_goes_on_afterwards(watched: Any) -> None:
    page, box, canvas = watched
    press(box, "Play")
    assert waits_until(page, lambda: frame_of(canvas) > 10)
    page.page.evaluate(SLEEP)
    page.page.wait_for_timeout(3000)
    sent = [int(page.ask("watched.frame.live.sent")) for _ in range(2)]
    asleep_at = frame_of(canvas)
    assert sent[0] == sent[1] <= asleep_at + 34
    page.page.evaluate(WAKE)
    assert waits_until(page, lambda: frame_of(canvas) > sent[0] + 5)
    press(box, "Pause")


def test_a_page_that_is_loaded_again_and_a_second_view_show_the_same(watched: Any) -> None:
    page, box, canvas = watched
    press(box, "Epoch")
    assert waits_until(page, lambda: frame_of(canvas) > 1)
    views = [shown_in(page, box) for _, box in page.explorers()]
    assert len(views) == 2
    assert waits_until(page, lambda: len({view.evaluate(PIXELS) for view in views}) == 1)
