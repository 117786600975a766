"""The check of the exercise "neurons/net-activation"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.checking.verdicts import expect
from minidl.lessons.neurons import solutions as solutions
from minidl.lessons.neurons.counting import steps
from minidl.lessons.neurons.mistakes.net_activation import MISTAKES
from minidl.lessons.neurons.shared import EXACT, X, numbers

MANY = 60
ROW = np.array([[10.0, 20.0]])


def check_net_activation(net_activation: Any) -> None:
    """Check z = X·W + b for one neuron and for several."""
    one = np.array([[2.0], [1.0]])
    square = np.array([[1.0, 2.0], [3.0, -1.0]])
    cases = (
        (X[:2], square, ROW),
        (X[:1], one, np.array([[0.5]])),
        (X, one, np.array([[0.5]])),
        (X, square, ROW),
    )
    sizes = ((2, 2, 2), (5, 7, 4), (4, 6, 7), (1, 5, 6), (12, 11, 9))  # samples, features, neurons
    others = (
        (numbers(n, d, seed=n), numbers(d, m, seed=d), numbers(1, m, seed=m)) for n, d, m in sizes
    )
    expect_same(net_activation, solutions.net_activation, *cases, *others, what="z", **EXACT)
    _expect_no_loop(net_activation)


def _expect_no_loop(net_activation: Any) -> None:
    """Expect that more samples, features or neurons do not take more steps of Python."""
    few = _steps(net_activation, 2, 2, 2)
    for axis, what in enumerate(("samples", "features", "neurons")):
        sizes = [2, 2, 2]
        sizes[axis] = MANY
        more = _steps(net_activation, *sizes) - few
        expect(more < MANY - 2, MISTAKES["loop"], what=what)


def _steps(net_activation: Any, n: int, d: int, m: int) -> int:
    arrays = np.ones((n, d)), np.ones((d, m)), np.ones((1, m))
    count: int = ask(lambda: steps(net_activation, *arrays))
    return count


NET_ACTIVATION = Exercise(
    name="neurons/net-activation",
    title="The net activation",
    check=check_net_activation,
    solution=solutions.net_activation,
    mistakes=MISTAKES,
    hints=(
        "The formula is $z = XW + b$, and NumPy writes it almost like that.",
        "`@` multiplies matrices; `+` repeats the row `b` for every sample.",
    ),
    takeaway="`X @ W + b` serves any number of samples, features and neurons.",
)
