"""The sum of a loss's elements."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def total_of(losses: Array) -> float:
    """Return the sum of losses, in double precision where it would overflow or be too coarse.

    Examples
    --------
    >>> print(f"{total_of(np.full(2, 3e38, dtype=np.float32)):.0e}")
    6e+38
    """
    if losses.itemsize > 4:
        return float(np.add.reduce(losses, axis=None))
    if losses.itemsize == 4:  # twice as fast as with numbers made double
        with np.errstate(over="ignore"):
            total = float(np.add.reduce(losses, axis=None))
        if math.isfinite(total):
            return total
    return float(np.add.reduce(losses, axis=None, dtype=np.float64))
