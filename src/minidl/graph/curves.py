"""The operations that apply one curve to every number."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.graph.operations import Operation
from minidl.numerics import sigmoid

Array = npt.NDArray[Any]


class Negative(Operation):
    """y = −a."""

    symbol = "−"

    def value(self, a: Array) -> Array:
        """Return −a."""
        return -a

    def vjps(self, g: Array, y: Array, a: Array) -> tuple[Array]:
        """Return −g."""
        return (-g,)


class Absolute(Operation):
    """y = |a|, whose slope at the kink is taken as 0, as in PyTorch."""

    symbol = "abs"

    def value(self, a: Array) -> Array:
        """Return |a|."""
        return np.abs(a)

    def vjps(self, g: Array, y: Array, a: Array) -> tuple[Array]:
        """Return g·sign(a)."""
        return (g * np.sign(a),)


class Relu(Operation):
    """y = max(0, a), whose slope at the kink is taken as 0, as in PyTorch."""

    symbol = "relu"

    def value(self, a: Array) -> Array:
        """Return max(0, a)."""
        return np.maximum(a, np.zeros_like(a))  # NumPy 1 makes float64 of a bare 0 and a number

    def vjps(self, g: Array, y: Array, a: Array) -> tuple[Array]:
        """Return g where a > 0, else 0."""
        return (g * (a > 0),)


class Exp(Operation):
    """y = exp(a)."""

    symbol = "exp"
    domain = "numbers below 709 (below 88 in float32), whose exponential is finite"

    def value(self, a: Array) -> Array:
        """Return exp(a)."""
        return np.exp(a)

    def vjps(self, g: Array, y: Array, a: Array) -> tuple[Array]:
        """Return g·exp(a) = g·y."""
        return (g * y,)


class Log(Operation):
    """y = log(a), the natural logarithm."""

    symbol = "log"
    domain = "numbers above 0"

    def value(self, a: Array) -> Array:
        """Return log(a)."""
        return np.log(a)

    def vjps(self, g: Array, y: Array, a: Array) -> tuple[Array]:
        """Return g/a."""
        return (g / a,)


class Logistic(Operation):
    """y = σ(a) = 1 / (1 + exp(−a))."""

    symbol = "logistic"

    def value(self, a: Array) -> Array:
        """Return σ(a)."""
        return sigmoid(a)

    def vjps(self, g: Array, y: Array, a: Array) -> tuple[Array]:
        """Return g·y·(1 − y)."""
        return (g * y * (1 - y),)


class Tanh(Operation):
    """y = tanh(a)."""

    symbol = "tanh"

    def value(self, a: Array) -> Array:
        """Return tanh(a)."""
        return np.tanh(a)

    def vjps(self, g: Array, y: Array, a: Array) -> tuple[Array]:
        """Return g·(1 − y²)."""
        return (g * (1 - y * y),)
