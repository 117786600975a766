"""The points of the exercise "Draw the line"."""

from __future__ import annotations

import ast
import re

import numpy as np
import pytest

from course.lesson import ROOT
from minidl.exercises import exercise
from minidl.lessons.neurons.checks.separate import BLUE, ORANGE


@pytest.mark.parametrize(("name", "points"), [("orange", ORANGE), ("blue", BLUE)])
def test_the_lesson_shows_the_points_that_are_checked(name, points):
    text = (ROOT / "course" / "neurons.md").read_text(encoding="utf-8")
    (shown,) = re.findall(rf"^{name} = np\.array\((.*)\)$", text, flags=re.MULTILINE)
    np.testing.assert_array_equal(ast.literal_eval(shown), points)


def test_no_line_through_the_origin_separates_the_points():
    """Two blue points lie opposite each other, so one of them would be on the orange side."""
    assert any(np.array_equal(p, -q) for p in BLUE for q in BLUE)


@pytest.mark.parametrize(
    ("answer", "which"),
    [((0.5, 1, -1), "w1 of"), ((-0.5, 1, 1), "b of"), ((0.5, 1, 1), "w1 and b of")],
)
def test_signs_that_were_read_off_a_picture_are_named(answer, which):
    outcome = exercise("neurons/separate")(answer)
    assert outcome.diagnosis == "sign"
    assert f"With {which} the other sign" in str(outcome)


def test_a_line_that_no_sign_would_mend_is_told_the_point():
    assert exercise("neurons/separate")((1, 1, -1)).diagnosis == "wrong-side"
