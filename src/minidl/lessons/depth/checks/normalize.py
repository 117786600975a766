"""The check of the exercise "depth/normalize"."""

from __future__ import annotations

from typing import Any

from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.depth import solutions
from minidl.lessons.depth.mistakes.normalize import MISTAKES
from minidl.lessons.depth.shared import tables


def check_normalize(normalize: Any) -> None:
    """Check what is left of samples along both axes."""
    cases = list(tables())
    expect_same(normalize, solutions.normalize, *cases, what="the result")
    expect_own(normalize, *cases[0])


NORMALIZE = Exercise(
    name="depth/normalize",
    title="Mean 0, mean square 1",
    check=check_normalize,
    solution=solutions.normalize,
    mistakes=MISTAKES,
    hints=(
        "Three lines: the mean, the variance, and the formula.",
        "`x.mean(axis, keepdims=True)` keeps the axis, so that it meets x in the right places.",
        "`(x - mean) / np.sqrt(variance + eps)`; `x.var` divides by the number, as asked for.",
    ),
    takeaway="Along axis 0 this is batch norm, along axis 1 layer norm: nothing else differs.",
)
