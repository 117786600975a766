"""Losses for predicting numbers."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from minidl.losses.elementwise import ElementwiseLoss

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
    """

    def unreduced(self, predicts: Array, labels: Array) -> Array:
        """Return (p − y)²."""
        error = predicts - labels
        return error * error

    def vjp(self, grad: Array, predicts: Array, labels: Array) -> Array:
        """Return grad · 2·(p − y)."""
        slope = predicts - labels
        slope *= 2 * grad
        return slope
