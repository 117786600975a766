"""Every lesson works in a real JupyterLab: its cells run and its explorers follow the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.explorer_box import ExplorerBox
from tests.browser.lab import Lab
from tests.browser.notebook_page import NotebookPage

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("name", [path.name for path in NOTEBOOKS])
def test_lesson_runs_and_its_explorers_follow_the_keyboard(
    name: str, lab: Lab, browser: Browser
) -> None:
    notebook = NotebookPage(browser, lab, name)
    notebook.run_all()
    explorers = 0
    for index, box in notebook.explorers():
        explorers += 1
        assert ExplorerBox(box).problems() == [], f"explorer in cell {index}"
    assert notebook.problems() == []
    assert explorers >= 2
    notebook.close()
