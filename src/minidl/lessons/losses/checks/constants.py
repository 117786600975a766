"""The check of the exercise "losses/constants"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_close
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number, expect_two
from minidl.checking.showing import show
from minidl.lessons.losses import solutions as solutions
from minidl.lessons.losses.mistakes.constants import MISTAKES

RNG = np.random.default_rng(5)
LABELS = (
    np.array([7.0, 1.0, 2.0, 30.0, 4.0]),
    np.array([3.0, -1.0, 8.0, 2.5]),
    np.array([2.5]),
    np.array([4.0, 4.0, 4.0, -9.0, 11.0, 12.0, 50.0]),
    np.array([-5.0, -2.0]),
    *(10.0**power * RNG.normal(size=size) for size, power in ((6, 0), (9, 3), (12, -2), (31, 1))),
    np.array([1e9, 0.25, -1.0, 3.0, 0.5]),
)
"""Odd and even numbers of labels, some alike, some far off."""


def check_best_constants(best_constants: Any) -> None:
    """Check the constant of the least squares, and that one of the least absolute errors."""
    answers = []
    for labels in LABELS:
        found = expect_two(ask(best_constants, labels), "two constants, `return for_mse, for_l1`")
        own = np.array([expect_number(each, what="each constant") for each in found])
        right = np.array([np.mean(labels), np.clip(own[1], *middle(labels))])
        given = f"labels = {show(labels)}"
        expect_close(
            own, right, what="the constants", given=given, names=("for MSELoss", "for L1Loss"),
            because="The constants are not right.",
        )  # fmt: skip
        answers.append((own, right, given))
    for own, right, given in answers:  # last, since it ends the check
        expect_exact(own, right, given=given)
    expect_own(best_constants, LABELS[0])


def middle(labels: Any) -> tuple[float, float]:
    """Return between which labels every constant has the smallest sum of absolute errors.

    Examples
    --------
    >>> middle(np.array([7.0, 1.0, 2.0])), middle(np.array([5.0, 1.0]))
    ((2.0, 2.0), (1.0, 5.0))
    """
    ordered = np.sort(labels)
    size = len(ordered)
    return float(ordered[(size - 1) // 2]), float(ordered[size // 2])


CONSTANTS = Exercise(
    name="losses/constants",
    title="The best constant",
    check=check_best_constants,
    solution=solutions.best_constants,
    mistakes=MISTAKES,
    hints=(
        "Set the gradient to 0. For MSELoss it is a sum of 2·(c − y), for L1Loss a sum of signs.",
        "A sum of signs is 0 when as many labels lie above c as below it.",
        "`np.mean` and `np.median`.",
    ),
    takeaway="Squares balance distances, absolute values count votes.",
)
