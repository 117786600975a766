"""The check of the exercise "losses/weighted"."""

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
from minidl.lessons.losses.mistakes.weighted import MISTAKES
from minidl.lessons.losses.shared import Array, expect_loss_and_gradient, scored


def weighted() -> Iterator[tuple[Array, Array, Array]]:
    """Yield logits, labels and weights of classes, some that a sample of no class has."""
    yield np.array([[1.0, 2.0], [1.0, 3.0], [1.0, 3.0]]), np.array([0, 1, 1]), np.array([1.0, 2.0])
    yield from scored()
    yield np.array([[800.0, -800.0, 0.0], [0.0, 900.0, 1.0]]), np.array([1, 1]), np.arange(1.0, 4)
    yield np.array([[900.0, 899.0], [-900.0, -901.5]]), np.array([1, 0]), np.array([2.0, 0.5])


def check_weighted_cross_entropy(weighted_cross_entropy: Any) -> None:
    """Check value and gradient of a weighted mean, and that they belong together."""
    right = solutions.weighted_cross_entropy
    expect_loss_and_gradient(weighted_cross_entropy, right, list(weighted()))
    logits, labels, weight = next(weighted())
    gradient = ask(weighted_cross_entropy, logits, labels, weight)[1]
    expect_gradient(gradient, partial(_value, labels=labels, weight=weight), logits)
    expect_own(weighted_cross_entropy, logits, labels, weight)


def _value(logits: Array, labels: Array, weight: Array) -> float:
    return float(solutions.weighted_cross_entropy(logits, labels, weight)[0])


WEIGHTED = Exercise(
    name="losses/weighted",
    title="Find the fault: value and gradient part",
    check=check_weighted_cross_entropy,
    solution=solutions.weighted_cross_entropy,
    mistakes=MISTAKES,
    hints=(
        "Which number is wrong, the value or the gradient? Work out the value by hand.",
        "A weighted mean divides by the sum of the weights of the labels that are there.",
        "`gradient *= w[:, np.newaxis] / w.sum()`.",
    ),
    takeaway="Value and gradient are divided by the same number, or the learning rate is not what "
    "you think it is.",
)
