"""The points of the exercise "Draw the line"."""

from __future__ import annotations

import ast
import re

import numpy as np
import pytest

from course.lesson import ROOT
from minidl.lessons.neurons.checks.separate import BLUE, ORANGE


@pytest.mark.parametrize(("name", "points"), [("orange", ORANGE), ("blue", BLUE)])
def test_the_lesson_shows_the_points_that_are_checked(name, points):
    text = (ROOT / "course" / "neurons.md").read_text(encoding="utf-8")
    (shown,) = re.findall(rf"^{name} = np\.array\((.*)\)$", text, flags=re.MULTILINE)
    np.testing.assert_array_equal(ast.literal_eval(shown), points)


def test_no_line_through_the_origin_separates_the_points():
    """Two blue points lie opposite each other, so one of them would be on the orange side."""
    assert any(np.array_equal(p, -q) for p in BLUE for q in BLUE)
