"""Where the plane changes hands: lines on which two classes have the same score."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

FAR = 100.0
"""Half the length of a line that nothing cuts off."""


def borders(W: Array, b: Array) -> list[Array]:
    """Return the ends of the border of each pair of classes: (2, 2), or empty if there is none.

    On it, both scores x·W + b are the highest of all.

    Parameters
    ----------
    W : ndarray, shape (2, C)
        A column for each class; C is 2 or 3.
    b : ndarray, shape (1, C)

    Examples
    --------
    >>> (ends,) = borders(np.array([[0.0, 2.0], [0.0, 0.0]]), np.array([[0.0, -1.0]]))
    >>> ends.tolist()  # x = ½
    [[0.5, -100.0], [0.5, 100.0]]
    """
    return [_border(W, b[0], pair) for pair in combinations(range(W.shape[1]), 2)]


def _border(W: Array, b: Array, pair: tuple[int, int]) -> Array:
    i, j = pair
    across, shift = W[:, j] - W[:, i], b[j] - b[i]
    length = float(np.hypot(*across))
    if not length:
        return np.empty((0, 2))
    foot = -shift * across / length**2
    along = np.array([-across[1], across[0]]) / length
    low, high = -FAR, FAR
    for third in set(range(W.shape[1])) - {i, j}:  # ahead of both by `lead` + t·`gain`
        lead = foot @ (W[:, third] - W[:, i]) + b[third] - b[i]
        gain = along @ (W[:, third] - W[:, i])
        low, high = _kept(low, high, lead, gain)
    return np.array([foot + t * along for t in (low, high)]) if low < high else np.empty((0, 2))


def _kept(low: float, high: float, lead: float, gain: float) -> tuple[float, float]:
    """Return the part of an interval of t in which lead + t·gain is not above 0."""
    if gain > 0:
        return low, min(high, -lead / gain)
    if gain < 0:
        return max(low, -lead / gain), high
    return (low, high) if lead <= 0 else (low, low)
