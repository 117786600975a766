"""A lesson as a reader leaves it: exercises solved, PyTorch run beside it, every explorer moved.

Its cells have run before, with blanks, when nbval has compared what they print with what is stored.
Here run those that can show something else; see `tests.project.needed`.
"""

from __future__ import annotations

import ast
import copy
import importlib.util
import json
import re
import tempfile
from dataclasses import dataclass
from typing import Any

from nbclient import NotebookClient
from nbformat.v4 import new_code_cell

import minidl.explorers
from minidl.exercises import exercise, lesson_exercises
from tests.project.needed import looks_at_answers, needed, verdicts_in
from tests.project.settings import ROOT

PYTORCH_BLOCK = re.compile(r"^```python\n(# In PyTorch\b.*?)^```", re.MULTILINE | re.DOTALL)
CALLS = "|".join(name for name in minidl.explorers.__all__ if name.islower())
OPENS_EXPLORER = re.compile(rf"^(?:{CALLS})\(", re.MULTILINE)
OUTCOME = re.compile(r"(Right|Not right yet|Not attempted):")
WALK = f"""
import json, sys
sys.path.insert(0, {str(ROOT)!r})
from tests.project.explorer_walk import walk_all
print(json.dumps(await walk_all()))
"""


@dataclass(frozen=True)
class Run:
    """What a run of a lesson showed.

    Attributes
    ----------
    errors
        Exceptions and warnings by cell.
    outcomes
        What the checks said.
    pytorch
        For each PyTorch block, an empty text or how it differs.
    explorers
        The report of `explorer_walk.walk_all`.
    """

    errors: list[str]
    outcomes: list[str]
    pytorch: list[str]
    explorers: list[dict[str, Any]]


def has_torch() -> bool:
    """Tell whether PyTorch is installed."""
    return importlib.util.find_spec("torch") is not None


def explorer_cells(notebook: Any) -> list[Any]:
    """Return the cells of a lesson that open an explorer."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return [cell for cell in code if OPENS_EXPLORER.search(cell.source)]


def solve(cell: Any) -> Any:
    """Return an exercise's cell with its solution, any other cell as it is."""
    name = cell.metadata.get("exercise")
    if name:
        cell.source = str(exercise(name).solution())
    return cell


def pytorch_cells(cell: Any) -> list[Any]:
    """Return a cell for each PyTorch block in a text; it fails where the block is not True."""
    blocks = PYTORCH_BLOCK.findall(cell.source) if cell.cell_type == "markdown" else []
    return [pytorch_cell(block) for block in blocks]


def pytorch_cell(block: str) -> Any:
    """Return code that runs a block on a copy of the lesson's names and tests its last line."""
    *statements, last = ast.parse(block).body
    if not isinstance(last, ast.Expr):
        raise ValueError(f"expected the last line to be true or false:\n{block}")
    body = ast.unparse(ast.Module(statements, []))
    expression = ast.unparse(last.value)
    source = (
        f"scope = dict(globals())\nexec({body!r}, scope)\n"
        f"assert eval({expression!r}, scope), {'differs from PyTorch: ' + expression!r}"
    )
    return new_code_cell(source, metadata={"pytorch": block})


def solved(notebook: Any) -> Any:
    """Return a copy of a lesson solved, its PyTorch blocks as cells, and the walk at its end."""
    notebook = copy.deepcopy(notebook)
    cells = [
        part
        for cell in notebook.cells
        for part in [solve(cell), *(pytorch_cells(cell) if has_torch() else [])]
    ]
    notebook.cells = [*without_repetition(cells), new_code_cell(WALK, metadata={"walk": True})]
    return notebook


def without_repetition(cells: list[Any]) -> list[Any]:
    """Return a solved lesson without the code cells that would only do again what is known."""
    code = [cell for cell in cells if cell.cell_type == "code"]
    sources = [cell.metadata.get("pytorch", cell.source) for cell in code]
    names = [cell.metadata["exercise"] for cell in code if "exercise" in cell.metadata]
    answers = {lesson_exercises(name.partition("/")[0])[name].answer for name in names}
    verdicts = set().union(*map(verdicts_in, sources))
    wanted = [
        number
        for number, cell in enumerate(code)
        if {"exercise", "pytorch"} & set(cell.metadata)
        or OPENS_EXPLORER.search(cell.source)
        or looks_at_answers(cell.source, answers, verdicts)
    ]
    kept = {id(code[number]) for number in needed(sources, wanted)}
    return [cell for cell in cells if cell.cell_type != "code" or id(cell) in kept]


def execute(notebook: Any) -> None:
    """Run a notebook to its end without a page, in a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        resources = {"metadata": {"path": folder}}
        client = NotebookClient(notebook, timeout=120, allow_errors=True, resources=resources)
        client.execute()


def what_it_showed(notebook: Any) -> Run:
    """Return what a lesson showed that was solved and run."""
    errors, outcomes, pytorch = [], [], []
    explorers: list[dict[str, Any]] = []
    for cell in notebook.cells:
        outputs = cell.get("outputs", [])
        wrong = "; ".join(filter(None, map(complaint, outputs)))
        if "pytorch" in cell.metadata:
            pytorch.append(wrong)
        elif wrong:
            errors.append(f"{cell.source}\n{wrong}")
        elif "walk" in cell.metadata and outputs:  # a page stops at the first error
            explorers = json.loads("".join(outputs[-1].text))
        outcomes += [text for text in map(plain_text, outputs) if OUTCOME.match(text)]
    return Run(errors, outcomes, pytorch, explorers)


def complaint(output: Any) -> str | None:
    """Return an output's exception or warning, None if it has neither."""
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    return "".join(output.text) if output.get("name") == "stderr" else None


def plain_text(output: Any) -> str:
    """Return an output as text, empty where it has none."""
    return "".join(output.get("data", {}).get("text/plain", ""))
