"""Activations that level off on both sides: logistic, tanh and their piecewise linear kin."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.nn.activation import Activation
from minidl.numerics import unguarded_sigmoid

Array = npt.NDArray[Any]


class Logistic(Activation):
    """The logistic function σ(x) = 1 / (1 + exp(−x)), with σ′ = σ·(1 − σ) ≤ 1/4.

    PyTorch calls it Sigmoid.

    Examples
    --------
    >>> Logistic()(np.array([-1000.0, 0.0, 1000.0])).round(3)
    array([0. , 0.5, 1. ])
    """

    def function(self, x: Array) -> Array:
        """Return σ(x)."""
        return unguarded_sigmoid(x)

    def slope(self, x: Array, a: Array) -> Array:
        """Return a·(1 − a)."""
        slope = 1.0 - a
        slope *= a
        return slope


class Tanh(Activation):
    """The hyperbolic tangent tanh(x) = 2σ(2x) − 1, with tanh′ = 1 − tanh² ≤ 1.

    Examples
    --------
    >>> Tanh()(np.array([-1000.0, 0.0, 1000.0]))
    array([-1.,  0.,  1.])
    """

    def function(self, x: Array) -> Array:
        """Return tanh(x)."""
        return np.tanh(x)

    def slope(self, x: Array, a: Array) -> Array:
        """Return 1 − a²."""
        return 1 - a * a


class HardLogistic(Activation):
    """The piecewise linear logistic function clip(0.25·x + 0.5, 0, 1) of the practice book.

    It is the tangent of σ at 0, cut off at 0 and 1. PyTorch's Hardsigmoid differs: its slope is
    1/6, so that it saturates at ±3 where this one does at ±2.

    Examples
    --------
    >>> HardLogistic()(np.array([-3.0, 0.0, 1.0]))
    array([0.  , 0.5 , 0.75])
    """

    def function(self, x: Array) -> Array:
        """Return clip(0.25·x + 0.5, 0, 1)."""
        return np.clip(0.25 * x + 0.5, 0, 1)

    def slope(self, x: Array, a: Array) -> Array:
        """Return 1/4 for −2 < x < 2, else 0."""
        return 0.25 * (np.abs(x) < 2).astype(x.dtype)


class HardTanh(Activation):
    """The piecewise linear tanh, clip(x, −1, 1).

    Examples
    --------
    >>> HardTanh()(np.array([-3.0, 0.5, 3.0]))
    array([-1. ,  0.5,  1. ])
    """

    def function(self, x: Array) -> Array:
        """Return clip(x, −1, 1)."""
        return np.clip(x, -1, 1)

    def slope(self, x: Array, a: Array) -> Array:
        """Return 1 for −1 < x < 1, else 0."""
        return (np.abs(x) < 1).astype(x.dtype)
