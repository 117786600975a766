"""The check of the exercise "regularization/l2"."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close, expect_gradient
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_two
from minidl.checking.showing import show
from minidl.checking.verdicts import expect
from minidl.lessons.regularization import solutions as solutions
from minidl.lessons.regularization.mistakes.l2 import MISTAKES
from minidl.lessons.regularization.shared import EXACT

Array = npt.NDArray[Any]


TWO = "a value and a gradient, `return value, gradient`"
CASES = (
    (np.array([[1.0, -2.0], [0.0, 4.0], [0.5, -1.5]]), 0.1),
    (np.array([[1.0, -2.0], [0.0, 4.0], [0.5, -1.5]]), 0.3),
    (np.array([[-3.0]]), 0.3),
    (np.array([[0.5, 3.0], [-1.0, 1.0], [2.0, 0.25]]), 0.1),
    (np.random.default_rng(1).normal(size=(5, 4)), 0.02),
    (np.random.default_rng(2).normal(size=(4, 4)) * 100, 2.5),
    (np.random.default_rng(3).normal(size=(5, 4)) / 100, 0.7),
    (np.random.default_rng(4).normal(size=(7, 6)) * 10, 40.0),
    (np.random.default_rng(5).normal(size=(1, 6)), 0.0),
)
"""Weights of several shapes and sizes, and rates."""


def check_l2(l2: Any) -> None:
    """Check the penalty's value and its gradient, on several weights and rates."""
    values = []
    for W, lam in CASES:
        value, gradient = expect_two(ask(l2, W, lam), TWO)
        values.append(value)
        if lam == CASES[1][1] and len(values) == 2 and close(*values, **EXACT):
            _expect_heeded(l2, value)
        given = f"W = {show(W)} and lam = {lam:g}"
        expect_close(value, solutions.l2(W, lam)[0], what="the value", given=given, **EXACT)
        expect_close(gradient, lam * W, what="the gradient", given=given, **EXACT)
        expect_gradient(gradient, partial(_value, lam=lam), W)


def _expect_heeded(l2: Any, value: Any) -> None:
    """Refuse a value that is right for the first rate and the same for two others."""
    W, lam = CASES[0]
    third = expect_two(ask(l2, W, 7 * lam), TWO)[0]
    same = close(value, solutions.l2(W, lam)[0]) and close(third, value)
    expect(not same, MISTAKES["rate-by-heart"], lam=lam)


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
