"""Losses for one of several classes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.class_indexed import INDICES, ClassIndexedLoss
from minidl.numerics import log_softmax, softmax
from minidl.validation import as_plain_array, check_real, extremes

Array = npt.NDArray[Any]


class CrossEntropyLoss(ClassIndexedLoss):
    """Cross-entropy of logits, −Σ t_c · log softmax(x)_c over the classes c.

    Its gradient is softmax(x)·Σt − t. The targets are t = w · ((1 − ε)·q + ε / C) with the class
    weights w and the smoothing ε, where q is 1 at the label's class and 0 elsewhere, or given as
    probabilities. It is exact for any finite logits, and works on logits of −∞.

    Parameters
    ----------
    weight : array_like, shape (C,), optional
        A factor w for each class.
    ignore_index : int
        Samples with this label neither cost anything nor count in the mean.
    reduction : {"mean", "sum", "none"}
        See `Loss`. As in PyTorch, the mean divides by the sum of the labels' weights, so that it
        is NaN, with a gradient of 0, if all are ignored; for probabilities it divides by the
        number of samples, whatever the weights.
    label_smoothing : float
        The share ε in [0, 1] of every label that is spread evenly over all classes (Szegedy et
        al., *Rethinking the Inception Architecture for Computer Vision*, 2016, section 7).

    Notes
    -----
    Called with logits of shape (N, C), (N, C, d₁, …) or (C,), and labels either of the same shape
    without C, whole numbers in 0 … C − 1, or of the same shape, floats: probabilities of the
    classes, which have to sum to 1 here, though not in PyTorch. Labels have no gradient.

    Examples
    --------
    >>> x, y = [[1, 2], [1, 3], [1, 3]], [0, 1, 1]
    >>> CrossEntropyLoss(reduction="none")(x, y).round(4)
    array([1.3133, 0.1269, 0.1269])
    >>> print(f"{CrossEntropyLoss()(x, y):.4f} {CrossEntropyLoss([1, 2])(x, y):.4f}")
    0.5224 0.3642
    """

    def __init__(
        self,
        weight: Any = None,
        *,
        ignore_index: int = -100,
        reduction: str = "mean",
        label_smoothing: float = 0.0,
    ) -> None:
        super().__init__(weight, ignore_index=ignore_index, reduction=reduction)
        self.label_smoothing = check_real(label_smoothing, "label_smoothing", low=0, high=1)

    def prepare(self, predicts: Any, labels: Any) -> tuple[Array, ...]:
        """Return logits, labels and the targets t; refuse labels and shapes that do not fit."""
        predicts = self.as_predicts(predicts)
        labels = as_plain_array(labels, "CrossEntropyLoss: labels", expected=INDICES)
        if labels.dtype.kind == "f" and labels.shape == predicts.shape:
            labels = self._as_probabilities(labels, predicts)
            return predicts, labels, self._targets(labels, predicts)
        labels = self.as_indices(labels, predicts)
        targets = self._targets(self.is_class(labels, predicts), predicts)
        targets *= np.expand_dims(labels >= 0, self.class_axis(predicts))  # not ignored
        return predicts, labels, targets

    def _targets(self, q: Array, predicts: Array) -> Array:
        """Return w · ((1 − ε)·q + ε / C) in the predictions' dtype."""
        C = predicts.shape[self.class_axis(predicts)]
        targets = (1 - self.label_smoothing) * q.astype(predicts.dtype, copy=False)
        targets += self.label_smoothing / C
        if self.weight is not None:
            targets *= self.along_classes(self.weight, predicts)
        return targets

    def unreduced(self, predicts: Array, labels: Array, targets: Array) -> Array:
        """Return −Σ t · log softmax(x)."""
        axis = self.class_axis(predicts)
        # 0 − … where −… would make −0 of 0.
        return np.asarray(0.0 - np.sum(targets * log_softmax(predicts, axis), axis))

    def vjp(self, grad: Array, predicts: Array, labels: Array, targets: Array) -> Array:
        """Return grad · (softmax(x)·Σt − t)."""
        axis = self.class_axis(predicts)
        total = targets.sum(axis, keepdims=True)
        slope = softmax(predicts, axis) * total - targets
        slope *= np.expand_dims(grad, axis)
        return slope

    def divisor(self, losses: Array, predicts: Array, labels: Array, *_: Any) -> Any:
        """Return the sum of the labels' weights, or for probabilities the number of samples."""
        if labels.ndim == predicts.ndim:
            return losses.size
        return super().divisor(losses, predicts, labels)

    def _as_probabilities(self, labels: Array, predicts: Array) -> Array:
        labels = labels.astype(predicts.dtype, copy=False)
        low, high = extremes(labels)
        sums = extremes(labels.sum(self.class_axis(predicts)))
        if not (low >= 0 and high <= 1 and max(abs(s - 1) for s in sums) < 1e-3):
            raise ValueError(
                f"CrossEntropyLoss: expected probabilities in [0, 1] that sum to 1 for each "
                f"sample, received values from {low:g} to {high:g} with sums from {sums[0]:g} to "
                f"{sums[1]:g}; try BCEWithLogitsLoss if a sample may be of several classes"
            )
        if self.ignore_index is not None and self.ignore_index >= 0:
            raise ValueError(
                f"CrossEntropyLoss: expected labels that are indices, since ignore_index is "
                f"{self.ignore_index}, received probabilities; try leaving ignore_index out"
            )
        return labels
