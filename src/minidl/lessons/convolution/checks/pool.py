"""The check of the exercise "convolution/pool"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.convolution import solutions
from minidl.lessons.convolution.mistakes.pool import MISTAKES

FIRST = (
    (np.array([1.0, 3.0, 5.0, 2.0]), np.array([10.0, 20.0]), 2),
    (np.array([0.0, 0.0, 0.0, 2.0]), np.array([10.0, 20.0]), 2),
    (np.array([2.0, 7.0, 7.0, 0.0, 0.0, 0.0]), np.array([-4.0, 5.0]), 3),
    (np.array([-3.0, -1.0, -2.0, -2.0, -8.0, -5.0]), np.array([4.0, -6.0, 0.5]), 2),
)
SIZES = ((3, 4), (5, 3), (4, 5), (6, 2), (2, 7), (7, 1), (1, 1))


def check_pool_gradient(pool_gradient: Any) -> None:
    """Check where each gradient goes, with and without equal numbers."""
    expect_same(pool_gradient, solutions.pool_gradient, *FIRST, *_drawn(), what="the gradient")


def _drawn() -> Iterator[tuple[Any, Any, int]]:
    """Yield numbers of many sizes, every other time as a ReLU leaves them."""
    rng = np.random.default_rng(6)
    for case, (windows, k) in enumerate(SIZES * 2):
        x = 10.0 ** (case % 4 - 2) * rng.normal(size=windows * k)
        g = 10.0 ** (case % 5 - 1) * rng.normal(size=windows)
        yield np.maximum(x, 0) if case % 2 else x, g, k


POOL = Exercise(
    name="convolution/pool",
    title="Find the fault: a pooling that gives too much back",
    check=check_pool_gradient,
    solution=solutions.pool_gradient,
    mistakes=MISTAKES,
    hints=(
        "What comes back from a window of zeros, as a ReLU leaves many?",
        "`argmax` says which number is largest, and of equal ones the first.",
        "Begin with zeros; number `i * k + window.argmax()` gets `g[i]`.",
    ),
    takeaway="What comes back adds up to g. Random numbers are never equal; those of a ReLU are.",
)
