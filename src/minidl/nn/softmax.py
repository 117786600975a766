"""Softmax, which makes probabilities of scores, and its logarithm."""

from __future__ import annotations

import numbers
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.numerics import log_softmax, softmax
from minidl.op import Op
from minidl.underflow import ignoring_underflow
from minidl.validation import as_float_array, describe

Array = npt.NDArray[Any]


def check_axis(dim: Any) -> int:
    """Return an axis as int, or refuse it.

    Examples
    --------
    >>> check_axis(-1)
    -1
    """
    if isinstance(dim, bool) or not isinstance(dim, numbers.Integral):
        raise TypeError(
            f"dim: expected a whole number, the axis of the classes, received {describe(dim)}; "
            "try dim=1 for scores of shape (N, C)"
        )
    return int(dim)


def as_scores(x: Any, op: Op, dim: int) -> Array:
    """Return x as floats; refuse one without the axis `dim`, or without numbers along it.

    Examples
    --------
    >>> as_scores([[1, 2]], Softmax(1), 1)
    array([[1., 2.]])
    """
    x = as_float_array(x, op)
    if not -x.ndim <= dim < x.ndim or not x.shape[dim]:
        raise ValueError(
            f"{op}: expected scores with at least one number along axis {dim}, "
            f"received the shape {x.shape}; try scores of shape (N, C) and dim=1"
        )
    return x


class Softmax(Op):
    """Softmax, y = exp(x) / Σ exp(x) along an axis: probabilities that add up to 1.

    ∂L/∂x = y·(g − Σ g·y) for g = ∂L/∂y. Adding a number to all scores changes nothing, so the
    largest is subtracted first and no exponential overflows. Before `CrossEntropyLoss`, which takes
    scores, no softmax belongs; for its logarithm there is `LogSoftmax`.

    Parameters
    ----------
    dim : int
        The axis along which y sums to 1: 1 or −1 for scores of shape (N, C). PyTorch guesses one
        if it is left out, and warns.
    name : str, optional
        What the layer is called in errors and files.

    Raises
    ------
    TypeError, ValueError
        If `dim` is no whole number, or later no axis of the scores.

    Examples
    --------
    >>> Softmax(dim=1)(np.array([[0.0, 0.0], [1000.0, 0.0]]))
    array([[0.5, 0.5],
           [1. , 0. ]])
    """

    def __init__(self, dim: int, *, name: str | None = None) -> None:
        super().__init__(name)
        self.dim = check_axis(dim)

    def forward(self, x: Any) -> Array:
        """Return exp(x) / Σ exp(x)."""
        y = softmax(as_scores(x, self, self.dim), self.dim)
        self.save_for_backward(y)
        return y

    @ignoring_underflow
    def backward(self, grad: Any) -> Array:
        """Return ∂L/∂x = y·(g − Σ g·y)."""
        y = self.saved_for_backward()
        slope = self.check_grad(grad, y) * y
        slope -= y * slope.sum(self.dim, keepdims=True)
        return slope

    def extra_repr(self) -> str:
        """Return the axis."""
        return f"dim={self.dim}"


class LogSoftmax(Op):
    """The logarithm of softmax, y = x − log Σ exp(x) along an axis: log-probabilities.

    ∂L/∂x = g − exp(y)·Σ g for g = ∂L/∂y. It is exact where a probability is too small for
    floating point, and what `NLLLoss`, `KLDivLoss` and `CTCLoss` take.

    Parameters
    ----------
    dim : int
        The axis along which exp(y) sums to 1: 1 or −1 for scores of shape (N, C).
    name : str, optional
        What the layer is called in errors and files.

    Raises
    ------
    TypeError, ValueError
        If `dim` is no whole number, or later no axis of the scores.

    Examples
    --------
    >>> LogSoftmax(dim=1)(np.array([[0.0, 0.0], [1000.0, 0.0]])).round(4)
    array([[-6.931e-01, -6.931e-01],
           [ 0.000e+00, -1.000e+03]])
    """

    def __init__(self, dim: int, *, name: str | None = None) -> None:
        super().__init__(name)
        self.dim = check_axis(dim)

    def forward(self, x: Any) -> Array:
        """Return x − log Σ exp(x)."""
        y = log_softmax(as_scores(x, self, self.dim), self.dim)
        self.save_for_backward(y)
        return y

    @ignoring_underflow
    def backward(self, grad: Any) -> Array:
        """Return ∂L/∂x = g − exp(y)·Σ g."""
        y = self.saved_for_backward()
        grad = self.check_grad(grad, y)
        slope = np.exp(y)
        slope *= -grad.sum(self.dim, keepdims=True)
        slope += grad
        return slope

    def extra_repr(self) -> str:
        """Return the axis."""
        return f"dim={self.dim}"
