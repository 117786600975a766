"""The check of the exercise "regularization/l2"."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close, expect_gradient, expect_two
from minidl.checking.exercise import Exercise
from minidl.checking.showing import show
from minidl.lessons.regularization import solutions as solutions
from minidl.lessons.regularization.mistakes.l2 import MISTAKES

Array = npt.NDArray[Any]


def check_l2(l2: Any) -> None:
    """Check the penalty's value and its gradient, on a weight, a matrix and a rate of their own."""
    for W, lam in (
        (np.array([[1.0, -2.0], [0.0, 4.0], [0.5, -1.5]]), 0.1),
        (np.array([[-3.0]]), 0.3),
    ):
        value, gradient = expect_two(
            ask(l2, W, lam), "a value and a gradient, `return value, gradient`"
        )
        given = f"W = {show(W)} and lam = {lam:g}"
        expect_close(value, solutions.l2(W, lam)[0], what="the value", given=given)
        expect_close(gradient, lam * W, what="the gradient", given=given)
        expect_gradient(gradient, partial(_value, lam=lam), W)


def _value(W: Array, lam: float) -> float:
    return float(solutions.l2(W, lam)[0])


L2 = Exercise(
    name="regularization/l2",
    title="What a weight costs",
    check=check_l2,
    solution=solutions.l2,
    mistakes=MISTAKES,
    hints=(
        "The value is one number, the gradient has the shape of W.",
        "The slope of ½·λ·w² with respect to w is λ·w.",
        "`return lam / 2 * np.sum(W**2), lam * W`.",
    ),
    takeaway="The larger a weight, the harder it is pulled back; at 0 the pull ends.",
)
