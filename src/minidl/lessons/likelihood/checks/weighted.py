"""The check of the exercise "likelihood/weighted"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.exercise import Exercise
from minidl.lessons.likelihood import solutions as solutions
from minidl.lessons.likelihood.mistakes.weighted import MISTAKES
from minidl.lessons.likelihood.shared import (
    LABELS,
    LOUD,
    SCORES,
    expect_loss_and_gradient,
    labelled,
)

Array = npt.NDArray[Any]


def weighted() -> Iterator[tuple[Array, Array, Array]]:
    """Yield scores, labels and a weight for each class.

    Examples
    --------
    >>> [part.shape for part in next(weighted())]
    [(3, 2), (3,), (2,)]
    """
    for seed, (scores, labels) in enumerate(labelled()):
        weight = 10.0 ** np.random.default_rng(200 + seed).uniform(-2, 2, scores.shape[1])
        yield scores, labels, weight


def check_weighted(weighted_cross_entropy: Any) -> None:
    """Check loss and gradient with weights, among them 0, and without, that is with equal ones."""
    right, weight = solutions.weighted_cross_entropy, np.array([1.0, 2.0])
    square = ((SCORES[:2], LABELS[:2], weight), (-SCORES[:2], LABELS[:2], weight))
    expect_loss_and_gradient(
        weighted_cross_entropy, right, *square, (SCORES, LABELS, weight), *weighted()
    )
    expect_loss_and_gradient(
        weighted_cross_entropy, right, (SCORES, LABELS, 3 + 0 * weight),
        (SCORES, LABELS, np.array([1.0, 0.0])), (-SCORES[1:], LABELS[:2], weight),
        where=" with equal weights or 0",
    )  # fmt: skip
    expect_loss_and_gradient(
        weighted_cross_entropy, right, (LOUD, np.array([2, 1]), np.array([0.5, 2.0, 7.0])),
        (1000 * SCORES, 1 - LABELS, weight), where=" of large scores",
    )  # fmt: skip


WEIGHTED = Exercise(
    name="likelihood/weighted",
    title="Find two faults: weights",
    check=check_weighted,
    solution=solutions.weighted_cross_entropy,
    mistakes=MISTAKES,
    hints=(
        "With weights 1, 2, 2 the sum counts five samples, not three. What to divide by?",
        "The gradient: where are the weights in it? Each sample's row of p − y has to be "
        "multiplied by the sample's weight.",
        "`w[:, np.newaxis]` makes a column of the weights, which multiplies the rows. The loss is "
        "`np.sum(…) / w.sum()`.",
    ),
    takeaway="Value and gradient have to carry the same weights and the same divisor.",
)
