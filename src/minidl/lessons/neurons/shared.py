"""Inputs and words that several exercises on neurons share."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

X = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]])  # 3 samples, 2 features
W_AND_B = "two results, W and b (`return W, b`)"
EXACT: dict[str, Any] = {"rtol": 1e-10, "atol": 1e-12}
"""Sums of products differ by their order only, far less than by a rounded result."""


def numbers(*shape: int, seed: int, size: float = 1.0) -> npt.NDArray[np.float64]:
    """Return numbers with many digits, of both signs and of several orders of magnitude."""
    rng = np.random.default_rng(seed)
    return size * rng.standard_normal(shape) * 10.0 ** rng.integers(-2, 3, shape)
