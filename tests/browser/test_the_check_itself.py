"""The browser check turns red when it should: notebooks with a planted fault are found out."""

from __future__ import annotations

import nbformat
import pytest
from playwright.sync_api import Browser

from course.lesson import METADATA
from tests.browser.explorer_box import ExplorerBox
from tests.browser.lab import Lab
from tests.browser.notebook_page import NotebookPage

EXPLORER = """
from minidl.widgets.controls import slider
from minidl.widgets.explorer import Explorer

class Planted(Explorer):
    alt = "A point."

    def make_controls(self):
        return {{"a": slider("Number a", 0, low=0, high=9, step=1, tooltip="Moves the point.")}}

    def compute(self, state):
        {compute}
        return state.a

    def draw(self, figure):
        axes = figure.subplots()
        axes.set(xlim=(0, 9))
        return axes.plot([0], [0], "o")

    def update(self, artists, view):
        artists[0].set_xdata([view])

    def sentence(self, state, view):
        return {sentence}

Planted()
"""
SOUND = EXPLORER.format(compute="pass", sentence="f'a is {state.a:.0f}'")
RAISES_ON_A_MOVE = EXPLORER.format(
    compute="if state.a: raise RuntimeError('planted')", sentence="f'a is {state.a:.0f}'"
)
IS_DEAF = EXPLORER.format(compute="pass", sentence="'always the same'")
PLAIN_CALLBACK_RAISES = """
import ipywidgets as w
number, state, error = w.IntSlider(), w.HTML("0"), w.HTML()
picture = w.HTML("<canvas class='minidl-picture' data-frame='1'></canvas>")
state.add_class("minidl-state"); error.add_class("minidl-error")

def follow(change):
    raise RuntimeError("planted")

number.observe(follow, "value")
w.VBox([number, picture, state, error], _dom_classes=["minidl-explorer"])
"""


def open_planted(source: str, lab: Lab, browser: Browser) -> NotebookPage:
    """Run a notebook of one cell."""
    cells = [nbformat.v4.new_code_cell(source.strip())]
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=METADATA)
    nbformat.write(notebook, lab.folder / "planted.ipynb")
    page = NotebookPage(browser, lab, "planted.ipynb")
    page.run_all()
    return page


def what_is_wrong(source: str, lab: Lab, browser: Browser) -> list[str]:
    """Return all that the check finds in a notebook of one cell."""
    page = open_planted(source, lab, browser)
    found = page.problems()
    for _, box in page.explorers():
        found += ExplorerBox(box, patience=3_000).problems()
    page.close()
    return found


def test_a_sound_explorer_passes(lab: Lab, browser: Browser) -> None:
    assert what_is_wrong(SOUND, lab, browser) == []


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        (RAISES_ON_A_MOVE, "shows an error: RuntimeError: planted"),
        (IS_DEAF, "does not follow its sliders; it shows 'always the same'"),
        (PLAIN_CALLBACK_RAISES, "does not follow its sliders; it shows '0'"),
    ],
    ids=["raises on a move", "is deaf", "plain callback raises"],
)
def test_a_faulty_explorer_is_found_out(
    source: str, complaint: str, lab: Lab, browser: Browser
) -> None:
    assert complaint in " ".join(what_is_wrong(source, lab, browser))


def test_an_exception_in_a_cell_is_found_out(lab: Lab, browser: Browser) -> None:
    assert "cell 0: ZeroDivisionError: division by zero" in what_is_wrong("1 / 0", lab, browser)


def test_an_error_on_the_page_is_found_out(lab: Lab, browser: Browser) -> None:
    page = open_planted("print(1)", lab, browser)
    page.page.evaluate("() => { setTimeout(() => { throw new Error('planted') }) }")
    page.page.evaluate("() => { console.error('planted, too') }")
    page.page.wait_for_timeout(200)
    assert {"page: planted", "console: planted, too"} <= {
        problem.partition(" http")[0] for problem in page.problems()
    }
    page.close()
