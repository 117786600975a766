"""The check of the exercise "moons/bce"."""

from __future__ import annotations

from typing import Any

from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.moons import solutions as solutions
from minidl.lessons.moons.mistakes.bce import MISTAKES
from minidl.lessons.moons.shared import SOFT, P, Y, bold, expect_exact_loss, forecasts


def check_bce(bce: Any) -> None:
    """Check a binary cross-entropy away from 0 and 1, of hard and soft labels."""
    expect_same(bce, solutions.bce, (P[:2], Y[:2]), (P, Y), *forecasts(), what="the loss")
    what = "the loss of a soft label"
    soft = (P[:1], SOFT), (P[1:2], 1 - SOFT)
    expect_same(bce, solutions.bce, *soft, what=what, diagnosis=MISTAKES["one-term"])
    expect_exact_loss(bce, solutions.bce)
    expect_own(bce, P, Y)
    what = "the loss of forecasts that are nearly certain"
    expect_same(bce, solutions.bce, *bold(), what=what, diagnosis=MISTAKES["moves-p"])


BCE = Exercise(
    name="moons/bce",
    title="Binary cross-entropy",
    check=check_bce,
    solution=solutions.bce,
    mistakes=MISTAKES,
    hints=(
        "For one point the cost is −log p if y = 1, and −log(1 − p) if y = 0.",
        "The labels y and 1 − y are switches: y·log p + (1 − y)·log(1 − p) keeps the right one.",
        "Take `np.mean` of that over all points, and mind the minus in front.",
    ),
    takeaway="The two terms are one idea: minus the log of the probability given to the label.",
)
