"""What losses share whose labels are the index of each sample's class."""

from __future__ import annotations

import math
import numbers
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.base import Loss
from minidl.losses.weight import finite_weight
from minidl.validation import as_plain_array, describe, extremes

Array = npt.NDArray[Any]

INDICES = "the index of each sample's class, a whole number"


class ClassIndexedLoss(Loss):
    """The base of losses of one number a class against the index of the right class.

    Predictions have the shape (N, C) for C classes, (N, C, d₁, …) for a class at each of d₁ · …
    places, or (C,) for a single sample; labels, and the losses, the same shape without C.
    All formulas are given predictions, labels, −1 in place of those to ignore, and the weight of
    each label, which is None where all weigh 1; by it the base multiplies losses and gradients.

    Parameters
    ----------
    weight : array_like, shape (C,), optional
        A factor for each class. The mean divides by the sum of the labels' weights, as in
        PyTorch; if all labels are ignored, it is NaN with a gradient of 0.
    ignore_index : int or None
        Samples with this label neither cost anything nor count in the mean.
    reduction : {"mean", "sum", "none"}
        See `Loss`.
    """

    def __init__(
        self, weight: Any = None, *, ignore_index: int | None = -100, reduction: str = "mean"
    ) -> None:
        super().__init__(reduction=reduction)
        self.weight = None if weight is None else finite_weight(weight, "weight")
        self.ignore_index = check_index(ignore_index, "ignore_index")

    def prepare(self, predicts: Any, labels: Any) -> tuple[Any, ...]:
        """Return predictions, labels and their weights; refuse other labels and shapes."""
        predicts = self.as_predicts(predicts)
        labels = self.as_indices(labels, predicts)
        return predicts, labels, self.label_weights(labels, predicts)

    def weigh(self, values: Any, predicts: Array, labels: Array, weights: Any, *_: Any) -> Any:
        """Return `values` times the labels' weights, 0 where a weight is, even of infinity."""
        if weights is None:
            return values
        return np.multiply(values, weights, out=np.zeros_like(values), where=weights != 0)

    def divisor(self, losses: Array, predicts: Array, labels: Array, weights: Any, *_: Any) -> Any:
        """Return the sum of the labels' weights."""
        return losses.size if weights is None else weights.sum()

    # For a subclass's formulas.

    def class_axis(self, predicts: Array) -> int:
        """Return the axis of the classes: the second, or the only one."""
        return min(predicts.ndim - 1, 1)

    def places(self, labels: Array, predicts: Array) -> Array:
        """Return where the number of each label's class stands in `predicts.ravel()`.

        In an array of shape (N, C, D), the number of sample n, class c and place d is the one
        at (n·C + c)·D + d. For a label to ignore it is that of class 0.
        """
        axis = self.class_axis(predicts)
        C, D = predicts.shape[axis], math.prod(predicts.shape[axis + 1 :])
        first = np.arange(0, predicts.size, C * D)
        if D > 1:
            first = first[:, None] + np.arange(D)
            labels = labels * D
        return first.reshape(labels.shape) + np.maximum(labels, 0)

    def label_weights(self, labels: Array, predicts: Array) -> Array | None:
        """Return the weight of each label's class, 0 for one that is ignored; None if all are 1."""
        if self.weight is None and labels.item(labels.argmin()) >= 0:
            return None
        counted = labels >= 0
        if self.weight is None:
            return counted.astype(predicts.dtype)
        return counted * self.weight.astype(predicts.dtype, copy=False)[labels]

    def beside_classes(self, values: Array) -> Array:
        """Return a value for each sample in a shape that broadcasts to the predictions'."""
        return values[:, None] if values.ndim else values.reshape(1)

    def along_classes(self, values: Array, predicts: Array) -> Array:
        """Return a value for each class in a shape that broadcasts to the predictions'."""
        return values.reshape(-1, *[1] * (predicts.ndim - 1 - self.class_axis(predicts)))

    # For a subclass's `prepare`.

    def as_predicts(self, predicts: Any) -> Array:
        """Return predictions as floats; refuse another number of classes than the weights'.

        Raises
        ------
        ValueError
            With both numbers of classes.
        """
        (predicts,) = self.as_floats(predicts)
        if predicts.ndim == 0:
            raise ValueError(
                f"{type(self).__name__}: expected predictions of shape (N, C), a number for each "
                "of C classes, received a single number; try a last layer with C outputs"
            )
        C = predicts.shape[self.class_axis(predicts)]
        if self.weight is not None and self.weight.shape != (C,):
            raise ValueError(
                f"{type(self).__name__}: weight: expected a shape of ({C},), one for each class "
                f"of the predictions {predicts.shape}, received {self.weight.shape}"
            )
        return predicts

    def as_indices(self, labels: Any, predicts: Array) -> Array:
        """Return labels as indices of classes, −1 where one is ignored.

        Raises
        ------
        TypeError, ValueError
            If they are no whole numbers, of another shape, or no classes.
        """
        labels = as_whole_numbers(labels, self.name_of("labels"), INDICES)
        axis = self.class_axis(predicts)
        shape = predicts.shape[:axis] + predicts.shape[axis + 1 :]
        if labels.shape != shape:
            raise ValueError(
                f"{type(self).__name__}: expected labels of shape {shape}, one for each sample of "
                f"the predictions {predicts.shape}, received {labels.shape}"
                + self._advice(labels, shape, predicts)
            )
        return self._known(labels, predicts.shape[axis])

    def _advice(self, labels: Array, shape: tuple[int, ...], predicts: Array) -> str:
        if labels.shape == predicts.shape:
            return f"; try labels.argmax(axis={self.class_axis(predicts)})"
        return f"; try labels.reshape{shape}" if labels.size == np.prod(shape) else ""

    def _known(self, labels: Array, C: int) -> Array:
        """Return the labels with −1 for one to ignore; refuse those outside 0 … C − 1."""
        never = self.ignore_index is None or not 0 <= self.ignore_index < C
        low, high = extremes(labels)
        if never and low >= 0 and high < C:  # as nearly always
            return labels
        ignored = labels == self.ignore_index
        unknown = ~ignored & ((labels < 0) | (labels >= C))
        if unknown.any():
            where = tuple(int(i) for i in np.argwhere(unknown)[0])
            also = "" if self.ignore_index is None else f", or {self.ignore_index} for none"
            raise ValueError(
                f"{type(self).__name__}: expected labels in 0 … {C - 1}{also}, received "
                f"{labels[where]} at index {where}; try a last layer with an output for each class"
            )
        return np.where(ignored, -1, labels)


def as_whole_numbers(values: Any, name: str, expected: str) -> Array:
    """Return labels, or lengths, as an array of whole numbers.

    Raises
    ------
    TypeError
        If they are none; it says what is expected.

    Examples
    --------
    >>> as_whole_numbers([True, False], "labels", INDICES)
    array([1, 0])
    """
    values = as_plain_array(values, name, expected=expected)
    if values.dtype.kind not in "iub" and values.size:
        hint = f"; try {name.split()[-1]}.astype(int)" if values.dtype.kind == "f" else ""
        raise TypeError(f"{name}: expected {expected}, received {describe(values)}{hint}")
    return values.astype(np.intp, copy=False)


def check_index(value: Any, name: str) -> int | None:
    """Return a whole number as int; None stays None.

    Examples
    --------
    >>> check_index(-100, "ignore_index")
    -100
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Integral | None):
        raise TypeError(f"{name}: expected a whole number, received {describe(value)}")
    return None if value is None else int(value)
