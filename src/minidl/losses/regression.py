"""Losses for predicting numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.elementwise import ElementwiseLoss
from minidl.validation import check_real

Array = npt.NDArray[Any]


class MSELoss(ElementwiseLoss):
    """Mean squared error, (p − y)², with gradient 2·(p − y).

    Without the factor ½ of some books, as in PyTorch.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}
        See `Loss`.

    Examples
    --------
    >>> MSELoss()([[1.0], [3.0]], [[0.0], [0.0]])
    5.0
    >>> MSELoss(reduction="none")(np.ones((2, 2)), np.full((2, 2), 3.0))
    array([[4., 4.],
           [4., 4.]])
    """

    def unreduced(self, predicts: Array, labels: Array) -> Array:
        """Return (p − y)²."""
        losses = predicts - labels
        losses *= losses
        return losses

    def vjp(self, grad: Array, predicts: Array, labels: Array) -> Array:
        """Return grad · 2·(p − y)."""
        slope = predicts - labels
        slope *= 2 * grad
        return slope


class L1Loss(ElementwiseLoss):
    """Mean absolute error, |p − y|, with gradient ±1, the sign of p − y.

    A label that is far off pulls no harder than one nearby, so that a few wrong ones do little
    harm. Where p = y there is no derivative; as in PyTorch, 0 is taken.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}
        See `Loss`.

    Examples
    --------
    >>> loss = L1Loss()
    >>> loss(np.ones((2, 2)), np.full((2, 2), 3.0))
    2.0
    >>> loss.backward()
    array([[-0.25, -0.25],
           [-0.25, -0.25]])
    """

    def unreduced(self, predicts: Array, labels: Array) -> Array:
        """Return |p − y|."""
        return np.abs(predicts - labels)

    def vjp(self, grad: Array, predicts: Array, labels: Array) -> Array:
        """Return grad · sign(p − y)."""
        slope = np.sign(predicts - labels)
        slope *= grad
        return slope


class SmoothL1Loss(ElementwiseLoss):
    """`MSELoss` for small errors and `L1Loss` for large ones, which meet smoothly at β.

    For the error d = p − y it is ½·d²/β where |d| < β, and |d| − ½·β elsewhere; its gradient is
    d/β, limited to ±1. It is Huber's loss divided by β (Girshick, *Fast R-CNN*, 2015).

    Parameters
    ----------
    beta : float
        The error β ≥ 0 where the parabola ends; for 0 it is `L1Loss`.
    reduction : {"mean", "sum", "none"}
        See `Loss`.

    Examples
    --------
    >>> loss = SmoothL1Loss(reduction="none")
    >>> loss(np.array([-3.0, -0.5, 0.0, 1.0, 3.0]), np.zeros(5))
    array([2.5  , 0.125, 0.   , 0.5  , 2.5  ])
    >>> loss.backward()
    array([-1. , -0.5,  0. ,  1. ,  1. ])
    """

    def __init__(self, *, beta: float = 1.0, reduction: str = "mean") -> None:
        super().__init__(reduction=reduction)
        self.beta = check_real(beta, "beta", low=0)

    def shared(self, predicts: Array, labels: Array) -> tuple[Array]:
        """Return the errors d."""
        return (predicts - labels,)

    def unreduced(self, predicts: Array, labels: Array, error: Array) -> Array:
        """Return m · (|d| − ½·β·m) for m = min(|d| / β, 1)."""
        size = np.abs(error)
        if self.beta == 0:
            return size
        half = np.minimum(size, self.beta)  # β·m; |d| / β may overflow
        half *= 0.5
        size -= half
        half /= 0.5 * self.beta
        size *= half
        return size

    def vjp(self, grad: Array, predicts: Array, labels: Array, error: Array) -> Array:
        """Return grad · d/β within ±1."""
        if self.beta == 0:
            return np.sign(error) * grad
        slope = np.clip(error, -self.beta, self.beta)
        slope *= grad / self.beta
        return slope
