"""The pointer over a picture, in a page: controls, picture and words follow it."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Locator, expect

from tests.browser.lab import Lab
from tests.browser.test_pictures import open_cells, shown_in

SOURCE = "from minidl.explorers import convolution_explorer\nconvolution_explorer()"
SEARCH = "from minidl.explorers import search\nsearch(budget=16, epochs=100)"
WAITING = 10_000  # milliseconds


def hover(canvas: Locator, x: float, y: float) -> None:
    """Put the pointer to a place of the picture, given as shares of its width and height."""
    box = canvas.bounding_box()
    assert box is not None
    canvas.hover(position={"x": x * box["width"], "y": y * box["height"]})


def test_the_window_goes_where_the_pointer_is(lab: Lab, browser: Browser) -> None:
    page = open_cells(lab, browser, "pointing.ipynb", [SOURCE])
    (_, box), *_ = page.explorers()
    canvas, words = shown_in(page, box), box.locator(".minidl-state")
    assert words.inner_text().startswith("Row 3, column 3 of 7 × 7")
    middle = words.get_by_text("Row 4, column 4 of 7 × 7")
    for x in (0.815, 0.18):  # of the output, of the image
        hover(canvas, x, 0.3)  # above its middle, so that the next is a change
        middle.wait_for(state="hidden", timeout=WAITING)
        hover(canvas, x, 0.505)
        middle.wait_for(timeout=WAITING)
    assert page.problems() == []
    page.close()


def test_a_search_goes_where_its_map_is_pressed_and_not_where_the_pointer_is(
    lab: Lab, browser: Browser
) -> None:
    page = open_cells(lab, browser, "pressing.ipynb", [SEARCH])
    (_, box), *_ = page.explorers()
    canvas, around_best = shown_in(page, box), box.locator("input[type=checkbox]")
    hover(canvas, 0.2, 0.5)
    page.page.wait_for_timeout(500)
    expect(around_best).to_be_checked()
    canvas.click(position={"x": 150, "y": 200})
    expect(around_best).not_to_be_checked(timeout=WAITING)
    chosen = box.get_by_role("button", name="coarse, then finer")
    expect(chosen).to_have_class(re.compile("mod-active"), timeout=WAITING)
    assert page.problems() == []
    page.close()


def test_a_point_is_put_where_the_picture_is_clicked_and_the_units_learn_it(
    lab: Lab, browser: Browser
) -> None:
    source = "from minidl.explorers import bends_explorer\nbends_explorer()"
    page = open_cells(lab, browser, "clicks.ipynb", [source])
    (_, box), *_ = page.explorers()
    canvas, words = shown_in(page, box), box.locator(".minidl-state")
    assert "3 of 4 points" in words.inner_text()
    bounds = canvas.bounding_box()
    assert bounds is not None
    canvas.click(position={"x": 0.35 * bounds["width"], "y": 0.25 * bounds["height"]})
    words.get_by_text("of 5 points").wait_for(timeout=WAITING)
    box.get_by_role("button", name="Put point").press("Enter")  # now a circle
    box.get_by_role("button", name="Put point").press("Enter")  # now gone
    words.get_by_text("3 of 4 points").wait_for(timeout=WAITING)
    box.get_by_role("button", name="Train").press("Enter")
    words.get_by_text("4 of 4 points").wait_for(timeout=3 * WAITING)
    box.get_by_role("button", name="Pause").press("Enter")
    assert page.problems() == []
    page.close()
