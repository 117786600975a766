"""What losses share that compare predictions with labels element by element."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.base import Loss, finite_weight

Array = npt.NDArray[Any]


class ElementwiseLoss(Loss):
    """The base of losses whose predictions and labels have one shape, which the losses have too.

    A subclass writes the formula for an element, `unreduced(predicts, labels)` and
    `vjp(grad, predicts, labels)`, and what its labels may be, `check_labels(labels)`.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}
        See `Loss`.
    """

    def check_labels(self, labels: Array) -> None:
        """Refuse labels that the loss has no meaning for; by default any number will do."""

    def prepare(self, predicts: Any, labels: Any) -> tuple[Array, ...]:
        """Return both as floats of one dtype; refuse shapes that differ."""
        predicts, labels = self.as_floats(predicts, labels)
        if predicts.shape != labels.shape:
            advice = "; try labels.reshape(-1, 1)" if labels.ndim == 1 else ""
            raise self.shapes_differ(predicts, labels, advice=advice)
        self.check_labels(labels)
        return predicts, labels

    def spread(self, grad: Any) -> Any:
        """Return `grad` as it is: to elements a number broadcasts, which saves an array."""
        return grad


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

    def __init__(self, *, weight: Any = None, reduction: str = "mean") -> None:
        super().__init__(reduction=reduction)
        self.weight = None if weight is None else finite_weight(weight, "weight")

    def weigh(self, values: Any, predicts: Array, labels: Array) -> Any:
        """Return `values` times the weight."""
        if self.weight is None:
            return values
        return values * self.fit_weight(self.weight, "weight", predicts)

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


def _broadcasts(shape: tuple[int, ...], target: tuple[int, ...]) -> bool:
    try:
        return np.broadcast_shapes(shape, target) == target
    except ValueError:
        return False
