"""Scores, labels and distributions that several exercises of the lesson share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.kinds import expect_array, expect_number, expect_two
from minidl.checking.mistake import Mistake
from minidl.checking.showing import show_arguments

Array = npt.NDArray[Any]

SCORES = np.array([[1.0, 2.0], [1.0, 3.0], [1.0, 3.0]])
LABELS = np.array([0, 1, 1])
SHAPES = ((3, 2), (1, 4), (2, 3), (4, 1), (5, 6), (6, 5), (7, 4), (4, 7), (3, 3), (23, 10))
"""Numbers of samples and of classes: few, many, all kinds, and once as many of both."""
LOUD = np.array([[1000.0, 1001.0, 999.0], [-1000.0, -1002.0, -1000.5]])
"""Scores whose exponentials are too large or too small for a float."""
FAR = np.array([[0.0, 1.0], [1000.0, 1000.5], [-5000.0, -5001.0]])
"""Rows that are far from each other."""
WIDE = np.array([[0.0, 300.0, 600.0], [40.0, -20.0, 0.0], [0.0, -9000.0, 3.0]])
"""Scores that are far from each other within a row: hardly any probability for some."""


def scores_of_all_shapes() -> Iterator[Array]:
    """Yield scores, positive and negative, of single digits and of tens.

    Examples
    --------
    >>> [scores.shape for scores in scores_of_all_shapes()][:2]
    [(3, 2), (1, 4)]
    """
    for seed, shape in enumerate(SHAPES):
        rng = np.random.default_rng(seed)
        yield rng.normal(0.0, 3.0 if seed % 2 else 15.0, shape)


def labelled() -> Iterator[tuple[Array, Array]]:
    """Yield scores and labels, class numbers, of all shapes.

    Examples
    --------
    >>> next(labelled())[1].shape
    (3,)
    """
    for seed, scores in enumerate(scores_of_all_shapes()):
        rng = np.random.default_rng(100 + seed)
        yield scores, rng.integers(0, scores.shape[1], len(scores))


def expect_loss_and_gradient(
    function: Any,
    right: Callable[..., tuple[Any, Any]],
    *inputs: tuple[Any, ...],
    where: str = "",
    diagnosis: Mistake | str = "values",
) -> None:
    """Expect a pair of one number and its gradient.

    Parameters
    ----------
    function, right : callable
        The learner's and what is right.
    *inputs : tuple
        Arguments, the smallest first.
    where : str
        Where the inputs lie, for messages: " of large scores".
    diagnosis : Mistake or str
        What to say where no mistake is recognized.
    """
    names = ("scores", "labels", "weight")
    for args in inputs:
        given, expected = show_arguments(names[: len(args)], args), joined(*right(*args))
        loss, gradient = expect_two(ask(function, *args), "two results, `return loss, gradient`")
        expect_number(loss, what="the loss")
        gradient = expect_array(gradient, shape=args[0].shape, what="the gradient", given=given)
        received, what = joined(loss, gradient), f"the loss and the gradient{where}"
        expect_close(
            received, expected, given=given, names=names_of(gradient), what=what,
            diagnosis=diagnosis, because="Loss or gradient is not right.",
        )  # fmt: skip


def joined(loss: Any, gradient: Array) -> Array:
    """Return a loss and its gradient in one row, so that they are judged together.

    Examples
    --------
    >>> joined(0.5, np.array([[1.0, -1.0]]))
    array([ 0.5,  1. , -1. ])
    """
    return np.concatenate([[loss], np.ravel(gradient)])


def names_of(gradient: Array) -> list[str]:
    """Return what the numbers of `joined` are called.

    Examples
    --------
    >>> names_of(np.zeros((1, 2)))
    ['the loss', 'the gradient at [0, 0]', 'the gradient at [0, 1]']
    """
    return ["the loss", *(f"the gradient at {list(at)}" for at in np.ndindex(gradient.shape))]
