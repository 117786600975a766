"""The run of a solved lesson turns red when it should: planted faults are found."""

from __future__ import annotations

from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from course.lesson import METADATA
from tests.project.lesson_run import Run, execute, solved, what_it_showed

pytestmark = pytest.mark.notebook

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


def looked_at(source: str) -> Any:
    """Return a cell that a solved lesson runs, since it names the exercises."""
    return new_code_cell(f"exercise = None\nexercise\n{source}")


def planted(*cells: object) -> Run:
    """Run a lesson made of a few cells."""
    notebook = solved(new_notebook(cells=list(cells), metadata=METADATA))
    execute(notebook)
    return what_it_showed(notebook)


def test_a_faulty_explorer_is_found() -> None:
    (report,) = planted(looked_at(FAULTY_EXPLORER)).explorers
    assert report["name"] == "Faulty"
    assert len(report["wrong"]) == 1
    assert report["wrong"][0].startswith("a = 9.0: ZeroDivisionError")


def test_a_failing_cell_and_a_warning_are_found() -> None:
    warning = "import warnings\nwarnings.warn('planted')"
    found = planted(looked_at("1 / 0"), looked_at(warning)).errors
    assert ["ZeroDivisionError" in found[0], "planted" in found[1]] == [True, True]


def test_what_would_only_be_done_again_is_left_out() -> None:
    assert planted(new_code_cell("1 / 0"), looked_at("2")).errors == []


@pytest.mark.torch
@pytest.mark.parametrize(("factor", "agrees"), [(2, True), (3, False)])
def test_a_wrong_pytorch_block_is_found(factor: int, agrees: bool) -> None:
    pytest.importorskip("torch")
    block = f"# In PyTorch\nimport torch\nx = torch.tensor(x) * {factor}\nfloat(x) == y  # True"
    text = new_markdown_cell(f"Beside it:\n\n```python\n{block}\n```\n")
    found = planted(new_code_cell("x, y = 1.0, 2.0"), text, looked_at("assert x == 1.0"))
    assert [wrong == "" for wrong in found.pytorch] == [agrees]
    assert found.errors == []
