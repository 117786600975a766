"""Every lesson with its exercises solved: checks are right, PyTorch agrees, explorers follow."""

from __future__ import annotations

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.lesson import METADATA, read_lesson, read_outline
from tests.project.lesson_run import PYTORCH_BLOCK, Run, has_torch, run_solved
from tests.project.settings import ROOT

pytestmark = pytest.mark.notebook

OUTLINE = read_outline(ROOT)
FAULTY_EXPLORER = """
from minidl.widgets.controls import slider
from minidl.widgets.explorer import Explorer

class Faulty(Explorer):
    def make_controls(self):
        return {"a": slider("a", 0, low=0, high=9, step=1, tooltip="a")}

    def compute(self, state):
        return 1 / (9 - state.a)

    def draw(self, figure):
        return []

    def update(self, artists, view):
        pass

    def sentence(self, state, view):
        return f"a is {view:.2f}"

Faulty()
"""


@pytest.fixture(scope="module", params=OUTLINE, ids=lambda chapter: chapter.slug)
def lesson(request: pytest.FixtureRequest) -> object:
    """Return a lesson as a notebook that has not run."""
    return read_lesson(request.param, OUTLINE, ROOT)


@pytest.fixture(scope="module")
def run(lesson: object) -> Run:
    """Run a lesson once for all tests of it."""
    return run_solved(lesson)


def test_no_cell_fails_or_warns(run: Run) -> None:
    assert run.errors == []


def test_every_solution_is_right(run: Run, lesson: object) -> None:
    exercises = [cell for cell in lesson.cells if "exercise" in cell.metadata]
    assert [text for text in run.outcomes if not text.startswith("Right:")] == []
    assert len(run.outcomes) == len(exercises) >= 4


def test_every_explorer_follows_every_control(run: Run) -> None:
    assert [explorer for explorer in run.explorers if explorer["wrong"]] == []
    assert len(run.explorers) >= 2
    assert all(explorer["moves"] > 3 for explorer in run.explorers)


def test_pytorch_agrees(run: Run, lesson: object) -> None:
    blocks = sum(len(PYTORCH_BLOCK.findall(cell.source)) for cell in lesson.cells)
    assert blocks >= 1
    if not has_torch():
        pytest.skip("PyTorch is not installed")
    assert run.pytorch == [""] * blocks


def planted(*cells: object) -> Run:
    """Run a lesson made of a few cells."""
    return run_solved(new_notebook(cells=list(cells), metadata=METADATA))


def test_a_faulty_explorer_is_found() -> None:
    (report,) = planted(new_code_cell(FAULTY_EXPLORER)).explorers
    assert report["name"] == "Faulty"
    assert len(report["wrong"]) == 1
    assert report["wrong"][0].startswith("a = 9.0: ZeroDivisionError")


def test_a_failing_cell_and_a_warning_are_found() -> None:
    warning = "import warnings\nwarnings.warn('planted')"
    found = planted(new_code_cell("1 / 0"), new_code_cell(warning)).errors
    assert ["ZeroDivisionError" in found[0], "planted" in found[1]] == [True, True]


@pytest.mark.torch
@pytest.mark.parametrize(("factor", "agrees"), [(2, True), (3, False)])
def test_a_wrong_pytorch_block_is_found(factor: int, agrees: bool) -> None:
    pytest.importorskip("torch")
    block = f"# In PyTorch\nimport torch\nx = torch.tensor(x) * {factor}\nfloat(x) == y  # True"
    text = new_markdown_cell(f"Beside it:\n\n```python\n{block}\n```\n")
    found = planted(new_code_cell("x, y = 1.0, 2.0"), text, new_code_cell("assert x == 1.0"))
    assert [wrong == "" for wrong in found.pytorch] == [agrees]
    assert found.errors == []
