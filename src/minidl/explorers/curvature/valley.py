"""A valley of two numbers, and two ways down it, counted in evaluations of the gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.optim import LBFGS
from minidl.parameter import Parameter

Array = npt.NDArray[Any]

MOST = 60
"""How many gradients each way may ask for."""
START = (-2.2, 0.9)
"""Where both begin, along and across the valley."""
RATES = np.geomspace(0.001, 2, 40)
"""Descent has tried them all; its best one is shown."""
ENOUGH = 1e-12  # less of the height than that is no way to go
SEARCH: dict[str, Any] = {
    "line_search_fn": "strong_wolfe",
    "max_iter": 1,  # a direction a step, so that one sees where it ends
    "max_eval": 25,  # tries along a direction, at most; PyTorch's for a step
    "tolerance_grad": 1e-12,
    "tolerance_change": 1e-14,
}


@dataclass(frozen=True)
class Valley:
    """The loss ½·u² + ½·ratio·(v − bend·u²)², with u along and v across, turned against x and y."""

    ratio: float
    degrees: float
    bend: float

    @property
    def axes(self) -> Array:
        """The directions of u and v, the rows of a matrix."""
        angle = np.deg2rad(self.degrees)
        return np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])

    @property
    def start(self) -> Array:
        """Where both ways begin, as x and y."""
        point: Array = np.array(START) @ self.axes
        return point

    def _parts(self, points: Array) -> tuple[Array, Array]:
        """Return u and how far v is from the valley's floor."""
        u, v = np.moveaxis(points @ self.axes.T, -1, 0)
        return u, v - self.bend * u**2

    def loss(self, points: Array) -> Array:
        """Return the losses of points of shape (..., 2).

        Examples
        --------
        >>> float(Valley(ratio=10, degrees=0, bend=1).loss(np.array([2.0, 5.0])))
        7.0
        """
        u, off = self._parts(points)
        height: Array = (u**2 + self.ratio * off**2) / 2
        return height

    def slope(self, points: Array) -> Array:
        """Return the gradients of points of shape (..., 2)."""
        u, off = self._parts(points)
        across = self.ratio * off
        slope: Array = np.stack([u - 2 * self.bend * u * across, across], axis=-1) @ self.axes
        return slope

    def left(self, points: Array) -> Array:
        """Return what share of the first height is left."""
        share: Array = self.loss(points) / self.loss(self.start)
        return share


@dataclass(frozen=True)
class Search:
    """The way of L-BFGS.

    Attributes
    ----------
    tries : ndarray of shape (evaluations, 2)
        Where the gradient was asked for, in this order; the first is the start.
    ends : ndarray of int
        After how many evaluations each direction had its end.
    taken : ndarray of int
        Which of the tries each direction ended at, often its last one.
    """

    tries: Array
    ends: Array
    taken: Array

    @property
    def way(self) -> Array:
        """The ends of the directions, shape (len(ends), 2)."""
        points: Array = self.tries[self.taken]
        return points


def search(valley: Valley, memory: int) -> Search:
    """Let minidl's LBFGS go down a valley for `MOST` evaluations, or until it is there.

    Parameters
    ----------
    valley : Valley
    memory : int
        How many changes of the gradient it remembers.
    """
    grads: dict[str, Array] = {}
    point = Parameter("point", "point", {"point": valley.start}, grads)
    optimizer = LBFGS([point], history_size=memory, **SEARCH)
    tries, taken, ends = [point.value.copy()], [0], [1]

    def look() -> float:
        here = point.value.copy()
        if not np.array_equal(here, tries[taken[-1]]):  # it asks again where it stands
            tries.append(here)
        grads["point"] = valley.slope(here)
        return float(valley.loss(here))

    while len(tries) < MOST and valley.left(point.value) > ENOUGH:
        optimizer.step(look)
        end = int(np.flatnonzero(np.all(np.array(tries) == point.value, axis=1))[-1])
        if end == taken[-1]:
            break
        taken.append(end)
        ends.append(len(tries))
    kept = np.array(ends) <= MOST
    return Search(np.array(tries)[:MOST], np.array(ends)[kept], np.array(taken)[kept])


def descend(valley: Valley) -> tuple[float, Array]:
    """Return that of `RATES` which leads plain descent lowest, and its way: a row a gradient."""
    points = np.tile(valley.start, (len(RATES), 1))
    ways = [points]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(MOST - 1):
            points = points - RATES[:, np.newaxis] * valley.slope(points)
            ways.append(points)
        heights = np.nan_to_num(valley.left(points), nan=np.inf)
    best = int(np.argmin(heights))
    return float(RATES[best]), np.stack(ways)[:, best]
