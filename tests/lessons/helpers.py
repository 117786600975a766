"""What the tests of exercises share: names and lessons' cells."""

import importlib
import json
from pathlib import Path

import jupytext

from minidl.exercises import LESSONS, lesson_exercises
from minidl.optim import BatchGD

ROOT = Path(__file__).parents[2]
GIVEN = {"training": {"BatchGD": BatchGD}}
"""Names that a lesson's cells have before its exercises, beside those of the solutions."""


def all_exercises():
    return [exercise for slug in LESSONS for exercise in lesson_exercises(slug).values()]


def namespace(slug):
    """Return the names that a lesson's exercise cells may use: those of its solutions' imports."""
    solutions = importlib.import_module(f"minidl.lessons.{slug}.solutions")
    answers = {exercise.answer for exercise in lesson_exercises(slug).values()}
    names = {key: value for key, value in vars(solutions).items() if key not in answers}
    return names | GIVEN.get(slug, {})


def code_cells(slug):
    text = (ROOT / "course" / f"{slug}.md").read_text(encoding="utf-8")
    notebook = jupytext.reads(text, fmt="md:myst")
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def blank_and_next(exercise):
    """Return the source of the exercise's cell in the lesson and of the cell after it."""
    cells = code_cells(exercise.name.split("/")[0])
    found = [i for i, cell in enumerate(cells) if cell.metadata.get("exercise") == exercise.name]
    assert len(found) == 1, f"{exercise.name} stands in {len(found)} cells of its lesson"
    cell = cells[found[0]]
    assert "exercise" in cell.metadata.get("tags", []), json.dumps(cell.metadata)
    return cell.source, cells[found[0] + 1].source


def run_cell(source, names):
    """Run a cell's source as a learner's notebook would, and return the names it leaves."""
    names = dict(names)
    exec(compile(source, "<lesson>", "exec"), names)
    return names
