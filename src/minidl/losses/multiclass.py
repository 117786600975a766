"""Losses for one of several classes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.class_indexed import INDICES, ClassIndexedLoss
from minidl.numerics import minus_largest
from minidl.validation import as_plain_array, check_real, extremes

Array = npt.NDArray[Any]


class NLLLoss(ClassIndexedLoss):
    """Negative log-likelihood, −w_y·x_y for log-probabilities x and the label y.

    Its gradient is −w_y at the label's class and 0 elsewhere. Behind `nn.LogSoftmax` it is
    `CrossEntropyLoss`. That x are logarithms of probabilities is not looked at.

    Parameters
    ----------
    weight : array_like, shape (C,), optional
        A factor w for each class.
    ignore_index : int
        Samples with this label neither cost anything nor count in the mean.
    reduction : {"mean", "sum", "none"}
        See `Loss`. As in PyTorch, the mean divides by the sum of the labels' weights: it is not
        the mean of the unreduced losses, and NaN, with a gradient of 0, if all are ignored.

    Raises
    ------
    TypeError, ValueError
        If labels are no whole numbers in 0 … C − 1, or shapes do not fit.

    Notes
    -----
    Called with log-probabilities of shape (N, C), (N, C, d₁, …) or (C,), and labels of the same
    shape without C. A weight of 0 leaves even an infinite loss out, which is NaN in PyTorch.

    Examples
    --------
    >>> x, y = [[1, 2], [1, 3], [1, 3]], [0, 1, 1]
    >>> NLLLoss(reduction="none")(x, y)
    array([-1., -3., -3.])
    >>> print(f"{NLLLoss(reduction='sum')(x, y):.4f} {NLLLoss()(x, y):.4f}")
    -7.0000 -2.3333
    """

    def __init__(
        self, weight: Any = None, *, ignore_index: int = -100, reduction: str = "mean"
    ) -> None:
        super().__init__(weight, ignore_index=ignore_index, reduction=reduction)

    def shared(self, predicts: Array, labels: Array, weights: Array | None) -> tuple[Array]:
        """Return where the labels' log-probabilities stand."""
        return (self.places(labels, predicts),)

    def unreduced(self, predicts: Array, labels: Array, weights: Any, places: Array) -> Array:
        """Return −x_y."""
        return np.asarray(0.0 - predicts.take(places))  # and not −0 for 0

    def vjp(
        self, grad: Array, predicts: Array, labels: Array, weights: Any, places: Array
    ) -> Array:
        """Return −grad at the labels' classes."""
        slope = np.zeros(predicts.shape, predicts.dtype)
        slope.put(places, -grad)
        return slope


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

    def prepare(self, predicts: Any, labels: Any) -> tuple[Any, ...]:
        """Return logits, labels and their weights; refuse labels and shapes that do not fit."""
        predicts = self.as_predicts(predicts)
        labels = as_plain_array(labels, "CrossEntropyLoss: labels", expected=INDICES)
        if labels.dtype.kind == "f" and labels.shape == predicts.shape:
            return predicts, self._as_probabilities(labels, predicts), None
        labels = self.as_indices(labels, predicts)
        return predicts, labels, self.label_weights(labels, predicts)

    def shared(self, predicts: Array, labels: Array, weights: Any) -> tuple[Array, ...]:
        """Return the targets t, or where each label's logit stands, and three parts of both.

        With m = max x: −Σ t·(x − m), exp(x − m) and Σ exp(x − m).
        """
        soft = labels.ndim == predicts.ndim or self.label_smoothing
        targets = (self._targets if soft else self.places)(labels, predicts)
        axis = self.class_axis(predicts)
        differences = minus_largest(predicts, axis)
        behind = np.add.reduce(targets * differences, axis) if soft else differences.take(targets)
        exponentials = np.exp(differences, out=differences)
        return targets, -behind, exponentials, np.add.reduce(exponentials, axis)

    def unreduced(self, predicts: Array, labels: Array, weights: Any, *shared: Any) -> Array:
        """Return −Σ t·(x − m) + Σt · log Σ exp(x − m)."""
        targets, behind, _, total = shared
        share = targets.sum(self.class_axis(predicts)) if targets.ndim == predicts.ndim else 1
        return np.asarray(share * np.log(total) + behind)

    def vjp(self, grad: Array, predicts: Array, labels: Array, weights: Any, *shared: Any) -> Array:
        """Return grad · (softmax(x)·Σt − t)."""
        targets, _, exponentials, total = shared
        if targets.ndim == predicts.ndim:
            share = targets.sum(self.class_axis(predicts))
            slope = exponentials * self.beside_classes(share / total)
            slope -= targets
            slope *= self.beside_classes(grad)
            return slope
        slope = exponentials * self.beside_classes(grad / total)
        slope.put(targets, slope.take(targets) - grad)
        return slope

    def weigh(self, values: Any, predicts: Array, labels: Array, weights: Any, *rest: Any) -> Any:
        """Return `values` times the labels' weights, unless the targets t are weighted already."""
        soft = rest[0].ndim == predicts.ndim
        return values if soft else super().weigh(values, predicts, labels, weights)

    def _targets(self, labels: Array, predicts: Array) -> Array:
        """Return t = w · ((1 − ε)·q + ε / C) in the predictions' dtype, 0 where ignored."""
        axis = self.class_axis(predicts)
        C = predicts.shape[axis]
        q = labels
        if labels.ndim < predicts.ndim:
            q = np.zeros_like(predicts)
            q.put(self.places(labels, predicts), 1)
        targets = (1 - self.label_smoothing) * q
        targets += self.label_smoothing / C
        if self.weight is not None:
            targets *= self.along_classes(self.weight.astype(q.dtype, copy=False), predicts)
        if labels.ndim < predicts.ndim:
            targets *= self.beside_classes(labels >= 0)
        return targets

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
