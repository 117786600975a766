"""What losses share that compare predictions with labels element by element."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.base import Loss
from minidl.losses.weight import finite_weight

Array = npt.NDArray[Any]


class ElementwiseLoss(Loss):
    """The base of losses whose inputs, predictions and labels, have one shape.

    A subclass writes the formula, `unreduced(predicts, labels)` and `vjp(grad, predicts, labels)`,
    usually for an element, and what its labels, the last input, may be, `check_labels(labels)`.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}
        See `Loss`.
    """

    def check_labels(self, labels: Array) -> None:
        """Refuse labels that the loss has no meaning for; by default any number will do."""

    def prepare(self, *inputs: Any) -> tuple[Array, ...]:
        """Return the inputs as floats of one dtype; refuse shapes that differ."""
        arrays = self.as_floats(*inputs)
        labels = arrays[-1]
        for array in arrays:
            if array.shape != labels.shape:
                advice = "; try labels.reshape(-1, 1)" if labels.ndim == 1 else ""
                raise self.shapes_differ(*arrays, advice=advice)
        self.check_labels(labels)
        return tuple(arrays)

    def spread(self, grad: Any) -> Any:
        """Return `grad` as it is: to elements a number broadcasts, which saves an array."""
        return grad

    def fit_weight(self, weight: Array, name: str, predicts: Array) -> Array:
        """Return a weight in the predictions' dtype.

        Raises
        ------
        ValueError
            If its shape does not broadcast to theirs; it could even enlarge the loss otherwise.
        """
        if weight.ndim and not _broadcasts(weight.shape, predicts.shape):
            raise ValueError(
                f"{type(self).__name__}: {name}: expected a shape that broadcasts to that of the "
                f"predictions, {predicts.shape}, received {weight.shape}"
            )
        return weight.astype(predicts.dtype, copy=False)


class WeightedElementwiseLoss(ElementwiseLoss):
    """The base of elementwise losses with a weight for each element.

    Parameters
    ----------
    weight : array_like, optional
        A factor for each element, of a shape that broadcasts to that of the predictions. As in
        PyTorch, the mean still divides by the number of elements.
    reduction : {"mean", "sum", "none"}
        See `Loss`.
    """

    def __init__(self, weight: Any = None, *, reduction: str = "mean") -> None:
        super().__init__(reduction=reduction)
        self.weight = None if weight is None else finite_weight(weight, "weight")

    def weigh(self, values: Any, predicts: Array, *_: Any) -> Any:
        """Return `values` times the weight."""
        if self.weight is None:
            return values
        return values * self.fit_weight(self.weight, "weight", predicts)


def _broadcasts(shape: tuple[int, ...], target: tuple[int, ...]) -> bool:
    try:
        return np.broadcast_shapes(shape, target) == target
    except ValueError:
        return False


def check_signs(labels: Array, loss: object) -> None:
    """Refuse labels other than 1 and −1.

    Raises
    ------
    ValueError
        With the first of them, and what to try.

    Examples
    --------
    >>> check_signs(np.array([1.0, -1.0]), None)
    """
    strange = np.abs(labels) != 1
    if strange.any():
        where = tuple(int(i) for i in np.argwhere(strange)[0])
        raise ValueError(
            f"{type(loss).__name__}: expected labels of 1 and -1, received {labels[where]:g} at "
            f"index {where}; try 2 * labels - 1 where the classes are coded as 0 and 1"
        )
