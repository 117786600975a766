"""What every maker of data does last: shuffle the samples, then add noise."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation import check_real

Array = npt.NDArray[Any]
Seed = int | np.random.Generator | None


def order_of(N: int, shuffle: bool, rng: np.random.Generator) -> Array:
    """Return the indices of N samples in random order, or as they are.

    Examples
    --------
    >>> order_of(4, False, np.random.default_rng(0))
    array([0, 1, 2, 3])
    """
    return rng.permutation(N) if shuffle else np.arange(N)


def gaussian(shape: tuple[int, ...], noise: float | None, rng: np.random.Generator) -> Array:
    """Return noise of this standard deviation, 0 for None.

    It is drawn in any case, so that the same seed at another level moves the same samples
    further along the same directions.

    Raises
    ------
    TypeError, ValueError
        If `noise` is no number ≥ 0.

    Examples
    --------
    >>> gaussian((3,), 0.5, np.random.default_rng(0)).round(2)
    array([ 0.06, -0.07,  0.32])
    """
    std = 0.0 if noise is None else check_real(noise, "noise", low=0)
    return std * rng.standard_normal(shape)
