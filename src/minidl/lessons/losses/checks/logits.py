"""The check of the exercise "losses/logits"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_close
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.checking.showing import show_arguments
from minidl.checking.verdicts import WrongAnswer, wrong
from minidl.lessons.losses import solutions as solutions
from minidl.lessons.losses.mistakes.logits import MISTAKES
from minidl.lessons.losses.shared import Array

SHAPES = ((3, 1), (4, 2), (1, 1), (5,), (6, 4), (2, 7), (40, 1), (2, 1), (4, 4))
NAMES = ("x", "y", "pos_weight")
FAR = np.array([[1000.0], [1000.0], [-1000.0], [-1000.0], [1e6], [-800.0], [0.0], [-40.0]])


def logits() -> Iterator[tuple[Array, Array, float]]:
    """Yield logits, labels from 0 to 1, and weights below 1, of 1 and above."""
    yield np.array([[2.0], [2.0]]), np.array([[1.0], [0.0]]), 1.0
    yield np.array([[2.0], [2.0]]), np.array([[1.0], [0.0]]), 3.0
    for seed, shape in enumerate(SHAPES):
        rng = np.random.default_rng(seed)
        y = rng.integers(2, size=shape) * 1.0
        yield 3 * rng.normal(size=shape), y, (2.0, 0.5, 10.0, 1.0, 7.5, 0.1, 100.0, 1.0, 3.0)[seed]


def check_bce_with_logits(bce_with_logits: Any) -> None:
    """Check losses of hard labels, of soft ones, and of logits of any size."""
    for args in logits():
        _expect_losses(bce_with_logits, *args, what="the losses")
    for x, y, weight in logits():
        _expect_losses(bce_with_logits, x, 0.2 + 0.5 * y, weight, what="the losses of soft labels")
    y = np.array([[1.0], [0.0], [1.0], [0.0], [0.0], [1.0], [0.5], [1.0]])
    for weight in (1.0, 4.0):
        _expect_losses(bce_with_logits, FAR, y, weight, what="the losses of far-off logits")
    _expect_no_warning(bce_with_logits, FAR, y)
    for args in logits():
        exact = solutions.bce_with_logits(*args)
        expect_exact(ask(bce_with_logits, *args), exact, given=show_arguments(NAMES, args))
    expect_own(bce_with_logits, *next(logits()))


def _expect_losses(function: Any, x: Array, y: Array, weight: float, *, what: str) -> None:
    received = ask(function, x, y, weight)
    given = show_arguments(NAMES, (x, y, weight))
    expect_array(received, shape=x.shape, what=what, given=given)
    wanted = solutions.bce_with_logits(x, y, weight)
    at = {"x": x, "y": y, "pos_weight": np.full(x.shape, weight)}
    because = f"{what.capitalize()} are not right."
    expect_close(received, wanted, what=what, at=at, because=because)


def _expect_no_warning(function: Any, x: Array, y: Array) -> None:
    """Refuse an overflow, also one in numbers that are then not used."""
    try:
        ask(function, x, y, 2.0, quiet=True)
    except WrongAnswer as fault:
        if fault.diagnosis == "warns":
            wrong(MISTAKES["hidden-overflow"])
        raise


LOGITS = Exercise(
    name="losses/logits",
    title="Binary cross-entropy from logits",
    check=check_bce_with_logits,
    solution=solutions.bce_with_logits,
    mistakes=MISTAKES,
    hints=(
        "−log σ(x) = log(1 + e⁻ˣ), and −log(1 − σ(x)) = log(1 + eˣ). The weight belongs to one of "
        "them.",
        "log(1 + eˣ) = max(x, 0) + log(1 + e^(−|x|)), in which nothing can overflow.",
        "`np.logaddexp(0, x)` is log(1 + eˣ) for any x.",
    ),
    takeaway="Logarithm and logistic in one step: nothing is rounded to 0 or 1 in between.",
)
