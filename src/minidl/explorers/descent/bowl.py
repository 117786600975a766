"""Gradient descent with momentum in a bowl: the way down, and by what factor it shrinks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.optim import SGD
from minidl.parameter import Parameter

Array = npt.NDArray[Any]

STEEP = 8.0
"""The curvature along y: with x = 0 the bowl is 4·y²."""
STEPS = 100
GOAL = 0.1


@dataclass(frozen=True)
class DescentView:
    """A way down a bowl, and the factors that say how fast it goes.

    Attributes
    ----------
    way : ndarray of shape (steps + 1, 2)
        The start and where each step leads.
    losses : ndarray of shape (steps + 1,)
    curvatures : (float, float)
        Along x and along y.
    lr : float
        The rate.
    factors : (float, float)
        What each step leaves of the distance, along x and along y, in the long run.
    rates, curves : ndarray
        Rates, and at each of them the two factors, shape (2, rates).
    """

    way: Array
    losses: Array
    curvatures: tuple[float, float]
    lr: float
    factors: tuple[float, float]
    rates: Array
    curves: Array

    @property
    def arrived(self) -> int | None:
        """The step from which on the loss stays below `GOAL`, None if it does not."""
        above = np.flatnonzero(self.losses >= GOAL)
        last = int(above[-1]) if len(above) else -1
        return None if last == len(self.losses) - 1 else last + 1


def shrinking_factor(lr: Any, curvature: float, momentum: float) -> Array:
    """Return what a step of SGD leaves of the distance to the minimum of ½·h·x², in the long run.

    With momentum ρ, x and v are multiplied at each step by a matrix whose eigenvalues μ solve
    μ² − (1 + ρ − α·h)·μ + ρ = 0; the larger |μ| wins in the end. Without, it is |1 − α·h|.

    Parameters
    ----------
    lr : float or ndarray
        The rate α.
    curvature, momentum : float
        h and ρ.

    Examples
    --------
    >>> shrinking_factor(np.array([0.01, 0.1]), 8, 0).round(6)
    array([0.92, 0.2 ])
    >>> round(float(shrinking_factor(0.01, 8, 0.81)), 6)
    0.9
    """
    half = (1 + momentum - np.asarray(lr) * curvature) / 2
    root = np.sqrt(half.astype(complex) ** 2 - momentum)
    larger: Array = np.maximum(np.abs(half + root), np.abs(half - root))
    return larger


def descend(start: tuple[float, float], curvatures: Array, lr: float, momentum: float) -> Array:
    """Return the start and where each of `STEPS` steps of minidl's SGD leads.

    Parameters
    ----------
    start : (float, float)
    curvatures : ndarray of shape (2,)
        The bowl is half the sum of curvature times distance squared, along x and y.
    lr, momentum : float

    Returns
    -------
    ndarray of shape (STEPS + 1, 2)
    """
    grads: dict[str, Array] = {}
    point = Parameter("point", "point", {"point": np.array(start, dtype=np.float64)}, grads)
    optimizer = SGD([point], lr=lr, momentum=momentum)
    way = [point.value.copy()]
    for _ in range(STEPS):
        grads["point"] = curvatures * point.value
        optimizer.step()
        way.append(point.value.copy())
    return np.array(way)
