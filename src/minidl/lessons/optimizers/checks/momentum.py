"""The check of the exercise "optimizers/momentum"."""

from __future__ import annotations

from itertools import cycle
from typing import Any

import numpy as np

from minidl.checking.asking import make
from minidl.checking.exercise import Exercise
from minidl.lessons.optimizers import solutions as solutions
from minidl.lessons.optimizers.mistakes.momentum import MISTAKES
from minidl.lessons.optimizers.shared import expect_apart, expect_steps, gradients


def with_rates(grads: list[Any], rates: tuple[float, ...]) -> list[tuple[Any, float]]:
    """Return each gradient with a rate, the rates by turns."""
    return list(zip(grads, cycle(rates), strict=False))


CASES = (
    (0.9, 1.5, [(1.0, 0.1), (1.0, 0.1), (1.0, 0.01), (-2.0, 0.01)]),
    (0.63, np.array([0.3, -2.0, 5.0]), with_rates(gradients(3, 6, 1), (0.2, 0.1, 0.05))),
    (0.0, np.ones((2, 4)), with_rates(gradients((2, 4), 5, 2), (0.03,))),
    (0.8, np.full((5, 5), -3e3), with_rates(gradients((5, 5), 4, 4, scale=1e3), (0.5, 0.02))),
    (0.99, np.zeros((7, 1)), with_rates(gradients((7, 1), 7, 3), (1.0, 1e-3, 10.0, 0.0))),
)
"""The momentum, where it begins, and the gradients and rates of its steps."""


def check_momentum(momentum: Any) -> None:
    """Check steps with momentum while the rate changes, and that two objects stay apart."""
    one, other = make(momentum, 0.5), make(momentum, 0.5)
    expect_apart(one, other, (1.0, 4.0, 0.1), MISTAKES["shared"])
    for rho, start, steps in CASES:
        expect_steps(make(momentum, rho), solutions.Momentum(rho), start, steps)


MOMENTUM = Exercise(
    name="optimizers/momentum",
    title="Where the rate belongs",
    check=check_momentum,
    solution=solutions.Momentum,
    mistakes=MISTAKES,
    hints=(
        "When the rate falls, what do the gradients that are already in v still carry?",
        "Let v hold gradients only, and multiply by the rate where x is changed.",
        "`self.v = self.momentum * self.v + grad`, then `return x - lr * self.v`.",
    ),
    takeaway="What is remembered should not depend on a setting that may change.",
)
