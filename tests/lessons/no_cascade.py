"""Plant wrong answers in a lesson, run each cell twice, and see whether other cells take harm.

`python -m tests.lessons.no_cascade [LESSON ...] [LESSON/EXERCISE ...]` prints what differs from
the stored lesson, in texts and in pictures: every exercise is tried, one at a time, and every
lesson's cells twice; by default, those of all lessons.
"""

from __future__ import annotations

import base64
import copy
import io
import sys
from typing import Any

import nbformat
import numpy as np
from matplotlib.image import imread

from course.lesson import ROOT, Chapter, read_lesson, read_outline
from minidl.exercises import lesson_exercises
from tests.project.lesson_run import complaint, execute, plain_text

PLANT = """
from minidl.exercises import lesson_exercises
{answer} = next(iter(lesson_exercises({slug!r})[{name!r}].mistakes)).code
"""
NOT_RIGHT = {"not right yet": "still blank"}
"""What a cell may say of a wrong answer, and says of a blank."""


def as_built(chapter: Chapter) -> list[Any]:
    """Return a lesson's code cells as they are written, with the outputs that are stored."""
    outline = read_outline(ROOT)
    stored = nbformat.read(ROOT / "notebooks" / chapter.notebook_name, as_version=4)
    outputs = [cell.outputs for cell in stored.cells if cell.cell_type == "code"]
    cells = [c for c in read_lesson(chapter, outline, ROOT).cells if c.cell_type == "code"]
    for cell, before in zip(cells, outputs, strict=True):
        cell.outputs = before
    return cells


def with_mistakes(cells: list[Any], slug: str, names: list[str]) -> list[Any]:
    """Return a copy of a lesson's cells with the first mistake of these exercises as answers."""
    cells = copy.deepcopy(cells)
    for cell in cells:
        name = cell.metadata.get("exercise")
        if name in names:
            answer = lesson_exercises(slug)[name].answer
            cell.source += PLANT.format(answer=answer, slug=slug, name=name)
    return cells


def shown(cell: Any) -> str:
    """Return the texts of a cell's outputs."""
    text = "".join(out.get("text", "") + plain_text(out) for out in cell.get("outputs", []))
    for wrong, blank in NOT_RIGHT.items():
        text = text.replace(wrong, blank)
    return text


def pictures(cell: Any) -> list[Any]:
    """Return the pixels of a cell's pictures, from 0 to 1; files may be packed in other ways."""
    shown = [out["data"] for out in cell.get("outputs", []) if "data" in out]
    files = [base64.b64decode(data["image/png"]) for data in shown if "image/png" in data]
    return [imread(io.BytesIO(file)) for file in files]


def run(cells: list[Any]) -> list[Any]:
    """Return a copy of the cells with the outputs of a run from top to bottom."""
    notebook = nbformat.v4.new_notebook(cells=copy.deepcopy(cells))
    execute(notebook)
    return list(notebook.cells)


def harm(ran: list[Any], stored: list[Any], checks: set[int]) -> list[str]:
    """Return which cells fail, warn or show something else than is stored.

    Parameters
    ----------
    checks
        The numbers of the cells which may show something else, as they grade a wrong answer.
    """
    found = []
    for number, (cell, before) in enumerate(zip(ran, stored, strict=True)):
        wrong = list(filter(None, map(complaint, cell.outputs)))
        if number not in checks and shown(cell) != shown(before):
            wrong.append(f"{shown(before)!r} became {shown(cell)!r}")
        found += [f"{cell.source.splitlines()[0][:70]}: {what[:300]}" for what in wrong]
    return found


def repainted(ran: list[Any], stored: list[Any], checks: set[int]) -> list[str]:
    """Return which cells draw something else than is stored.

    Other fonts, or another matplotlib, draw otherwise, too: then the pictures are compared with
    those of a second run, without wrong answers.
    """
    found = changed_pictures(ran, stored, checks)
    return changed_pictures(ran, run(stored), checks) if found else []


def changed_pictures(ran: list[Any], others: list[Any], checks: set[int]) -> list[str]:
    """Return which cells draw something else in another run."""
    pairs = [
        (cell, pictures(cell), pictures(other))
        for number, (cell, other) in enumerate(zip(ran, others, strict=True))
        if number not in checks
    ]
    return [
        f"{cell.source.splitlines()[0][:70]}: another picture"
        for cell, own, right in pairs
        if len(own) != len(right) or not all(map(np.array_equal, own, right))
    ]


def cascades(chapter: Chapter, names: list[str], last: str = "") -> list[str]:
    """Return what wrong answers do to cells other than their checks, up to the exercise `last`."""
    stored = as_built(chapter)
    ends = [n for n, cell in enumerate(stored) if cell.metadata.get("exercise") == last]
    stored = stored[: ends[0]] if last else stored
    wrong = [n for n, cell in enumerate(stored) if cell.metadata.get("exercise") in names]
    ran = run(with_mistakes(stored, chapter.slug, names))
    checks = {number + 1 for number in wrong}
    return harm(ran, stored, checks) + repainted(ran, stored, checks)


def twice(chapter: Chapter) -> list[str]:
    """Return what cells do otherwise when they are run a second time before the next."""
    stored = [copy.deepcopy(cell) for cell in as_built(chapter) for _ in range(2)]
    for number, cell in enumerate(stored):
        cell.id = f"cell-{number}"
    ran = run(stored)
    return harm(ran, stored, set()) + repainted(ran, stored, set())


def main(names: list[str]) -> int:
    """Print what harms a lesson; return 1 if anything does."""
    count = 0
    for chapter in read_outline(ROOT):
        whole = not names or chapter.slug in names
        for name in lesson_exercises(chapter.slug):
            if whole or name in names:
                count += say(name, cascades(chapter, [name]))
        if whole:
            count += say(f"{chapter.slug}, each cell twice", twice(chapter))
    return 1 if count else 0


def say(name: str, found: list[str]) -> int:
    """Print what was found; return how much it is."""
    lines = [f"{name}: {each}" for each in found]
    print("\n".join(lines) or f"{name}: no harm", flush=True)  # noqa: T201
    return len(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
