"""What the norms share: numbers made mean 0 and variance 1, and the way back."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
Axes = tuple[int, ...]


def mean_along(x: Array, axes: Axes) -> Array:
    """Return the mean along some axes, which are kept with length 1; faster than `x.mean`.

    Examples
    --------
    >>> mean_along(np.array([[1.0, 3.0]]), (1,))
    array([[2.]])
    """
    total = np.add.reduce(x, axes, keepdims=True)
    total /= x.size / max(total.size, 1)
    return total


def centred(x: Array, axes: Axes) -> tuple[Array, Array, Array]:
    """Return x − μ, the mean μ and the biased variance σ² of what lies along some axes.

    Examples
    --------
    >>> centred(np.array([[1.0, 3.0]]), (1,))
    (array([[-1.,  1.]]), array([[2.]]), array([[1.]]))
    """
    mean = mean_along(x, axes)
    differences = x - mean
    rest = mean_along(differences, axes)  # what rounding lost of a large mean
    differences -= rest
    return differences, mean + rest, mean_along(differences * differences, axes)


def gradient_of_centred(g: Array, normalized: Array, mean: Array, slope: Array) -> Array:
    """Return g − mean(g) − x̂·mean(g·x̂), which is ∂L/∂x·√(σ² + ε) for g = ∂L/∂x̂.

    The means, which the caller gives, take off what a shift of all x would change, and what a
    scale would: x̂ hides both.

    Examples
    --------
    >>> x, g = np.array([[-1.0, 1.0]]), np.array([[2.0, 6.0]])
    >>> gradient_of_centred(g, x, mean_along(g, (1,)), mean_along(g * x, (1,)))
    array([[0., 0.]])
    """
    hidden = normalized * slope
    hidden += mean
    return np.subtract(g, hidden, out=hidden)
