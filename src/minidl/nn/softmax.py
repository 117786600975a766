"""Softmax, which makes probabilities of scores, and its logarithm."""

from __future__ import annotations

import numbers
from typing import Any, final

import numpy as np
import numpy.typing as npt

from minidl.numerics import log_softmax, softmax
from minidl.op import Op
from minidl.underflow import ignoring_underflow
from minidl.validation import as_float_array, describe

Array = npt.NDArray[Any]


class AlongAxis(Op):
    """The base of the ops that turn the scores along one axis into numbers that belong together.

    A subclass writes `function`, and `slope`, the way back.

    Parameters
    ----------
    dim : int
        The axis: 1 or −1 for scores of shape (N, C). PyTorch guesses one if it is left out, and
        warns.
    name : str, optional
        What the layer is called in errors and files.

    Raises
    ------
    TypeError, ValueError
        If `dim` is no whole number, or later no axis of the scores.
    """

    def __init__(self, dim: int, *, name: str | None = None) -> None:
        super().__init__(name)
        if isinstance(dim, bool) or not isinstance(dim, numbers.Integral):
            raise TypeError(
                f"dim: expected a whole number, the axis of the classes, received {describe(dim)}; "
                "try dim=1 for scores of shape (N, C)"
            )
        self.dim: int = int(dim)

    def function(self, x: Array) -> Array:
        """Return y for scores x, of the same shape."""
        raise NotImplementedError(f"{type(self).__name__} needs a method function(self, x)")

    def slope(self, y: Array, grad: Array) -> Array:
        """Return ∂L/∂x, given y and ∂L/∂y."""
        raise NotImplementedError(f"{type(self).__name__} needs a method slope(self, y, grad)")

    @final
    def forward(self, x: Any) -> Array:
        """Return y for scores x of any shape with numbers along the axis."""
        x = as_float_array(x, self)
        if not -x.ndim <= self.dim < x.ndim or not x.shape[self.dim]:
            raise ValueError(
                f"{self}: expected scores with at least one number along axis {self.dim}, "
                f"received the shape {x.shape}; try scores of shape (N, C) and dim=1"
            )
        y = self.function(x)
        self.save_for_backward(y)
        return y

    @final
    @ignoring_underflow
    def backward(self, grad: Any) -> Array:
        """Return ∂L/∂x for ∂L/∂y of the output's shape."""
        y = self.saved_for_backward()
        return self.slope(y, self.check_grad(grad, y))

    def extra_repr(self) -> str:
        """Return the axis."""
        return f"dim={self.dim}"


class Softmax(AlongAxis):
    """Softmax, y = exp(x) / Σ exp(x) along an axis: probabilities that add up to 1.

    ∂L/∂x = y·(g − Σ g·y) for g = ∂L/∂y. Adding a number to all scores changes nothing, so the
    largest is subtracted first and no exponential overflows. Before `CrossEntropyLoss`, which takes
    scores, no softmax belongs; for its logarithm there is `LogSoftmax`. Parameters and errors are
    those of `AlongAxis`.

    Examples
    --------
    >>> Softmax(dim=1)(np.array([[0.0, 0.0], [1000.0, 0.0]]))
    array([[0.5, 0.5],
           [1. , 0. ]])
    """

    def function(self, x: Array) -> Array:
        """Return exp(x) / Σ exp(x)."""
        return softmax(x, self.dim)

    def slope(self, y: Array, grad: Array) -> Array:
        """Return y·(g − Σ g·y)."""
        slope = grad * y
        slope -= y * slope.sum(self.dim, keepdims=True)
        return slope


class LogSoftmax(AlongAxis):
    """The logarithm of softmax, y = x − log Σ exp(x) along an axis: log-probabilities.

    ∂L/∂x = g − exp(y)·Σ g for g = ∂L/∂y. It is exact where a probability is too small for
    floating point, and what `NLLLoss`, `KLDivLoss` and `CTCLoss` take. Parameters and errors are
    those of `AlongAxis`.

    Examples
    --------
    >>> LogSoftmax(dim=1)(np.array([[0.0, 0.0], [1000.0, 0.0]])).round(4)
    array([[-6.931e-01, -6.931e-01],
           [ 0.000e+00, -1.000e+03]])
    """

    def function(self, x: Array) -> Array:
        """Return x − log Σ exp(x)."""
        return log_softmax(x, self.dim)

    def slope(self, y: Array, grad: Array) -> Array:
        """Return g − exp(y)·Σ g."""
        slope = np.exp(y)
        slope *= -grad.sum(self.dim, keepdims=True)
        slope += grad
        return slope
