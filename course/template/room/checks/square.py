"""The check of the exercise "example_lesson/square"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.example_lesson import solutions
from minidl.lessons.example_lesson.mistakes.square import MISTAKES


def check_square(square: Any) -> None:
    """Check squares of numbers of both signs, in a row and in a matrix, and in float32."""
    row = np.array([3.0, -2.0, 0.5, 0.0])
    matrix = np.array([[1.5, -4.0, 7.0], [0.25, 2.5, -1.0]])
    inputs = ((row,), (matrix,), (matrix.astype(np.float32),))
    expect_same(square, solutions.square, *inputs, elementwise=True, what="the square")


SQUARE = Exercise(
    name="example_lesson/square",
    title="The square",
    check=check_square,
    solution=solutions.square,
    mistakes=MISTAKES,
    hints=(
        "What is a number times itself?",
        "NumPy multiplies arrays number by number with `*`.",
    ),
    takeaway="What works for one number works for an array of any shape.",
)
