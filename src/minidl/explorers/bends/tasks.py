"""What the units are to build: two classes of points to part, or a curve to follow."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import make_circles, make_moons
from minidl.nn import Activation, Logistic, ReLU, Tanh

Array = npt.NDArray[Any]
Mark = tuple[float, float, int]
"""A point's x₁ and x₂, and its class."""

REACH = 2.0
"""Everything lies between −REACH and REACH."""
MINE = "my own points"
OWN: tuple[Mark, ...] = ((-1.5, -1.2, 0), (-0.5, -0.4, 1), (0.5, 0.4, 0), (1.5, 1.2, 1))
"""The reader's own points before any is changed: stripes."""
CORNERS: tuple[Mark, ...] = ((-1, -1, 0), (1, 1, 0), (-1, 1, 1), (1, -1, 1))
"""XOR: class 1 where the two coordinates differ in sign."""
GRIP = 0.2
"""How near to a point one has to be to mean it."""


@dataclass(frozen=True)
class Task:
    """Inputs and what is wanted there.

    Attributes
    ----------
    X : ndarray, shape (N, 2)
        Points of the plane; of a curve, its x, and zeros.
    y : ndarray, shape (N, 1)
        The classes, 0 or 1, or the heights of the curve.
    curve : bool
        Whether it is a curve.
    """

    X: Array
    y: Array
    curve: bool = False


class Square(Activation):
    """The parabola z², a bend that cannot build every shape."""

    def function(self, x: Array) -> Array:
        """Return z²."""
        return x * x

    def slope(self, x: Array, a: Array) -> Array:
        """Return 2z."""
        return 2 * x


class Straight(Activation):
    """The line z, no bend at all."""

    def function(self, x: Array) -> Array:
        """Return z."""
        return x.copy()

    def slope(self, x: Array, a: Array) -> Array:
        """Return 1."""
        return np.ones_like(x)


BENDS: dict[str, Callable[[], Activation]] = {
    "ReLU": ReLU,
    "Tanh": Tanh,
    "Logistic": Logistic,
    "z²": Square,
    "none": Straight,
}
"""The functions that a unit may have."""


def task_of(marks: Iterable[Mark]) -> Task:
    """Return points, one by one, as a task.

    Examples
    --------
    >>> task_of([(0.5, 1.0, 1)]).y
    array([[1.]])
    """
    table = np.array(list(marks), dtype=float).reshape(-1, 3)
    return Task(table[:, :2], table[:, 2:])


def marks_in(task: Task) -> list[Mark]:
    """Return the points of a task one by one."""
    return [
        (x1, x2, int(label))
        for (x1, x2), label in zip(task.X.tolist(), task.y[:, 0].tolist(), strict=True)
    ]


def toggled(marks: Iterable[Mark], x1: float, x2: float) -> list[Mark]:
    """Return points with one more of class 1; one that is there turns to class 0, then vanishes.

    Examples
    --------
    >>> toggled([], 1.0, 0.0)
    [(1.0, 0.0, 1)]
    >>> toggled([(1.0, 0.0, 1)], 1.0, 0.1)
    [(1.0, 0.0, 0)]
    """
    points = list(marks)
    away = [float(np.hypot(a - x1, b - x2)) for a, b, _ in points]
    nearest = int(np.argmin(away)) if away else 0
    if not away or away[nearest] > GRIP:
        return [*points, (x1, x2, 1)]
    a, b, label = points.pop(nearest)
    if label == 1:
        points.insert(nearest, (a, b, 0))
    return points


def _clouds(made: tuple[Array, Array], scale: float, middle: tuple[float, float]) -> Task:
    X, y = made
    return Task(scale * (X - middle), y.reshape(-1, 1).astype(float))


def _curve(height: Callable[[Array], Array]) -> Task:
    x = np.linspace(-REACH, REACH, 81)
    return Task(np.column_stack([x, 0 * x]), height(x).reshape(-1, 1), curve=True)


TASKS: dict[str, Callable[[], Task]] = {
    "XOR": lambda: task_of(CORNERS),
    "two moons": lambda: _clouds(make_moons(60, noise=0.1, rng=0), 1.15, (0.5, 0.25)),
    "a ring": lambda: _clouds(make_circles(60, factor=0.4, noise=0.07, rng=0), 1.5, (0, 0)),
    "curve: a tent": lambda: _curve(lambda x: np.maximum(1.5 - 1.5 * np.abs(x), 0)),
    "curve: a wave": lambda: _curve(lambda x: 1.2 * np.sin(2 * x)),
    "curve: a step": lambda: _curve(lambda x: np.where(x > 0, 1.0, -1.0)),
}
"""The tasks that are ready made."""
