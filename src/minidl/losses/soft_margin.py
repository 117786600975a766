"""Losses of two classes that are coded as 1 and −1, or of several that may all be right."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.binary import check_probabilities, logit_cross_entropy
from minidl.losses.elementwise import ElementwiseLoss, check_signs
from minidl.losses.weight import finite_weight
from minidl.numerics import sigmoid, softplus

Array = npt.NDArray[Any]


class SoftMarginLoss(ElementwiseLoss):
    """log(1 + exp(−y·x)) for labels y of 1 and −1, with gradient −y·σ(−y·x).

    It is `BCEWithLogitsLoss` with the classes coded as 1 and −1 in place of 1 and 0. PyTorch
    forms exp(−y·x) as it stands, which is infinite for a y·x below −709; here the loss is exact
    for any x.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}
        See `Loss`.

    Raises
    ------
    ValueError
        If a label is neither 1 nor −1.

    Examples
    --------
    >>> loss = SoftMarginLoss(reduction="none")
    >>> loss([[0.3, 0.7], [0.5, 0.5]], [[-1, 1], [1, -1]]).round(4)
    array([[0.8544, 0.4032],
           [0.4741, 0.9741]])
    """

    def check_labels(self, labels: Array) -> None:
        """Refuse labels other than 1 and −1."""
        check_signs(labels, self)

    def unreduced(self, predicts: Array, labels: Array) -> Array:
        """Return log(1 + exp(−y·x))."""
        return softplus(-labels * predicts)

    def vjp(self, grad: Array, predicts: Array, labels: Array) -> Array:
        """Return −grad · y·σ(−y·x)."""
        slope = np.asarray(sigmoid(-labels * predicts))
        slope *= labels
        slope *= -grad
        return slope


class MultiLabelSoftMarginLoss(ElementwiseLoss):
    """The mean over C classes of `BCEWithLogitsLoss`, for samples that may be of several of them.

    −1/C · Σ w·(y·log σ(x) + (1 − y)·log σ(−x)) over the classes, with gradient w·(σ(x) − y)/C.
    Reduced by "mean" it is `BCEWithLogitsLoss`; unreduced, that is a loss for each element and
    this one for each sample.

    Parameters
    ----------
    weight : array_like, optional
        A factor w for each class, of shape (C,), or what else broadcasts to the predictions. As
        in PyTorch the mean is still over C classes, whatever their weights.
    reduction : {"mean", "sum", "none"}
        See `Loss`. For predictions of shape (N, C) the unreduced loss has the shape (N,).

    Raises
    ------
    ValueError
        If labels lie outside [0, 1].

    Examples
    --------
    >>> loss = MultiLabelSoftMarginLoss()
    >>> print(f"{loss([0.3, 0.7, 0.8], [0, 1, 1]):.4f}")
    0.5429
    """

    def __init__(self, weight: Any = None, *, reduction: str = "mean") -> None:
        super().__init__(reduction=reduction)
        self.weight = None if weight is None else finite_weight(weight, "weight")

    def check_labels(self, labels: Array) -> None:
        """Refuse labels outside [0, 1], and a single number."""
        if not labels.ndim:
            raise ValueError(
                "MultiLabelSoftMarginLoss: expected predictions of shape (N, C) or (C,), received "
                "a single number; try BCEWithLogitsLoss"
            )
        check_probabilities(labels, self)

    def unreduced(self, predicts: Array, labels: Array) -> Array:
        """Return the mean over the classes of w · (log(1 + exp(x)) − y·x)."""
        losses = self._weighed(logit_cross_entropy(predicts, labels), predicts)
        return np.asarray(np.add.reduce(losses, axis=-1) / predicts.shape[-1])

    def vjp(self, grad: Any, predicts: Array, labels: Array) -> Array:
        """Return grad · w·(σ(x) − y)/C."""
        slope = sigmoid(predicts)
        slope -= labels
        slope *= np.expand_dims(grad / predicts.shape[-1], -1)
        return self._weighed(slope, predicts)

    def _weighed(self, values: Array, predicts: Array) -> Array:
        if self.weight is not None:
            values *= self.fit_weight(self.weight, "weight", predicts)
        return values
