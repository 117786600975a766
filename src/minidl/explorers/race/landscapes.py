"""Valleys to race down to: functions of two numbers, their slopes, and where the race begins."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.race import network

Array = npt.NDArray[Any]
Function = Callable[[Array], Array]

NOISE = 0.1
"""The noise in each number of a gradient, in lengths of the first slope."""


@dataclass(frozen=True)
class Landscape:
    """A loss that depends on two numbers.

    Attributes
    ----------
    title : str
        What it is called.
    loss, slope : callable
        Points, shape (..., 2) → losses, shape (...), and gradients, shape (..., 2).
    start : tuple of float
        Where the race begins.
    valleys : tuple of (float, float)
        Where the loss is lowest.
    extent : tuple of float
        What a picture shows: from x, to x, from y, to y.
    labels : tuple of str
        What the two numbers are called.
    """

    title: str
    loss: Function
    slope: Function
    start: tuple[float, float]
    valleys: tuple[tuple[float, float], ...]
    extent: tuple[float, float, float, float]
    labels: tuple[str, str] = ("x", "y")

    @property
    def lowest(self) -> float:
        """The loss in the valley."""
        return float(self.loss(np.array(self.valleys[0])))

    def noise(self, steps: int, rng: int) -> Array:
        """Return what blurs the gradients of a noisy race: a tenth of the first slope's length."""
        sigma = NOISE * float(np.linalg.norm(self.slope(np.array(self.start))))
        return np.random.default_rng(rng).normal(0, sigma, (steps, 2))

    def share_left(self, points: Array) -> Array:
        """Return how much of the start's height above the valley is left: 1 at the start."""
        height = float(self.loss(np.array(self.start))) - self.lowest
        share: Array = (self.loss(points) - self.lowest) / height
        return share


def quadratic(title: str, low: float, high: float, degrees: float) -> Landscape:
    """Return the bowl ½·(low·u² + high·v²), whose axes u and v are those of x and y, turned.

    Examples
    --------
    >>> ravine = quadratic("Ravine", 1, 100, degrees=0)
    >>> float(ravine.loss(np.array([2.0, 1.0])))
    52.0
    >>> ravine.slope(np.array([2.0, 1.0]))
    array([  2., 100.])
    """
    angle = np.deg2rad(degrees)
    axes = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    H = axes.T @ np.diag([low, high]) @ axes
    start = axes.T @ np.array([-2.2, 0.87])
    return Landscape(
        title,
        loss=lambda p: 0.5 * np.sum(p @ H * p, axis=-1),
        slope=lambda p: p @ H,
        start=(float(start[0]), float(start[1])),
        valleys=((0.0, 0.0),),
        extent=(-3.0, 3.0, -2.2, 2.2),
    )


def _saddle(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    height: Array = x**2 / 2 + y**4 / 4 - y**2 / 2
    return height


def _saddle_slope(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    return np.stack([x, y**3 - y], axis=-1)


def _rosenbrock(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    height: Array = (1 - x) ** 2 + 100 * (y - x**2) ** 2
    return height


def _rosenbrock_slope(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    return np.stack([-2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)], axis=-1)


_BEALE = tuple(enumerate((1.5, 2.25, 2.625), start=1))


def _beale(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    height: Array = sum(((c - x + x * y**k) ** 2 for k, c in _BEALE), start=np.zeros_like(x))
    return height


def _beale_slope(p: Array) -> Array:
    x, y = p[..., 0], p[..., 1]
    along_x, along_y = np.zeros_like(x), np.zeros_like(x)
    for k, c in _BEALE:
        error = c - x + x * y**k
        along_x += 2 * error * (y**k - 1)
        along_y += 2 * error * x * k * y ** (k - 1)
    return np.stack([along_x, along_y], axis=-1)


LANDSCAPES = {
    "bowl": quadratic("Bowl", 1, 4, degrees=0),
    "ravine": quadratic("Ravine", 1, 100, degrees=0),
    "turned": quadratic("Ravine, turned", 1, 100, degrees=45),
    "saddle": Landscape(
        "Saddle", _saddle, _saddle_slope,
        start=(-1.5, 0.001), valleys=((0.0, 1.0), (0.0, -1.0)), extent=(-2.0, 2.0, -1.6, 1.6),
    ),
    "rosenbrock": Landscape(
        "Rosenbrock", _rosenbrock, _rosenbrock_slope,
        start=(-1.2, 1.0), valleys=((1.0, 1.0),), extent=(-2.0, 2.0, -1.0, 2.0),
    ),
    "beale": Landscape(
        "Beale", _beale, _beale_slope,
        start=(1.0, 1.5), valleys=((3.0, 0.5),), extent=(-0.5, 4.5, -1.2, 2.0),
    ),
    "network": Landscape(
        "Slice through a network", network.loss, network.slope,
        start=(7.0, -2.0), valleys=((-6.130489230917, 9.633116389454),),
        extent=(-16.0, 10.0, -4.0, 18.0),
        labels=("a weight of the first layer", "a weight of the second layer"),
    ),
}  # fmt: skip
"""By name."""
