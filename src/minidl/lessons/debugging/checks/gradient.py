"""The check of the exercise "debugging/gradient"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.debugging import solutions
from minidl.lessons.debugging.mistakes.gradient import MISTAKES

Array = npt.NDArray[Any]

SIZES = ((2, 3), (2, 3), (4, 3), (3, 5), (5, 2), (7, 4), (6, 6), (1, 4), (30, 10))
SCALES = (1.0, 2.0, 3.0, 0.1, 20.0, 1.0, 800.0, 2.0, 5.0)


def scored() -> Iterator[tuple[Array, Array]]:
    """Yield scores of several sizes, up to ±1000 and beyond, with labels."""
    rng = np.random.default_rng(8)
    for (N, C), scale in zip(SIZES, SCALES, strict=True):
        yield np.round(scale * rng.normal(size=(N, C)), 2), rng.integers(0, C, N)


def check_score_gradient(score_gradient: Any) -> None:
    """Check the gradient of the mean cross-entropy."""
    expect_same(
        score_gradient, solutions.score_gradient, *scored(), what="the gradient", quiet=True
    )


GRADIENT = Exercise(
    name="debugging/gradient",
    title="Find two faults: a gradient",
    check=check_score_gradient,
    solution=solutions.score_gradient,
    mistakes=MISTAKES,
    hints=(
        "Print `g` for a few samples. In how many places of a row should something be taken off?",
        "`g[:, labels]` is every row with every label. A list of rows in place of the colon pairs "
        "each row with a label of its own.",
        "The rows are `np.arange(len(labels))`. And what does a mean divide by?",
    ),
    takeaway="A colon means all; pairs need an index for each axis.",
)
