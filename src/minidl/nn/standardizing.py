"""What the norms share: numbers made mean 0 and variance 1, and the way back."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

Array = npt.NDArray[Any]
Axes = tuple[int, ...]


def centred(x: Array, axes: Axes) -> tuple[Array, Array, Array]:
    """Return x − μ, the mean μ and the biased variance σ² of what lies along some axes.

    Axes are kept with length 1.

    Examples
    --------
    >>> import numpy as np
    >>> centred(np.array([[1.0, 3.0]]), (1,))
    (array([[-1.,  1.]]), array([[2.]]), array([[1.]]))
    """
    mean = x.mean(axes, keepdims=True)
    differences = x - mean
    rest = differences.mean(axes, keepdims=True)  # what rounding lost of a large mean
    differences -= rest
    return differences, mean + rest, (differences * differences).mean(axes, keepdims=True)


def gradient_of_centred(g: Array, normalized: Array, axes: Axes) -> Array:
    """Return g − mean(g) − x̂·mean(g·x̂), which is ∂L/∂x·√(σ² + ε) for g = ∂L/∂x̂.

    The means take off what a shift of all x would change, and what a scale would: x̂ hides both.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[-1.0, 1.0]])
    >>> gradient_of_centred(np.array([[2.0, 6.0]]), x, (1,))
    array([[0., 0.]])
    """
    slope = (g * normalized).mean(axes, keepdims=True)
    return g - g.mean(axes, keepdims=True) - normalized * slope
