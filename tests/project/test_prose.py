"""Figures in the lessons' prose: each is tied to a cell, or given with a reason."""

from __future__ import annotations

import pytest

from course.claims import tied_and_given
from course.lesson import Chapter, read_outline, text_of
from tests.project.settings import ROOT

pytestmark = pytest.mark.once


@pytest.mark.parametrize("chapter", read_outline(ROOT), ids=lambda chapter: chapter.slug)
def test_every_figure_is_tied_to_a_cell_or_given(chapter: Chapter) -> None:
    name = f"course/{chapter.slug}.md"
    _, _, neither = tied_and_given(text_of(chapter, ROOT), name)
    assert neither == [], "\n".join(["tie or give one of these:", *neither])
