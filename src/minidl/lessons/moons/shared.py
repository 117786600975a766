"""Predictions and labels that the exercises on the loss share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.exactness import expect_exact

Array = npt.NDArray[Any]

P = np.array([[0.9], [0.2], [0.6]])
Y = np.array([[1.0], [0.0], [0.0]])
SOFT = np.full((1, 1), 0.3)
"""A label between 0 and 1, for the first prediction."""


def forecasts(
    sizes: tuple[int, ...] = (3, 2, 1, 4, 5, 6, 7, 4, 40),
) -> Iterator[tuple[Array, Array]]:
    """Yield predictions and labels 0 and 1, at least one of each, in columns of these sizes."""
    for seed, size in enumerate(sizes):
        rng = np.random.default_rng(seed)
        y = np.arange(size)[:, np.newaxis] % 3 < 2
        yield rng.uniform(0.03, 0.97, (size, 1)), rng.permutation(1.0 * y)


def bold() -> Iterator[tuple[Array, Array]]:
    """Yield predictions that are nearly certain, of 1e-300 to 1 − 1e-12, and their labels."""
    p = np.array([[1e-30], [1e-9], [0.4], [1 - 1e-12], [1e-4], [0.9999]])
    y = np.array([[1.0], [1.0], [0.0], [0.0], [0.3], [0.8]])
    yield p, y
    yield p[:3], y[:3]
    yield np.array([[1e-300], [1e-200]]), np.ones((2, 1))


def expect_exact_loss(function: Any, right: Callable[[Array, Array], Any]) -> None:
    """Expect losses that were close to be right to the last digits, rows of soft labels too."""
    for p, y in forecasts():
        for labels in (y, 0.1 + 0.75 * y):
            expect_exact(ask(function, p, labels), right(p, labels), given=f"{len(p)} points")
