"""Plant wrong answers in a lesson, run each cell twice, and see whether other cells take harm.

`python -m tests.lessons.no_cascade [LESSON/EXERCISE ...]` prints what differs from the stored
lesson; by default every exercise is tried, one at a time, and every lesson's cells twice.
"""

from __future__ import annotations

import copy
import sys
from typing import Any

import nbformat

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


def cascades(chapter: Chapter, names: list[str], last: str = "") -> list[str]:
    """Return what wrong answers do to cells other than their checks, up to the exercise `last`."""
    stored = as_built(chapter)
    ends = [n for n, cell in enumerate(stored) if cell.metadata.get("exercise") == last]
    stored = stored[: ends[0]] if last else stored
    wrong = [n for n, cell in enumerate(stored) if cell.metadata.get("exercise") in names]
    ran = run(with_mistakes(stored, chapter.slug, names))
    return harm(ran, stored, {number + 1 for number in wrong})


def twice(chapter: Chapter) -> list[str]:
    """Return what cells do otherwise when they are run a second time before the next."""
    stored = [copy.deepcopy(cell) for cell in as_built(chapter) for _ in range(2)]
    for number, cell in enumerate(stored):
        cell.id = f"cell-{number}"
    return harm(run(stored), stored, set())


def main(names: list[str]) -> int:
    """Print what harms a lesson; return 1 if anything does."""
    count = 0
    for chapter in read_outline(ROOT):
        for name in lesson_exercises(chapter.slug):
            if not names or name in names:
                count += say(name, cascades(chapter, [name]))
        if not names:
            count += say(f"{chapter.slug}, each cell twice", twice(chapter))
    return 1 if count else 0


def say(name: str, found: list[str]) -> int:
    """Print what was found; return how much it is."""
    lines = [f"{name}: {each}" for each in found]
    print("\n".join(lines) or f"{name}: no harm", flush=True)  # noqa: T201
    return len(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
