"""Wrong answers to all exercises of a lesson harm none of its other cells."""

from __future__ import annotations

import pytest

from course.lesson import ROOT, Chapter, read_outline
from minidl.exercises import lesson_exercises
from tests.lessons.no_cascade import cascades


@pytest.mark.notebook
@pytest.mark.parametrize("chapter", read_outline(ROOT), ids=lambda chapter: chapter.slug)
def test_wrong_answers_harm_no_other_cell(chapter: Chapter) -> None:
    assert cascades(chapter, list(lesson_exercises(chapter.slug))) == []
