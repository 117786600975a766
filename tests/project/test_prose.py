"""Figures in the lessons' prose: a new one is tied to a cell, or given with a reason."""

from __future__ import annotations

import pytest

from course.claims import tied_and_given
from course.lesson import Chapter, read_outline, text_of
from tests.project.settings import ROOT

NOT_YET_TIED = {
    "moons": 54,
    "graph": 27,
    "regularization": 28,
}
"""Figures that still wait for a claim. The numbers may fall, never rise."""


@pytest.mark.parametrize("chapter", read_outline(ROOT), ids=lambda chapter: chapter.slug)
def test_no_figure_is_added_without_a_claim(chapter: Chapter) -> None:
    name = f"course/{chapter.slug}.md"
    _, _, neither = tied_and_given(text_of(chapter, ROOT), name)
    most = NOT_YET_TIED.get(chapter.slug, 0)
    assert len(neither) <= most, "\n".join(["tie or give one of these:", *neither])
