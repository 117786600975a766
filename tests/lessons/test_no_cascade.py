"""Wrong answers to the exercises of a lesson harm none of its other cells, nor their pictures."""

from __future__ import annotations

import base64
import io
import os
from typing import Any

import numpy as np
import pytest
from matplotlib.image import imsave
from nbformat.v4 import new_code_cell, new_output

from course.lesson import ROOT, Chapter, read_outline
from minidl.exercises import lesson_exercises
from tests.lessons.no_cascade import cascades, changed_pictures, twice

CHAPTERS = read_outline(ROOT)
EXERCISES = [(chapter, name) for chapter in CHAPTERS for name in lesson_exercises(chapter.slug)]
UP_TO = {"regularization": "regularization/dropout"}
"""Where a lesson is left, day by day, that trains for long."""
each_chapter = pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda chapter: chapter.slug)
only_everywhere = pytest.mark.skipif(
    "MINIDL_EVERYWHERE" not in os.environ, reason="half an hour; set MINIDL_EVERYWHERE=1"
)


@pytest.mark.notebook
@each_chapter
def test_wrong_answers_to_all_exercises_harm_no_other_cell(chapter: Chapter) -> None:
    names = list(lesson_exercises(chapter.slug))
    assert cascades(chapter, names, UP_TO.get(chapter.slug, "")) == []


@pytest.mark.notebook
@pytest.mark.slow
@only_everywhere
@pytest.mark.parametrize(("chapter", "name"), EXERCISES, ids=[name for _, name in EXERCISES])
def test_one_wrong_answer_harms_no_other_cell(chapter: Chapter, name: str) -> None:
    assert cascades(chapter, [name]) == []


@pytest.mark.notebook
@pytest.mark.slow
@only_everywhere
@each_chapter
def test_each_cell_may_be_run_twice(chapter: Chapter) -> None:
    assert twice(chapter) == []


def drawing(grey: float) -> Any:
    """Return a cell with a picture of one grey point."""
    file = io.BytesIO()
    imsave(file, np.full((1, 1, 3), grey))
    data = {"image/png": base64.b64encode(file.getvalue()).decode()}
    return new_code_cell(f"draw({grey})", outputs=[new_output("display_data", data)])


def test_a_picture_that_changes_is_seen() -> None:
    stored = [drawing(0.0), new_code_cell("text"), drawing(0.5)]
    assert changed_pictures([drawing(0.0), stored[1], drawing(0.5)], stored, set()) == []
    assert changed_pictures(stored[:2] + stored[:1], stored, set()) == [
        "draw(0.0): another picture"
    ]
    assert changed_pictures([stored[1], *stored[1:]], stored, set()) == ["text: another picture"]
    assert changed_pictures([stored[1], *stored[1:]], stored, {0}) == []
