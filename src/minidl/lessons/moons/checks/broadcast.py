"""The check of the exercise "moons/broadcast"."""

from __future__ import annotations

from typing import Any

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close, expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.moons import solutions as solutions
from minidl.lessons.moons.mistakes.broadcast import MISTAKES
from minidl.lessons.moons.shared import P, Y


def check_mended_bce(mended_bce: Any) -> None:
    """Check that labels may have the shape (N,) or (N, 1)."""
    flat = Y[:, 0]
    expect_same(mended_bce, solutions.mended_bce, (P, flat), what="the loss")
    expect_close(
        ask(mended_bce, P, Y), solutions.bce(P, Y), what="the loss with labels in a column",
        diagnosis=MISTAKES["breaks-columns"], given="y of shape (3, 1)",
    )  # fmt: skip


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
