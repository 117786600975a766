"""Losses for two classes, from probabilities and from logits."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.elementwise import WeightedElementwiseLoss
from minidl.losses.weight import finite_weight
from minidl.numerics import sigmoid, softplus
from minidl.validation import extremes, smallest

Array = npt.NDArray[Any]


class BinaryLoss(WeightedElementwiseLoss):
    """The base of losses whose labels are probabilities of class 1, usually 0 or 1."""

    def check_labels(self, labels: Array) -> None:
        """Refuse labels outside [0, 1]."""
        check_probabilities(labels, self)


class BCELoss(BinaryLoss):
    """Binary cross-entropy of probabilities, −(y·log p + (1 − y)·log(1 − p)).

    As in PyTorch, each logarithm is clamped at −100 and the gradient is
    (p − y) / max(p·(1 − p), 1e-12), so that both are finite for p of exactly 0 and 1.

    Parameters
    ----------
    weight : array_like, optional
        A factor for each element.
    reduction : {"mean", "sum", "none"}
        See `Loss`.

    Raises
    ------
    ValueError
        If predictions or labels lie outside [0, 1].

    Examples
    --------
    >>> loss = BCELoss()
    >>> print(
    ...     f"{loss([[0.5], [0.5]], [[1], [0]]):.4f}"
    ... )  # log 2: a classifier that knows nothing
    0.6931
    >>> loss([[0.0]], [[1]])
    100.0
    """

    def unreduced(self, predicts: Array, labels: Array) -> Array:
        """Return −(y·log p + (1 − y)·log(1 − p))."""
        low, high = extremes(predicts)
        if low > 1e-40 and high < 1:  # no logarithm below −100, as nearly always
            q = np.asarray(1.0 - predicts)
            return cross_entropy(np.log(predicts), np.log(q, out=q), labels)
        # log 0 = −∞ is clamped; the logarithm of a negative number is NaN and shows in the sum.
        with np.errstate(divide="ignore", invalid="ignore"):
            log_p = np.maximum(np.log(predicts), -100.0)
            log_q = np.maximum(np.log(1.0 - predicts), -100.0)
            return cross_entropy(log_p, log_q, labels)

    def vjp(self, grad: Array, predicts: Array, labels: Array) -> Array:
        """Return grad · (p − y) / max(p·(1 − p), 1e-12)."""
        slope, variance = predicts - labels, np.asarray(1.0 - predicts)
        variance *= predicts
        if smallest(variance) < 1e-12:  # looking is several times faster than clamping
            variance = np.maximum(variance, 1e-12)
        slope /= variance
        slope *= grad
        return slope

    def explain_nan(self, predicts: Array, labels: Array) -> None:
        """Refuse predictions outside [0, 1]."""
        if (predicts < 0).any() or (predicts > 1).any():
            raise ValueError(
                f"BCELoss: expected probabilities in [0, 1], received values from "
                f"{np.nanmin(predicts):g} to {np.nanmax(predicts):g}; try a Logistic layer at the "
                "end of the model, or BCEWithLogitsLoss"
            )


class BCEWithLogitsLoss(BinaryLoss):
    """Binary cross-entropy of logits: `BCELoss` of σ(x), in one step that is exact for any x.

    For the logit x and w = `pos_weight`, the loss is w·y·log(1 + exp(−x)) +
    (1 − y)·log(1 + exp(x)), and its gradient (w·y + 1 − y)·σ(x) − w·y.

    Parameters
    ----------
    weight : array_like, optional
        A factor for each element.
    pos_weight : array_like, optional
        A factor for the positive part, one for all columns or one a column: with 100 positives
        and 300 negatives, 3 makes both count the same.
    reduction : {"mean", "sum", "none"}
        See `Loss`.

    Examples
    --------
    >>> loss = BCEWithLogitsLoss(reduction="none")
    >>> loss([[1000.0], [1000.0]], [[0], [1]])
    array([[1000.],
           [   0.]])
    >>> x, y = [[1, 2], [2, 2], [3, 4], [4, 5]], [[1, 0], [1, 0], [0, 1], [0, 1]]
    >>> print(f"{BCEWithLogitsLoss(reduction='sum')(x, y):.4f} {BCEWithLogitsLoss()(x, y):.4f}")
    11.7856 1.4732
    >>> BCEWithLogitsLoss(pos_weight=3, reduction="none")(x[:1], y[:1]).round(4)
    array([[0.9398, 2.1269]])
    """

    def __init__(
        self, weight: Any = None, *, reduction: str = "mean", pos_weight: Any = None
    ) -> None:
        super().__init__(weight=weight, reduction=reduction)
        self.pos_weight = None if pos_weight is None else finite_weight(pos_weight, "pos_weight")

    def unreduced(self, predicts: Array, labels: Array) -> Array:
        """Return w·y·log(1 + exp(−x)) + (1 − y)·log(1 + exp(x))."""
        if self.pos_weight is None:
            return logit_cross_entropy(predicts, labels)
        positive = self.fit_weight(self.pos_weight, "pos_weight", predicts) * labels
        return positive * softplus(-predicts) + (1 - labels) * softplus(predicts)

    def vjp(self, grad: Array, predicts: Array, labels: Array) -> Array:
        """Return grad · ((w·y + 1 − y)·σ(x) − w·y)."""
        slope = sigmoid(predicts)
        if self.pos_weight is None:
            slope -= labels
        else:
            positive = self.fit_weight(self.pos_weight, "pos_weight", predicts) * labels
            slope *= positive + 1 - labels
            slope -= positive
        slope *= grad
        return slope


def logit_cross_entropy(x: Array, y: Array) -> Array:
    """Return −y·log σ(x) − (1 − y)·log(1 − σ(x)), which no x makes overflow.

    Examples
    --------
    >>> logit_cross_entropy(np.array([1000.0, 0.0]), np.array([1.0, 1.0])).round(4)
    array([0.    , 0.6931])
    """
    # log(1 + exp(±x)) = max(±x, 0) + log(1 + exp(−|x|)), whose last term is common to both.
    losses = np.asarray(np.abs(x))
    np.negative(losses, out=losses)
    np.exp(losses, out=losses)
    np.log1p(losses, out=losses)
    above: Array = np.subtract(x > 0, y)  # times x, it is (1 − y)·max(x, 0) − y·min(x, 0)
    above *= x
    losses += above
    return losses


def check_probabilities(labels: Array, loss: object) -> None:
    """Refuse labels outside [0, 1].

    Raises
    ------
    ValueError
        With the smallest and the largest of them.

    Examples
    --------
    >>> check_probabilities(np.array([0.0, 0.5, 1.0]), None)
    """
    low, high = extremes(labels)
    if not (low >= 0 and high <= 1):
        raise ValueError(
            f"{type(loss).__name__}: expected labels in [0, 1], received values from "
            f"{low:g} to {high:g}; try coding the classes as 0 and 1"
        )


def cross_entropy(log_p: Array, log_q: Array, labels: Array) -> Array:
    """Return −(y·log p + (1 − y)·log q), in the memory of the logarithms.

    Examples
    --------
    >>> cross_entropy(np.array([-1.0, -1.0]), np.array([-5.0, -5.0]), np.array([1, 0]))
    array([1., 5.])
    """
    log_p *= labels
    log_q *= 1.0 - labels
    log_p += log_q
    # Never positive until here; −log_p would make −0 of 0.
    return np.abs(log_p, out=log_p if log_p.ndim else None)
