"""What the exercises on convolution share: numbers drawn anew, in several sizes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]

SCALES = (1.0, 1e-4, 30.0, 2e3, 0.2)


def drawn(seed: int, *sizes: tuple[int, ...]) -> Iterator[tuple[Array, Array]]:
    """Yield a row of numbers and weights for it: of so many numbers each, and of mixed sizes.

    Examples
    --------
    >>> [(x.shape, w.shape) for x, w in drawn(0, (7, 3), (5, 4))]
    [((7,), (3,)), ((5,), (4,))]
    """
    rng = np.random.default_rng(seed)
    for case, (n, k) in enumerate(sizes):
        scale = SCALES[case % len(SCALES)]
        yield scale * rng.normal(size=n), 10.0 ** (case % 4) * rng.normal(size=k)
