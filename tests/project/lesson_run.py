"""A lesson as a reader leaves it: exercises solved, PyTorch run beside it, every explorer moved."""

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
from course.claims import Claim
from course.proving import take_proofs, with_proofs
from minidl.exercises import exercise
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
    false_claims
        What sentences of the lesson say and its cells don't show.
    """

    errors: list[str]
    outcomes: list[str]
    pytorch: list[str]
    explorers: list[dict[str, Any]]
    false_claims: list[str]


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
    return new_code_cell(source, metadata={"pytorch": True})


def solved(notebook: Any, claims: list[Claim] | None = None, name: str = "") -> Any:
    """Return a copy of a lesson solved, its PyTorch blocks and claims as cells, and the walk."""
    notebook = copy.deepcopy(notebook)
    cells = []
    for cell in with_proofs(notebook.cells, claims or [], name):
        cells += [solve(cell), *(pytorch_cells(cell) if has_torch() else [])]
    notebook.cells = [*cells, new_code_cell(WALK, metadata={"walk": True})]
    return notebook


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
        if "claims" in cell.metadata:
            continue
        wrong = "; ".join(filter(None, map(complaint, outputs)))
        if "pytorch" in cell.metadata:
            pytorch.append(wrong)
        elif wrong:
            errors.append(f"{cell.source}\n{wrong}")
        elif "walk" in cell.metadata and outputs:  # a page stops at the first error
            explorers = json.loads("".join(outputs[-1].text))
        outcomes += [text for text in map(plain_text, outputs) if OUTCOME.match(text)]
    _, false_claims = take_proofs(notebook.cells)
    return Run(errors, outcomes, pytorch, explorers, false_claims)


def complaint(output: Any) -> str | None:
    """Return an output's exception or warning, None if it has neither."""
    if output.output_type == "error":
        return f"{output.ename}: {output.evalue}"
    return "".join(output.text) if output.get("name") == "stderr" else None


def plain_text(output: Any) -> str:
    """Return an output as text, empty where it has none."""
    return "".join(output.get("data", {}).get("text/plain", ""))
