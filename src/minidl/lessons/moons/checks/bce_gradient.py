"""The check of the exercise "moons/bce-gradient"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_gradient, expect_same
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.lessons.moons import solutions as solutions
from minidl.lessons.moons.mistakes.bce_gradient import MISTAKES
from minidl.lessons.moons.shared import P, Y, forecasts

_p = np.array([[1e-9], [1e-5], [1 - 2**-20], [0.5], [1e-12]])
_y = np.array([[1.0], [0.0], [0.0], [1.0], [1.0]])
NEARLY_CERTAIN = (_p, _y), (_p[:3], _y[:3])


def check_bce_gradient(bce_gradient: Any) -> None:
    """Check the gradient of the mean binary cross-entropy."""
    right = solutions.bce_gradient
    expect_same(bce_gradient, right, (P, Y), *forecasts(), what="the gradient", rtol=1e-6)
    p, y = next(forecasts((7,)))
    expect_gradient(ask(bce_gradient, p, y), lambda p: solutions.bce(p, y), p)
    expect_own(bce_gradient, P, Y)
    for p, y in forecasts():
        expect_exact(ask(bce_gradient, p, y), right(p, y), given=f"{len(p)} points", rtol=1e-11)
    what = "the gradient at a soft label"
    soft = (P, 0.3 + 0.1 * Y), (P, 0.8 - 0.2 * Y)
    expect_same(bce_gradient, right, *soft, what=what, diagnosis=MISTAKES["one-term"])
    what = "the gradient at forecasts that are nearly certain"
    expect_same(bce_gradient, right, *NEARLY_CERTAIN, what=what, diagnosis=MISTAKES["moves-p"])


GRADIENT = Exercise(
    name="moons/bce-gradient",
    title="Find the fault: the gradient",
    check=check_bce_gradient,
    solution=solutions.bce_gradient,
    mistakes=MISTAKES,
    hints=(
        "Look at the last column of the table: what is that number?",
        "The loss is a mean. What stands in front of the sum in a mean?",
        "`len(p)` is the number of points.",
    ),
    takeaway="A gradient that is too long by a factor of N makes every step too long by N.",
)
