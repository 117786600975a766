"""The check of the exercise "moons/log-of-zero"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_number, expect_same
from minidl.checking.exercise import Exercise
from minidl.checking.verdicts import expect
from minidl.lessons.moons import solutions as solutions
from minidl.lessons.moons.mistakes.log_of_zero import MISTAKES
from minidl.lessons.moons.shared import SOFT, P, Y


def check_safe_bce(safe_bce: Any) -> None:
    """Check a binary cross-entropy whose logarithms are cut off at −100."""

    def reference(p: Any, y: Any) -> Any:
        return solutions.safe_bce(p, y) + 0.0  # 0, where −np.mean(0) is −0

    expect_same(safe_bce, reference, (P, Y), what="the loss")
    expect_same(
        safe_bce, reference, (np.array([[1e-30]]), np.ones((1, 1))), what="the loss of 1e-30",
        diagnosis=MISTAKES["clips-the-prediction"],
    )  # fmt: skip
    _expect_cut(safe_bce, reference)
    what = "the loss of a soft label"
    expect_same(safe_bce, solutions.bce, (P[:1], SOFT), what=what, diagnosis=MISTAKES["one-term"])


def _expect_cut(safe_bce: Any, reference: Any) -> None:
    """Expect both logarithms to be at least −100, for log 0 and for what is nearly that."""
    tiny, zero, one = np.array([[1e-50]]), np.array([[0.0]]), np.array([[1.0]])
    lost = [np.isnan(expect_number(ask(safe_bce, each, each))) for each in (zero, one)]
    expect(sum(lost) != 1, MISTAKES["one-log-cut"])
    what = "the loss of a perfect prediction"
    expect_same(safe_bce, reference, (one, one), (zero, zero), what=what)
    expect_same(
        safe_bce, reference, (zero, one), (one, zero), what="the loss of a certain mistake",
        diagnosis=MISTAKES["cut-elsewhere"],
    )  # fmt: skip
    expect_same(
        safe_bce, reference, (tiny, one), what="the loss of 1e-50",
        diagnosis=MISTAKES["only-zero-cut"],
    )  # fmt: skip


LOG_OF_ZERO = Exercise(
    name="moons/log-of-zero",
    title="Find the fault: the logarithm",
    check=check_safe_bce,
    solution=solutions.safe_bce,
    mistakes=MISTAKES,
    hints=(
        "Change the logarithms, not the predictions: what is the least that log p may be?",
        "`np.maximum(np.log(p), -100)` cuts off from below. There are two logarithms.",
        '`with np.errstate(divide="ignore"):` around them keeps NumPy from warning of log 0.',
    ),
    takeaway="Now 0·log 0 is 0·(−100) = 0, and no single point can cost more than 100.",
)
