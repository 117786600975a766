"""Descent in the valley L = ½·w² by noisy gradients: what becomes of the mean loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

START = 4.0
"""Where every walker begins."""


def walk(rates: Sequence[float] | Array, noise: float, walkers: int, rng: Any) -> Array:
    """Return where walkers are who each see the slope w and noise of their own.

    Parameters
    ----------
    rates : sequence of float
        The learning rate α of each step.
    noise : float
        σ, the standard deviation of the noise.
    walkers : int
        How many.
    rng : int or numpy.random.Generator
        Where the noise comes from.

    Returns
    -------
    ndarray of shape (steps + 1, walkers)
        From the start on: w ← w − α·(w + σ·ε).

    Examples
    --------
    >>> walk([0.5, 0.5], noise=0, walkers=1, rng=0)[:, 0]
    array([4., 2., 1.])
    """
    rng = np.random.default_rng(rng)
    w = [np.full(walkers, START)]
    for rate in rates:
        w.append(w[-1] - rate * (w[-1] + noise * rng.normal(size=walkers)))
    return np.array(w)


def mean_losses(rates: Sequence[float] | Array, noise: float) -> Array:
    """Return the mean loss of infinitely many walkers, before each step and after the last.

    The mean square M of w becomes (1 − α)²·M + α²·σ² by a step, and the mean loss is ½·M.

    Examples
    --------
    >>> mean_losses([0.5], noise=2.0)
    array([8. , 2.5])
    """
    squares = [START**2]
    for rate in rates:
        squares.append((1 - rate) ** 2 * squares[-1] + rate**2 * noise**2)
    return np.array(squares) / 2


def best_rates(steps: int, noise: float, highest: float = 1.0) -> Array:
    """Return the rates each of which leaves the smallest mean loss: M / (M + σ²), or 1 / (c + t).

    Parameters
    ----------
    steps : int
        How many.
    noise : float
        σ.
    highest : float
        No rate is above it.

    Examples
    --------
    >>> best_rates(4, noise=4.0).round(3)
    array([0.5  , 0.333, 0.25 , 0.2  ])
    """
    square, rates = START**2, []
    for _ in range(steps):
        rate = min(square / (square + noise**2), highest) if square else 0.0
        square = (1 - rate) ** 2 * square + rate**2 * noise**2
        rates.append(rate)
    return np.array(rates)


def floor_of(rate: float, noise: float) -> float:
    """Return what the mean loss ends at under a constant rate below 2: ½·α·σ² / (2 − α).

    Examples
    --------
    >>> floor_of(1.0, noise=2.0)
    2.0
    """
    return rate * noise**2 / (2 - rate) / 2
