"""Wrong answers to all exercises of a lesson harm none of its other cells."""

from __future__ import annotations

import pytest

from course.lesson import ROOT, Chapter, read_outline
from minidl.exercises import lesson_exercises
from tests.lessons.no_cascade import cascades

UP_TO = {"regularization": "regularization/dropout"}
"""Where a lesson is left that trains for long; `python -m tests.lessons.no_cascade` runs it all."""


@pytest.mark.notebook
@pytest.mark.parametrize("chapter", read_outline(ROOT), ids=lambda chapter: chapter.slug)
def test_wrong_answers_harm_no_other_cell(chapter: Chapter) -> None:
    names = list(lesson_exercises(chapter.slug))
    assert cascades(chapter, names, UP_TO.get(chapter.slug, "")) == []
