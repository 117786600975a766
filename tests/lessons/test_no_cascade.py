"""Wrong answers to the exercises of a lesson harm none of its other cells, nor their pictures."""

from __future__ import annotations

import copy
import os

import pytest

from course.lesson import ROOT, Chapter, read_outline
from minidl.exercises import lesson_exercises
from tests.lessons.no_cascade import as_built, cascades, changed_pictures, pictures, twice

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


@each_chapter
def test_a_picture_that_changes_is_seen(chapter: Chapter) -> None:
    stored = as_built(chapter)
    drawn = [number for number, cell in enumerate(stored) if pictures(cell)]
    ran = copy.deepcopy(stored)
    ran[drawn[0]].outputs = ran[drawn[-1]].outputs
    first = f"{stored[drawn[0]].source.splitlines()[0][:70]}: another picture"
    assert changed_pictures(ran, stored, set()) == [first]
    assert changed_pictures(ran, stored, {drawn[0]}) == []
