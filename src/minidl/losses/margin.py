"""Losses that ask for a distance: between two numbers, or the right classes and the others."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.base import Loss
from minidl.losses.class_indexed import ClassIndexedLoss
from minidl.losses.elementwise import ElementwiseLoss, check_signs
from minidl.validation import check_choice, check_real

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


class MultiMarginLoss(ClassIndexedLoss):
    """Hinge loss of several classes: how far the right one is from leading by a margin.

    w·Σ max(0, margin − x_y + x_i)ᵖ / C over the C − 1 classes i other than the label y, whose
    weight is w. Its gradient is w·p·max(0, …)ᵖ⁻¹ / C for x_i, and minus their sum for x_y.

    Parameters
    ----------
    p : {1, 2}
        Whether differences count as they are or squared.
    margin : float
        The margin.
    weight : array_like, shape (C,), optional
        A factor w for each class. As in PyTorch, and unlike `NLLLoss`, the mean divides by the
        number of samples, whatever their weights.
    reduction : {"mean", "sum", "none"}
        See `Loss`. The unreduced loss has the shape (N,).

    Raises
    ------
    ValueError
        If predictions are not of shape (N, C) or (C,), or a label is no class.

    Notes
    -----
    Called with predictions of shape (N, C) and labels (N,), or (C,) and a single label.

    Examples
    --------
    >>> loss = MultiMarginLoss(reduction="none")
    >>> loss([[0.1, 0.2, 0.7], [0.2, 0.5, 0.3]], [1, 2]).round(4)
    array([0.8, 0.7])
    >>> loss.backward().round(4)
    array([[ 0.3333, -0.6667,  0.3333],
           [ 0.3333,  0.3333, -0.6667]])
    """

    def __init__(
        self, p: int = 1, margin: float = 1.0, weight: Any = None, *, reduction: str = "mean"
    ) -> None:
        super().__init__(weight, ignore_index=None, reduction=reduction)
        self.p = check_choice(p, "p", (1, 2))
        self.margin = check_real(margin, "margin")

    def prepare(self, predicts: Any, labels: Any) -> tuple[Any, ...]:
        """Return what `ClassIndexedLoss` does; refuse predictions with further dimensions."""
        arrays = super().prepare(predicts, labels)
        if arrays[0].ndim > 2:
            raise further_dimensions(self, arrays[0])
        return arrays

    def shared(self, predicts: Array, labels: Array, weights: Array | None) -> tuple[Array, Array]:
        """Return where the right classes stand, and max(0, margin − x_y + x_i), 0 for i = y."""
        places = self.places(labels, predicts)
        lacking = predicts + self.beside_classes(self.margin - predicts.take(places))
        np.maximum(lacking, 0, out=lacking)
        lacking.put(places, 0)
        return places, lacking

    def unreduced(self, predicts: Array, *others: Any) -> Array:
        """Return Σ max(0, margin − x_y + x_i)ᵖ / C."""
        lacking = others[-1]
        if self.p == 2:
            lacking = lacking * lacking
        return np.asarray(mean_of_rows(lacking))

    def vjp(self, grad: Array, predicts: Array, labels: Array, weights: Any, *shared: Any) -> Array:
        """Return grad · p·max(0, …)ᵖ⁻¹ / C, and minus the sum of it for the right class."""
        places, lacking = shared
        C = predicts.shape[-1]
        slope = lacking if self.p == 2 else np.sign(lacking)
        slope = slope * self.beside_classes(grad * (self.p / C))
        slope.put(places, -C * mean_of_rows(slope))
        return slope

    def divisor(self, losses: Array, *_: Any) -> Any:
        """Return the number of samples."""
        return losses.size


def mean_of_rows(x: Array) -> Array:
    """Return the mean along the last axis, as a product with 1/C, which is faster for short rows.

    Examples
    --------
    >>> mean_of_rows(np.array([[1.0, 2.0], [3.0, 5.0]]))
    array([1.5, 4. ])
    """
    C = x.shape[-1]
    return x.dot(np.full(C, 1 / C, x.dtype))


def further_dimensions(loss: Loss, predicts: Array) -> ValueError:
    """Return the error to raise for predictions that are not of shape (N, C) or (C,).

    Examples
    --------
    >>> print(further_dimensions(MultiMarginLoss(), np.ones((2, 3, 4))))
    MultiMarginLoss: expected predictions of shape (N, C) or (C,), received (2, 3, 4); try a row \
of C numbers for each sample
    """
    return ValueError(
        f"{type(loss).__name__}: expected predictions of shape (N, C) or (C,), received "
        f"{predicts.shape}; try a row of C numbers for each sample"
    )
