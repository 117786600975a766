"""The check of the exercise "convolution/slide"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.convolution import solutions
from minidl.lessons.convolution.mistakes.slide import MISTAKES
from minidl.lessons.convolution.shared import drawn

FIRST = (
    (np.array([1.0, 2.0, 4.0]), np.array([10.0, 1.0])),
    (np.array([0.0, 0.0, 1.0, 0.0, 0.0, 3.0]), np.array([1.0, 2.0, 5.0])),
)
SIZES = ((7, 3), (6, 4), (11, 5), (4, 1), (5, 5), (13, 7), (9, 2), (7, 3), (1, 1), (3, 2))


def check_slide(slide: Any) -> None:
    """Check the sums at every place, for rows and windows of many lengths."""
    expect_same(slide, solutions.slide, *FIRST, *drawn(1, *SIZES), what="the result")


SLIDE = Exercise(
    name="convolution/slide",
    title="A sliding dot product",
    check=check_slide,
    solution=solutions.slide,
    mistakes=MISTAKES,
    hints=(
        "What is under the window when its first weight stands at place `i`?",
        "`x[i : i + len(w)]`, and its dot product with `w`.",
        "The last place is `len(x) - len(w)`: there are `len(x) - len(w) + 1` of them.",
    ),
    takeaway="The same few weights at every place: that is all that a convolution is.",
)
