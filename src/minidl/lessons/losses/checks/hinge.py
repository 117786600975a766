"""The check of the exercise "losses/hinge"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
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


def races() -> Iterator[tuple[Array, Array, float]]:
    """Yield scores, labels and margins; in the first two all lead by the margin, or nobody."""
    yield np.array([[5.0, 0.0, 1.0], [-1.0, 3.0, 0.5]]), np.array([0, 1]), 1.0
    yield np.array([[0.1, 0.2, 0.7], [0.2, 0.5, 0.3]]), np.array([1, 2]), 1.0
    yield np.array([[0.1, 0.2, 0.7], [0.2, 0.5, 0.3]]), np.array([1, 2]), 0.25
    for (scores, labels), margin in zip(scored(), MARGINS, strict=True):
        yield scores, labels, margin


def check_hinge(hinge: Any) -> None:
    """Check value and gradient of a hinge loss that leaves the true class out."""
    expect_loss_and_gradient(hinge, solutions.hinge, list(races()))
    scores, labels, margin = list(races())[3]
    expect_gradient(
        ask(hinge, scores, labels, margin)[1],
        partial(_value, labels=labels, margin=margin),
        scores,
    )
    expect_own(hinge, scores, labels, margin)


def _value(scores: Array, labels: Array, margin: float) -> float:
    return float(solutions.hinge(scores, labels, margin)[0])


HINGE = Exercise(
    name="losses/hinge",
    title="Find the fault: a loss that is never content",
    check=check_hinge,
    solution=solutions.hinge,
    mistakes=MISTAKES,
    hints=(
        "What does a class lack that is compared with itself?",
        "margin + x_y − x_y is the margin, whatever the scores. A constant has no slope, so no "
        "gradient check can see it.",
        "`lacking[rows, labels] = 0` before the sum.",
    ),
    takeaway="A gradient check tells whether the slope fits the value, not whether the value is "
    "what you meant.",
)
