"""Every lesson as a reader leaves it, in a real JupyterLab: solved, checked, explored by keyboard.

One run of a lesson serves all tests of it. Without Chromium, it runs without a page, and only
what needs the keyboard is skipped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import nbformat
import pytest

from course.lesson import Chapter, Notebook, read_lesson, read_outline
from tests.browser.explorer_box import ExplorerBox
from tests.browser.lab import NO_BROWSER, Lab, find_chromium
from tests.browser.notebook_page import NotebookPage
from tests.project.lesson_run import (
    PYTORCH_BLOCK,
    Run,
    execute,
    explorer_cells,
    has_torch,
    solved,
    what_it_showed,
)
from tests.project.settings import ROOT

pytestmark = pytest.mark.notebook

OUTLINE = read_outline(ROOT)


@pytest.fixture(scope="module", params=OUTLINE, ids=lambda chapter: chapter.slug)
def chapter(request: pytest.FixtureRequest) -> Chapter:
    """Return a chapter."""
    return request.param


@pytest.fixture(scope="module")
def notebook(chapter: Chapter) -> Notebook:
    """Return a lesson with its solutions, not yet run."""
    return solved(read_lesson(chapter, OUTLINE, ROOT))


@pytest.fixture(scope="module")
def page(
    chapter: Chapter, notebook: Notebook, request: pytest.FixtureRequest
) -> Iterator[NotebookPage | None]:
    """Run the lesson in JupyterLab; None where there is no browser."""
    if find_chromium() is None and os.environ.get("MINIDL_REQUIRE_BROWSER") != "1":
        yield None
        return
    lab: Lab = request.getfixturevalue("lab")
    nbformat.write(notebook, lab.folder / chapter.notebook_name)
    page = NotebookPage(request.getfixturevalue("browser"), lab, chapter.notebook_name)
    page.run_all()
    yield page
    page.close()


@pytest.fixture(scope="module")
def run(notebook: Notebook, page: NotebookPage | None) -> Run:
    """Return what the lesson showed, in JupyterLab or without a page."""
    if page is None:
        execute(notebook)
    else:
        for cell, shown in zip(notebook.cells, page.cells(), strict=True):
            if cell.cell_type == "code":
                cell.outputs = nbformat.from_dict(shown["outputs"])
    return what_it_showed(notebook)


def test_no_cell_fails_or_warns(run: Run) -> None:
    assert run.errors == []


def test_every_solution_is_right(run: Run, notebook: Notebook) -> None:
    exercises = [cell for cell in notebook.cells if "exercise" in cell.metadata]
    assert [text for text in run.outcomes if not text.startswith("Right:")] == []
    assert len(run.outcomes) == len(exercises)


def test_every_explorer_follows_every_control(run: Run, notebook: Notebook) -> None:
    assert [explorer for explorer in run.explorers if explorer["wrong"]] == []
    assert len(run.explorers) == len(explorer_cells(notebook))
    assert all(explorer["moves"] > 3 for explorer in run.explorers)


def test_pytorch_agrees(run: Run, notebook: Notebook) -> None:
    blocks = sum(len(PYTORCH_BLOCK.findall(cell.source)) for cell in notebook.cells)
    assert blocks >= 1
    if not has_torch():
        pytest.skip("PyTorch is not installed")
    assert run.pytorch == [""] * blocks


def test_every_explorer_follows_the_keyboard(page: NotebookPage | None, run: Run) -> None:
    if page is None:
        pytest.skip(NO_BROWSER)
    wrong = {index: ExplorerBox(box).problems() for index, box in page.explorers()}
    assert {index: found for index, found in wrong.items() if found} == {}
    assert len(wrong) == len(run.explorers)
    assert page.problems() == []
