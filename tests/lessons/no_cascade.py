"""Plant a wrong answer in an exercise and see whether it harms other cells of its lesson.

`python -m tests.lessons.no_cascade [LESSON/EXERCISE ...]` prints what differs; by default every
exercise is tried.
"""

from __future__ import annotations

import copy
import sys
from typing import Any

import nbformat

from course.lesson import ROOT, Chapter, read_outline
from minidl.exercises import lesson_exercises
from tests.project.lesson_run import complaint, execute, plain_text

PLANT = """
from minidl.exercises import lesson_exercises
{answer} = next(iter(lesson_exercises({slug!r})[{name!r}].mistakes)).code
"""


def with_mistake(notebook: Any, slug: str, name: str) -> Any:
    """Return a copy of a lesson whose exercise has its first mistake as answer."""
    notebook = copy.deepcopy(notebook)
    answer = lesson_exercises(slug)[name].answer
    (cell,) = (c for c in notebook.cells if c.metadata.get("exercise") == name)
    cell.source += PLANT.format(answer=answer, slug=slug, name=name)
    return notebook


def shown(cell: Any) -> str:
    """Return the texts of a cell's outputs."""
    return "".join(out.get("text", "") + plain_text(out) for out in cell.get("outputs", []))


def cascades(chapter: Chapter, name: str) -> list[str]:
    """Return what a wrong answer does to cells other than the exercise's own check."""
    stored = nbformat.read(ROOT / "notebooks" / chapter.notebook_name, as_version=4)
    ran = with_mistake(stored, chapter.slug, name)
    execute(ran)
    found = []
    for cell, before in zip(ran.cells, stored.cells, strict=True):
        if cell.cell_type != "code" or f'"{name}"' in cell.source:
            continue
        wrong = list(filter(None, map(complaint, cell.outputs)))
        if wrong or shown(cell) != shown(before):
            what = wrong or [f"{shown(before)!r} became {shown(cell)!r}"]
            found.append(f"{name}: {cell.source.splitlines()[0][:70]}: {what[0][:300]}")
    return found


def main(names: list[str]) -> int:
    """Print what cascades; return 1 if anything does."""
    count = 0
    for chapter in read_outline(ROOT):
        for name in lesson_exercises(chapter.slug):
            if not names or name in names:
                found = cascades(chapter, name)
                count += len(found)
                print("\n".join(found) or f"{name}: harms no other cell", flush=True)  # noqa: T201
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
