"""The check of the exercise "activations/keep-size"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.lessons.activations import solutions as solutions
from minidl.lessons.activations.classes import Array
from minidl.lessons.activations.mistakes.keep_size import MISTAKES
from minidl.nn import LeakyReLU, Logistic, ReLU, Swish, Tanh

SHAPES = ((4, 3), (2, 5), (7, 4), (6, 6), (5, 7), (3, 2), (30, 4), (4, 3), (2, 3))


def gates() -> Iterator[tuple[str, Array, int]]:
    """Yield slopes by name, and into how many neurons a unit goes; the first is a small example."""
    yield "slopes that are all ½", np.full((2, 3), 0.5), 4
    yield "slopes 0, 1, 1 and −1", np.array([[0.0, 1.0], [1.0, -1.0]]), 3
    rng = np.random.default_rng(6)
    kinds = (Logistic(), ReLU(), Tanh(), Swish(), LeakyReLU(0.3), ReLU(), Swish(), Tanh(), Swish())
    spreads = (1.0, 3.0, 2.0, 1.0, 5.0, 0.1, 4.0, 0.5, 2.0)
    fans = (5, 12, 40, 1, 26, 300, 7, 5, 12)
    for kind, shape, spread, n in zip(kinds, SHAPES, spreads, fans, strict=True):
        slopes = kind.derivative(rng.normal(0.3, spread, shape))
        yield f"{type(kind).__name__}'s slopes, {shape[0]} samples of {shape[1]} units", slopes, n


def check_keeping_sigma(keeping_sigma: Any) -> None:
    """Check the standard deviation for gates of many kinds."""
    for name, slopes, n in gates():
        answer = expect_number(ask(keeping_sigma, slopes, n), what="σ")
        right = solutions.keeping_sigma(slopes, n)
        expect_close(answer, right, what="σ", given=f"n = {n} and {name}")


KEEP_SIZE = Exercise(
    name="activations/keep-size",
    title="Weights that go with a bend",
    check=check_keeping_sigma,
    solution=solutions.keeping_sigma,
    mistakes=MISTAKES,
    hints=(
        "By what is the mean square multiplied in the linear layer, and by what at the gate?",
        "All of it is to be 1: n·σ²·m = 1, where m is the mean of the squared slopes.",
        "Solve for σ, and mind that m is `np.mean(slopes**2)`, not the square of a mean.",
    ),
    takeaway="One rule for every bend: where gates are open, Xavier's; for ReLU's gates, He's.",
)
