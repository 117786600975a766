"""The loss that asks for a distance between two numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.elementwise import ElementwiseLoss, check_signs
from minidl.validation import check_real

Array = npt.NDArray[Any]


class MarginRankingLoss(ElementwiseLoss):
    """How far the larger of two numbers is from being larger by a margin.

    max(0, −y·(x₁ − x₂) + margin) for y = 1 if x₁ should be the larger one and −1 if x₂ should. The
    gradients are −y and y where the loss is not 0; as in PyTorch also where it just is.

    Parameters
    ----------
    margin : float
        The margin, usually ≥ 0.
    reduction : {"mean", "sum", "none"}
        See `Loss`.

    Raises
    ------
    ValueError
        If a label is neither 1 nor −1, or the three shapes differ.

    Notes
    -----
    Called with x₁, x₂ and y of one shape; its `backward` returns the gradients of x₁ and x₂.

    Examples
    --------
    >>> loss = MarginRankingLoss(reduction="none")
    >>> loss([[1.0], [2.0], [3.0]], [[2.0], [2.0], [2.0]], [[1], [1], [-1]])
    array([[1.],
           [0.],
           [1.]])
    """

    inputs = ("first", "second", "labels")
    differentiable = 2

    def __init__(self, margin: float = 0.0, *, reduction: str = "mean") -> None:
        super().__init__(reduction=reduction)
        self.margin = check_real(margin, "margin")

    def check_labels(self, labels: Array) -> None:
        """Refuse labels other than 1 and −1."""
        check_signs(labels, self)

    def shared(self, first: Array, second: Array, labels: Array) -> tuple[Array]:
        """Return −y·(x₁ − x₂) + margin."""
        lacking = np.asarray(second - first)
        lacking *= labels
        lacking += self.margin
        return (lacking,)

    def unreduced(self, first: Array, second: Array, labels: Array, lacking: Array) -> Array:
        """Return max(0, −y·(x₁ − x₂) + margin)."""
        return np.maximum(lacking, 0)

    def vjp(
        self, grad: Any, first: Array, second: Array, labels: Array, lacking: Array
    ) -> tuple[Array, Array]:
        """Return −grad · y and grad · y where the loss is not 0."""
        slope = labels * (lacking >= 0)  # PyTorch: a slope of 1 at 0
        slope *= grad
        return -slope, slope
