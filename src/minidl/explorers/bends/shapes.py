"""Where the picture looks at the units: over the plane, along a line, and what colours mean."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.bends.tasks import REACH
from minidl.plots.plane import Extent, grid_over

Array = npt.NDArray[Any]

EXTENT: Extent = (-REACH, REACH, -REACH, REACH)
SIDE = 61
"""How many points of the plane are looked at along each side."""
GRID = grid_over(EXTENT, SIDE, SIDE)[2]
NUMBER_AWAY = 0.17  # of a unit's number from its line
JOINTS_APART = 0.21  # that numbers of joints may stand side by side
LEAST_FULL = 2.0
"""The smallest value that may have the full colour."""


def across(x: Array) -> Array:
    """Return points (x, 0) of the plane, as a curve's inputs are given to the units."""
    return np.column_stack([x, np.zeros_like(x)])


CURVE = across(np.linspace(-REACH, REACH, 201))
"""Where a curve is looked at."""


def shade_of(values: Array, full: float) -> Array:
    """Return the colour of values, from 0 (blue) over ½ (white, nothing) to 1 (orange).

    Parameters
    ----------
    values : ndarray
    full : float
        What has the full colour.

    Examples
    --------
    >>> shade_of(np.array([-9.0, 0.0, 1.5]), 3.0)
    array([0.  , 0.5 , 0.75])
    """
    return np.clip(0.5 + values / (2 * full), 0, 1)


def chord(w1: float, w2: float, b: float) -> Array | None:
    """Return the ends (2, 2) of the line w₁·x₁ + w₂·x₂ + b = 0 in the square, None if it misses it.

    Examples
    --------
    >>> chord(1.0, 0.0, -1.0)
    array([[ 1., -2.],
           [ 1.,  2.]])
    """
    length = float(np.hypot(w1, w2))
    if length == 0:
        return None
    foot = -b * np.array([w1, w2]) / length**2
    along = np.array([-w2, w1]) / length
    low, high = -np.inf, np.inf
    for at, step in zip(foot, along, strict=True):
        if step:
            ends = sorted(((-REACH - at) / step, (REACH - at) / step))
            low, high = max(low, ends[0]), min(high, ends[1])
        elif abs(at) > REACH:
            return None
    return np.array([foot + low * along, foot + high * along]) if low < high else None


def beside_joints(x: Array) -> list[tuple[float, float]]:
    """Return where the numbers of joints stand: right of each, in rows so that none hides another.

    Examples
    --------
    >>> [round(up, 2) for _, up in beside_joints(np.array([0.05, 0.0, 1.0]))]
    [-1.62, -1.83, -1.83]
    """
    ends: list[float] = []  # of the rows, the lowest first
    places = np.zeros((len(x), 2))
    for k in np.argsort(x):
        row = next((r for r, end in enumerate(ends) if x[k] - end > JOINTS_APART), len(ends))
        ends[row : row + 1] = [x[k]]
        places[k] = min(x[k] + 0.1, REACH - 0.1), NUMBER_AWAY - REACH + row * JOINTS_APART
    return [(float(across), float(up)) for across, up in places]


def place_on(line: Array | None, row: Array) -> tuple[float, float] | None:
    """Return where a line's number stands: near its end, on the side where z is positive."""
    if line is None:
        return None
    start, end = line
    along, w = (end - start) / np.linalg.norm(end - start), row[:2] / np.linalg.norm(row[:2])
    x1, x2 = np.clip(end - 0.2 * along + NUMBER_AWAY * w, NUMBER_AWAY - REACH, REACH - NUMBER_AWAY)
    return float(x1), float(x2)
