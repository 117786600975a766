"""The check of the exercise "losses/smooth-l1"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.checking.borrowing import expect_own
from minidl.checking.exercise import Exercise
from minidl.lessons.losses import solutions as solutions
from minidl.lessons.losses.mistakes.smooth_l1 import MISTAKES
from minidl.lessons.losses.shared import Array, expect_loss_and_gradient

SHAPES = ((3,), (1,), (4, 1), (2, 3), (5, 7), (6,), (4, 5), (3, 2, 4), (40,), (2,), (4, 4))
BETAS = (1.0, 2.0, 0.5, 1.0, 0.1, 3.0, 1e3, 0.7, 1.5, 1.0, 0.4)


def errors() -> Iterator[tuple[Array, Array, float]]:
    """Yield predictions, labels and β: errors below it, above, just there, and none at all."""
    yield np.array([3.0, 0.5]), np.array([0.0, 0.0]), 1.0
    yield np.array([3.0, 0.5]), np.array([0.0, 0.0]), 2.0
    yield np.array([1.5, -2.0, 4.0, 2.0]), np.array([0.0, -2.0, 2.5, 0.5]), 1.5
    for seed, (shape, beta) in enumerate(zip(SHAPES, BETAS, strict=True)):
        rng = np.random.default_rng(seed)
        labels = 10 * rng.normal(size=shape)
        yield np.round(labels + 2 * beta * rng.normal(size=shape), 3), np.round(labels, 3), beta


def check_smooth_l1(smooth_l1: Any) -> None:
    """Check value and gradient of a loss that is a parabola and then a line."""
    expect_loss_and_gradient(smooth_l1, solutions.smooth_l1, list(errors()))
    expect_own(smooth_l1, *next(errors()))


SMOOTH_L1 = Exercise(
    name="losses/smooth-l1",
    title="A parabola that becomes a line",
    check=check_smooth_l1,
    solution=solutions.smooth_l1,
    mistakes=MISTAKES,
    hints=(
        "`np.where(size < beta, …, …)` chooses element by element.",
        "What has the line to start with, so that both parts meet at β? And what is the slope of "
        "d²/(2β)?",
        "The gradient is d/β, kept within ±1 by `np.clip`, over the number of elements.",
    ),
    takeaway="Close by it behaves as the mean does, far off as the median does.",
)
