"""The check of the exercise "likelihood/cross-entropy"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.borrowing import expect_own
from minidl.checking.exercise import Exercise
from minidl.lessons.likelihood import solutions as solutions
from minidl.lessons.likelihood.mistakes.cross_entropy import MISTAKES
from minidl.lessons.likelihood.shared import (
    FAR,
    LABELS,
    LOUD,
    SCORES,
    WIDE,
    expect_loss_and_gradient,
    labelled,
)


def check_cross_entropy(cross_entropy: Any) -> None:
    """Check loss and gradient of all shapes, then of scores that overflow or round to 0."""
    right = solutions.cross_entropy
    small, first_class = (SCORES[:1], LABELS[:1]), (SCORES[1:], np.array([0, 0]))
    expect_loss_and_gradient(
        cross_entropy, right, small, first_class, (SCORES, LABELS), *labelled()
    )
    expect_loss_and_gradient(
        cross_entropy, right, (LOUD, np.array([2, 1])), (FAR, LABELS),
        where=" of large scores", diagnosis=MISTAKES["overflow"],
    )  # fmt: skip
    expect_loss_and_gradient(
        cross_entropy, right, (np.array([[0.0, 1000.0]]), np.array([0])), (WIDE, LABELS),
        (1e4 * SCORES, 1 - LABELS),
        where=" of scores far apart", diagnosis=MISTAKES["log-of-softmax"],
    )  # fmt: skip
    expect_own(cross_entropy, SCORES, LABELS)


CROSS_ENTROPY = Exercise(
    name="likelihood/cross-entropy",
    title="Cross-entropy and its gradient",
    check=check_cross_entropy,
    solution=solutions.cross_entropy,
    mistakes=MISTAKES,
    hints=(
        "From log-probabilities of shape (N, C), the loss needs one number in each row. "
        "`np.arange(N)` and `labels` together say where.",
        "`log_p[np.arange(N), labels]` has shape (N,): the loss is minus its mean.",
        "The gradient is exp(log_p), less 1 at the same places, and all of it divided by N.",
    ),
    takeaway="The most used loss there is, with its gradient, in six lines.",
)
