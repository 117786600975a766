"""The check of the exercise "moons/log-of-zero"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.verdicts import wrong
from minidl.lessons.moons import solutions as solutions
from minidl.lessons.moons.mistakes.log_of_zero import MISTAKES
from minidl.lessons.moons.shared import SOFT, P, Y, expect_exact_loss, forecasts

ZERO, ONE = np.zeros((1, 1)), np.ones((1, 1))


def reference(p: Any, y: Any) -> Any:
    """Return the loss that is right, with 0 where −np.mean(0) is −0."""
    return solutions.safe_bce(p, y) + 0.0


def check_safe_bce(safe_bce: Any) -> None:
    """Check a binary cross-entropy whose logarithms are cut off at −100."""
    expect_same(safe_bce, reference, (P, Y), *forecasts(), what="the loss")
    nearly = np.nextafter(ONE, 0)
    for what, *cases in (
        ("the loss of 1e-30", (np.array([[1e-30]]), ONE), (np.array([[1e-43]]), ONE)),
        ("the loss of nearly 1", (nearly, ZERO), (nearly, ONE)),
    ):
        expect_same(
            safe_bce, reference, *cases, what=what, diagnosis=MISTAKES["clips-the-prediction"]
        )
    _expect_cut(safe_bce)
    what = "the loss of a soft label"
    soft = (P[:1], SOFT), (ZERO, SOFT), (ONE, SOFT)
    expect_same(safe_bce, reference, *soft, what=what, diagnosis=MISTAKES["one-term"])
    mixed = np.array([[0.0], [1.0], [0.25], [1e-60], [1.0]]), np.eye(5)[:, 1:2]
    expect_same(safe_bce, reference, mixed, what="the loss of five points")
    expect_exact_loss(safe_bce, reference)
    expect_own(safe_bce, P, Y)


def _expect_cut(safe_bce: Any) -> None:
    """Expect both logarithms to be at least −100, for log 0 and for what is nearly that."""
    lost = [np.isnan(expect_number(ask(safe_bce, each, each))) for each in (ZERO, ONE)]
    if sum(lost) == 1:
        p, log = (0, "log p") if lost[0] else (1, "log(1 − p)")
        wrong(MISTAKES["one-log-cut"], p=p, log=log)
    what = "the loss of a perfect prediction"
    expect_same(safe_bce, reference, (ONE, ONE), (ZERO, ZERO), what=what)
    expect_same(
        safe_bce, reference, (ZERO, ONE), (ONE, ZERO), what="the loss of a certain mistake",
        diagnosis=MISTAKES["cut-elsewhere"],
    )  # fmt: skip
    expect_same(
        safe_bce, reference, (np.array([[1e-50]]), ONE), (np.array([[1e-44]]), ONE),
        what="the loss of 1e-50", diagnosis=MISTAKES["only-zero-cut"],
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
