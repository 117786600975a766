"""What losses share whose labels are the index of each sample's class."""

from __future__ import annotations

import numbers
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.base import Loss, finite_weight
from minidl.validation import as_plain_array, describe

Array = npt.NDArray[Any]

INDICES = "the index of each sample's class, a whole number"


class ClassIndexedLoss(Loss):
    """The base of losses of one number a class against the index of the right class.

    Predictions have the shape (N, C) for C classes, (N, C, d₁, …) for a class at each of d₁ · …
    places, or (C,) for a single sample; labels, and the losses, the same shape without C.
    `prepare` puts −1, which is no class, in place of the labels to ignore.

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

    def prepare(self, predicts: Any, labels: Any) -> tuple[Array, ...]:
        """Return predictions as floats and labels as indices; refuse other labels and shapes."""
        predicts = self.as_predicts(predicts)
        return predicts, self.as_indices(labels, predicts)

    def divisor(self, losses: Array, predicts: Array, labels: Array, *_: Any) -> Any:
        """Return the sum of the labels' weights."""
        return self.label_weights(labels, predicts).sum()

    # For a subclass's formulas.

    def class_axis(self, predicts: Array) -> int:
        """Return the axis of the classes: the second, or the only one."""
        return min(predicts.ndim - 1, 1)

    def is_class(self, labels: Array, predicts: Array) -> Array:
        """Return an array of the predictions' shape, True at each label's class."""
        axis = self.class_axis(predicts)
        classes = np.arange(predicts.shape[axis])
        return np.expand_dims(labels, axis) == self.along_classes(classes, predicts)

    def label_weights(self, labels: Array, predicts: Array) -> Array:
        """Return the weight of each label's class, 0 for one that is ignored."""
        counted = (labels >= 0).astype(predicts.dtype)
        if self.weight is None:
            return counted
        return counted * self.weight.astype(predicts.dtype, copy=False)[labels]

    def along_classes(self, values: Array, predicts: Array) -> Array:
        """Return a value for each class in a shape that broadcasts to the predictions'."""
        return values.reshape(-1, *[1] * (predicts.ndim - 1 - self.class_axis(predicts)))

    # For a subclass's `prepare`.

    def as_predicts(self, predicts: Any) -> Array:
        """Return predictions as floats; refuse a number of classes other than the weights'.

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
        labels = as_plain_array(labels, f"{type(self).__name__}: labels", expected=INDICES)
        if labels.dtype.kind not in "iub":
            raise TypeError(
                f"{type(self).__name__}: labels: expected {INDICES}, "
                f"received {describe(labels)}; try labels.astype(int)"
            )
        axis = self.class_axis(predicts)
        shape = predicts.shape[:axis] + predicts.shape[axis + 1 :]
        if labels.shape != shape:
            raise ValueError(
                f"{type(self).__name__}: expected labels of shape {shape}, one for each sample of "
                f"the predictions {predicts.shape}, received {labels.shape}"
                + self._advice(labels, shape, predicts)
            )
        return self._known(labels.astype(np.intp, copy=False), predicts.shape[axis])

    def _advice(self, labels: Array, shape: tuple[int, ...], predicts: Array) -> str:
        if labels.shape == predicts.shape:
            return f"; try labels.argmax(axis={self.class_axis(predicts)})"
        return f"; try labels.reshape{shape}" if labels.size == np.prod(shape) else ""

    def _known(self, labels: Array, C: int) -> Array:
        """Return the labels with −1 for one to ignore; refuse those outside 0 … C − 1."""
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
