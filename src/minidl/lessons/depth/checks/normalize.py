"""The check of the exercise "depth/normalize"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.depth import solutions
from minidl.lessons.depth.mistakes.normalize import MISTAKES
from minidl.lessons.depth.shared import Array, tables


def check_normalize(normalize: Any) -> None:
    """Check what is left of samples along both axes."""
    cases = [*tables(), (_one_outlier(), 0, 1e-5), (_one_outlier().T, 1, 1e-5)]
    expect_same(normalize, solutions.normalize, *cases, what="the result")
    expect_own(normalize, *cases[0])


def _one_outlier() -> Array:
    """Return n numbers of which one lies √(n − 1) standard deviations off."""
    x = np.zeros((10_300, 2))
    x[7] = 40.0, -3.0
    return x


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
