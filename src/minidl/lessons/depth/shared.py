"""What the exercises on depth share: arrays of many shapes and sizes, and what they are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

TABLES = ((3, 4), (5, 2), (2, 6), (6, 6), (4, 7), (7, 5), (30, 3), (2, 5), (1, 3), (4, 1))
EPSILONS = (0.5, 1e-5, 0.1, 1e-5, 2.0, 0.01, 1e-3, 30.0, 0.2, 0.3)
SIZES = (1.0, 1.0, 3.0, 20.0, 0.2, 5.0, 0.05, 4.0, 1.0, 2.0)


def tables() -> Iterator[tuple[Array, int, float]]:
    """Yield samples of several features, an axis of them, and an ε.

    Examples
    --------
    >>> next(tables())[0].shape, [axis for _, axis, _ in tables()][:4]
    ((3, 4), [0, 1, 0, 1])
    """
    rng = np.random.default_rng(3)
    for shape, eps, size in zip(TABLES, EPSILONS, SIZES, strict=True):
        for axis in (0, 1):
            yield size * np.round(rng.normal(rng.normal(), 1, shape), 2), axis, eps
