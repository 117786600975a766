"""What the exercises on schedules share: how exact rates must be, and numbers drawn anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

EXACT: dict[str, Any] = {"rtol": 1e-9, "atol": 1e-18}  # no single precision, no rounding
SCALES = (1.0, 1e-5, 3e4, 0.1, 20.0, 7e-3)


def drawn(count: int) -> Iterator[tuple[np.random.Generator, float]]:
    """Yield generators of numbers, the same in each check, and sizes of rates.

    Examples
    --------
    >>> [scale for _, scale in drawn(2)]
    [1.0, 1e-05]
    """
    rng = np.random.default_rng(8)
    for case in range(count):
        yield rng, SCALES[case % len(SCALES)]
