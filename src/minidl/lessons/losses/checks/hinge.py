"""The check of the exercise "losses/hinge"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_gradient
from minidl.checking.exercise import Exercise
from minidl.lessons.losses import solutions as solutions
from minidl.lessons.losses.mistakes.hinge import MISTAKES
from minidl.lessons.losses.shared import Array, expect_loss_and_gradient, scored

MARGINS = (1.0, 0.5, 2.0, 1.0, 3.0, 0.1, 1.7, 1.0, 0.3, 5.0)
FACTORS = (0.1, 3.0, 1.0, 0.5, 12.0, 0.25, 1.5, 0.01, 2.0, 40.0)


def races() -> Iterator[tuple[Array, Array, float, float]]:
    """Yield scores, labels, margins and factors; in the first two all lead enough, or nobody."""
    yield np.array([[5.0, 0.0, 1.0], [-1.0, 3.0, 0.5]]), np.array([0, 1]), 1.0, 1.0
    yield np.array([[0.1, 0.2, 0.7], [0.2, 0.5, 0.3]]), np.array([1, 2]), 1.0, 1.0
    yield np.array([[0.1, 0.2, 0.7], [0.2, 0.5, 0.3]]), np.array([1, 2]), 0.25, 0.5
    for (scores, labels), margin, factor in zip(scored(), MARGINS, FACTORS, strict=True):
        yield scores, labels, margin, factor


def check_hinge(hinge: Any) -> None:
    """Check value and gradient of a part of a loss: a hinge that leaves the true class out."""
    expect_loss_and_gradient(hinge, solutions.hinge, list(races()))
    scores, *options = list(races())[3]
    expect_gradient(
        ask(hinge, scores, *options)[1],
        lambda moved: float(solutions.hinge(moved, *options)[0]),
        scores,
    )
    expect_own(hinge, scores, *options)


HINGE = Exercise(
    name="losses/hinge",
    title="Find two faults: never content, and deaf to its factor",
    check=check_hinge,
    solution=solutions.hinge,
    mistakes=MISTAKES,
    hints=(
        "What does a class lack that is compared with itself? And if the value is multiplied by "
        "a number, what becomes of its slope?",
        "margin + x_y − x_y is the margin, whatever the scores. A constant has no slope, so no "
        "gradient check can see it.",
        "`lacking[rows, labels] = 0` before the sum, and `factor *` before both results.",
    ),
    takeaway="A gradient check tells whether the slope fits the value, where it looks: give it "
    "numbers other than 1. It does not tell whether the value is what you meant.",
)
