"""The check of the exercise "moons/broadcast"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.moons import solutions as solutions
from minidl.lessons.moons.mistakes.broadcast import MISTAKES
from minidl.lessons.moons.shared import SOFT, P, Y, bold, expect_exact_loss, forecasts


def check_mended_bce(mended_bce: Any) -> None:
    """Check that labels may have the shape (N,) or (N, 1), and be whole numbers or not."""
    right = solutions.mended_bce
    flat = [(p, y[:, 0]) for p, y in ((P, Y), *forecasts())]
    expect_same(mended_bce, right, *flat, what="the loss")
    expect_same(
        mended_bce, right, (P, Y), *forecasts(), what="the loss with labels in a column",
        diagnosis=MISTAKES["breaks-columns"],
    )  # fmt: skip
    what = "the loss with whole numbers as labels"
    whole = [(p, y.astype(np.int64)) for p, y in (*flat, *forecasts())]
    expect_same(mended_bce, right, *whole, what=what, diagnosis=MISTAKES["breaks-integers"])
    what = "the loss of a soft label"
    soft = (P[:1], SOFT[0]), (P[1:2], 1 - SOFT[0])
    expect_same(mended_bce, right, *soft, what=what, diagnosis=MISTAKES["one-term"])
    expect_exact_loss(mended_bce, right)
    expect_exact_loss(lambda p, y: mended_bce(p, y[:, 0]), right)
    expect_own(mended_bce, P, Y)
    what = "the loss of forecasts that are nearly certain"
    expect_same(
        mended_bce,
        right,
        *bold(),
        *[(p, y[:, 0]) for p, y in bold()],
        what=what,
        diagnosis=MISTAKES["moves-p"],
    )


SHAPES = Exercise(
    name="moons/broadcast",
    title="Find the fault: the shapes",
    check=check_mended_bce,
    solution=solutions.mended_bce,
    mistakes=MISTAKES,
    hints=(
        "What shape has `np.zeros((3, 1)) * np.zeros(3)`?",
        "Bring the labels into the shape of the predictions before anything else.",
        "`np.reshape(y, p.shape)` works for both shapes of y.",
    ),
    takeaway="minidl's BCELoss refuses labels of another shape, for this very reason.",
)
