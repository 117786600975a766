"""Claims as cells that run between a lesson's own, and that no reader sees."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby

import nbformat

from course.claims import Claim
from course.lesson import ROOT, Cell

CALL = (
    "(__import__('sys').path.append({root!r}), "
    "__import__('course.proof', fromlist=['prove']).prove({claims!r}, globals()))[1]"
)


def with_proofs(cells: Sequence[Cell], claims: Sequence[Claim], name: str) -> list[Cell]:
    """Return a lesson's cells with one behind each code cell that claims need; `name` is a file."""
    return list(interleaved(cells, proofs(claims, name)))


def proofs(claims: Sequence[Claim], name: str) -> dict[int, Cell]:
    """Return cells of claims, each with the number of the code cell that it stands behind."""
    return {
        after: proof_cell(list(some), name)
        for after, some in groupby([c for c in claims if c.code], key=lambda claim: claim.after)
    }


def interleaved(cells: Sequence[Cell], proofs: dict[int, Cell]) -> Iterator[Cell]:
    """Yield the cells, and after each code cell the proof with its number; from 1."""
    ran = 0
    for cell in cells:
        yield cell
        ran += cell.cell_type == "code"
        if cell.cell_type == "code" and ran in proofs:
            yield proofs[ran]


def proof_cell(claims: Sequence[Claim], name: str) -> Cell:
    """Return a cell that prints which claims are false."""
    pairs = [(said(claim, name), claim.code) for claim in claims]
    call = CALL.format(root=str(ROOT), claims=pairs)
    return nbformat.v4.new_code_cell(f"print({call})", metadata={"claims": call})


def said(claim: Claim, name: str) -> str:
    """Return where a claim's sentences stand and what they say."""
    if not claim.sentences:
        return f"{name}, line {claim.line}: {claim.code}"
    return "\n".join(f'{name}, line {line} says "{says}"' for line, says in claim.sentences)


def take_proofs(cells: Sequence[Cell]) -> tuple[list[Cell], list[str]]:
    """Return the lesson's own cells, numbered as if they had run alone, and the false claims."""
    own = [cell for cell in cells if "claims" not in cell.metadata]
    for number, cell in enumerate([c for c in own if c.cell_type == "code"], start=1):
        cell.execution_count = number
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = number
    return own, [text for cell in cells if "claims" in cell.metadata for text in false_in(cell)]


def false_in(cell: Cell) -> list[str]:
    """Return what a cell of claims has found false."""
    for output in cell.outputs:
        if output.get("name") == "stdout":
            return [text for text in json.loads(output.text) if text]
    return [f"a cell of claims did not run:\n{cell.source}"]
