"""Averages that fade: the memory of most optimizers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def move_average(average: Array, new: Array, beta: float, scratch: Array) -> None:
    """Make average ← β·average + (1 − β)·new, in place.

    After t steps a value weighs (1 − β)·β^(age), so that the average remembers about 1 / (1 − β)
    of them. One that began at 0 is too small by the factor 1 − β^t.

    Parameters
    ----------
    average : ndarray
        Changed in place.
    new : ndarray
        Of the same shape. It may be `scratch` itself.
    beta : float
        The share β that stays.
    scratch : ndarray
        Overwritten.

    Examples
    --------
    >>> average = np.zeros(2)
    >>> for _ in range(3):
    ...     move_average(average, np.array([1.0, 10.0]), 0.5, np.empty(2))
    >>> average
    array([0.875, 8.75 ])
    """
    average *= beta
    average += np.multiply(new, 1 - beta, out=scratch)
