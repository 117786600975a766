"""Gradients of a function of several arrays by central differences."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np


def numerical_gradients(
    f: Callable[..., float], inputs: Sequence[np.ndarray], *, count: int, eps: float = 1e-6
) -> list[np.ndarray]:
    """Return ∂f/∂input of the first `count` inputs, (f(… x + ε …) − f(… x − ε …)) / 2ε each."""
    moved = [np.array(x) for x in inputs]
    gradients = [np.empty_like(x) for x in moved[:count]]
    for x, gradient in zip(moved, gradients, strict=False):
        for at in np.ndindex(x.shape):
            kept = x[at]
            x[at] = kept + eps
            above = f(*moved)
            x[at] = kept - eps
            gradient[at] = (above - f(*moved)) / (2 * eps)
            x[at] = kept
    return gradients
