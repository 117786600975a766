"""The check of the exercise "optimizers/adam"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import make
from minidl.checking.exercise import Exercise
from minidl.checking.verdicts import WrongAnswer, wrong
from minidl.lessons.optimizers import solutions as solutions
from minidl.lessons.optimizers.mistakes.adam import MISTAKES
from minidl.lessons.optimizers.shared import expect_apart, expect_steps, gradients

Array = npt.NDArray[Any]


def with_a_zero(grads: list[Array]) -> list[Array]:
    """Return gradients whose first number is always 0, as that of a word that never occurs."""
    return [np.where(np.arange(grad.size) == 0, 0.0, grad) for grad in grads]


CASES = (
    ((0.1, 0.9, 0.999, 1e-8), np.array([1.5]), gradients(1, 4, 1)),
    ((0.02, 0.8, 0.95, 0.3), np.array([0.3, -2.0, 5.0]), gradients(3, 6, 2)),
    ((1.0, 0.0, 0.9, 1e-3), np.ones((2, 4)), gradients((2, 4), 5, 3, scale=100.0)),
    ((0.5, 0.95, 0.0, 1e-2), np.ones((7, 1)), gradients((7, 1), 7, 4, scale=0.01)),
    ((0.07, 0.7, 0.98, 1e-8), np.full((5, 5), 3e3), gradients((5, 5), 4, 6)),
    ((0.1, 0.9, 0.99, 1e-8), np.arange(6.0), with_a_zero(gradients(6, 5, 5))),
    ((0.003, 0.63, 0.999, 0.0), 2.0, [3.0, -1.0, 2e4, 1e-3, -7.0]),
)
"""The rate, β₁, β₂ and ε; where it begins; and the gradients of its steps."""


def check_adam(my_adam: Any) -> None:
    """Check Adam's steps, and that two objects stay apart."""
    try:
        _check_steps(my_adam)
    except WrongAnswer as fault:
        if "ZeroDivisionError" not in fault.sentence:
            raise
        wrong(MISTAKES["counts-from-zero"])


def _check_steps(my_adam: Any) -> None:
    one, other = (make(my_adam, 0.1, 0.9, 0.999, 1e-8) for _ in range(2))
    expect_apart(one, other, (1.0, 4.0), MISTAKES["shared"])
    for options, start, grads in CASES:
        reference = solutions.MyAdam(*options)
        expect_steps(make(my_adam, *options), reference, start, [(grad,) for grad in grads])


ADAM = Exercise(
    name="optimizers/adam",
    title="Adam, put together",
    check=check_adam,
    solution=solutions.MyAdam,
    mistakes=MISTAKES,
    hints=(
        "Three things go from step to step: a counter t, 1 in the first step, and m and s.",
        "Correct copies: m and s themselves go on uncorrected.",
        "The step is `self.lr * m / (np.sqrt(s) + self.eps)`, with both corrected.",
    ),
    takeaway="The first step is as long as the rate, whatever the size of the gradient.",
)
