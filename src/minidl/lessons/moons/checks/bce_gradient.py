"""The check of the exercise "moons/bce-gradient"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_gradient, expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.moons import solutions as solutions
from minidl.lessons.moons.mistakes.bce_gradient import MISTAKES
from minidl.lessons.moons.shared import P, Y


def check_bce_gradient(bce_gradient: Any) -> None:
    """Check the gradient of the mean binary cross-entropy."""
    expect_same(bce_gradient, solutions.bce_gradient, (P, Y), what="the gradient")
    rng = np.random.default_rng(0)
    p, y = rng.uniform(0.1, 0.9, (7, 1)), rng.integers(0, 2, (7, 1)).astype(float)
    expect_gradient(ask(bce_gradient, p, y), lambda p: solutions.bce(p, y), p)


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
