"""Predictions and labels that the exercises on losses share."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exactness import expect_exact
from minidl.checking.kinds import expect_array, expect_number, expect_two
from minidl.checking.showing import show_arguments

Array = npt.NDArray[Any]
PAIR = "a value and a gradient, `return value, gradient`"


def expect_loss_and_gradient(function: Any, right: Any, cases: Sequence[tuple[Any, ...]]) -> None:
    """Expect a loss's value and gradient to be those of the solution, to the last digits.

    Parameters
    ----------
    function, right : callable
        The learner's and the solution; the solution's parameters are named in examples.
    cases : sequence of tuple
        Arguments; the first of them is what the gradient belongs to.
    """
    names = list(inspect.signature(right).parameters)
    found = []
    for args in cases:
        given = show_arguments(names, args)
        value, gradient = expect_two(ask(function, *args), PAIR)
        wanted, slope = right(*args)
        value = expect_number(value, what="the value")
        gradient = expect_array(gradient, shape=slope.shape, what="the gradient", given=given)
        expect_close(value, wanted, what="the value", given=given)
        expect_close(gradient, slope, what="the gradient", given=given)
        found += [(value, wanted, given), (gradient, slope, given)]
    for own, exact, given in found:  # last, since it ends the check
        expect_exact(own, exact, given=given)


def scored() -> Iterator[tuple[Array, Array]]:
    """Yield scores of N samples for C classes, and their labels."""
    sizes = ((4, 3), (1, 2), (3, 2), (3, 5), (7, 4), (4, 4), (5, 6), (6, 7), (30, 3), (1, 130))
    for seed, (N, C) in enumerate(sizes):
        rng = np.random.default_rng(seed)
        scale = (1.0, 2.0, 0.5, 5.0, 1.0, 1.0, 90.0)[seed % 7]
        yield np.round(scale * rng.normal(size=(N, C)), 3), rng.integers(C, size=N)
