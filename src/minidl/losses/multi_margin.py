"""Losses that ask for a distance between the right class and each of the others."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.base import Loss
from minidl.losses.class_indexed import ClassIndexedLoss
from minidl.validation import check_choice, check_real

Array = npt.NDArray[Any]


class MarginOverClasses(ClassIndexedLoss):
    """The base of these losses: what each class lacks, max(0, margin − x_y + x_i), 0 for i = y.

    A subclass makes a loss of these numbers. The mean divides by the number of samples.

    Parameters
    ----------
    margin : float
        By how much the right class should lead.
    weight : array_like, shape (C,), optional
        A factor for each class.
    reduction : {"mean", "sum", "none"}
        See `Loss`.
    """

    def __init__(self, margin: float = 1.0, weight: Any = None, *, reduction: str = "mean") -> None:
        super().__init__(weight, ignore_index=None, reduction=reduction)
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

    def divisor(self, losses: Array, *_: Any) -> Any:
        """Return the number of samples."""
        return losses.size


class MultiMarginLoss(MarginOverClasses):
    """Hinge loss of several classes: how far the right one is from leading by a margin.

    w·Σ max(0, margin − x_y + x_i)ᵖ / C over the C − 1 classes i other than the label y, whose
    weight is w. Its gradient is w·p·max(0, …)ᵖ⁻¹ / C for x_i, and minus their sum for x_y.
    `MulticlassHingeLoss` does not divide by C, and says what that changes.

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
        super().__init__(margin, weight, reduction=reduction)
        self.p = check_choice(p, "p", (1, 2))

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


class MulticlassHingeLoss(MarginOverClasses):
    """The loss of a multiclass support vector machine, Σ max(0, s_j − s_y + margin) a sample.

    The sum goes over the C − 1 classes j other than the label y. Its gradient is 1 for each s_j
    whose term is not 0, and minus their number for s_y. Source: Weston and Watkins (1999).

    Without weights and with p = 1 it is C times `MultiMarginLoss`, PyTorch's name for the same
    idea, which divides by C. So there a sample costs about 1 at the start however many classes
    there are, and here about C − 1; and a learning rate, or the λ of a penalty, that suits the one
    suits the other only when it is changed by the factor C. A sum over all j, y among them, would
    count exactly `margin` too much for each sample, with the same gradient.

    Parameters
    ----------
    margin : float
        By how much the right class should lead.
    weight : array_like, shape (C,), optional
        A factor for each class; the mean divides by the number of samples, whatever their weights.
    reduction : {"mean", "sum", "none"}
        See `Loss`. The unreduced loss has the shape (N,).

    Raises
    ------
    ValueError
        If predictions are not of shape (N, C) or (C,), or a label is no class.

    Notes
    -----
    Called with predictions (scores) of shape (N, C) and labels (N,), or (C,) and a single label.

    Examples
    --------
    >>> loss = MulticlassHingeLoss(reduction="none")
    >>> loss([[3.0, 5.0, 2.5]], [0])
    array([3.5])
    >>> loss.backward()
    array([[-2.,  1.,  1.]])
    """

    def unreduced(self, predicts: Array, *others: Any) -> Array:
        """Return Σ max(0, s_j − s_y + margin)."""
        return np.asarray(sum_of_rows(others[-1]))

    def vjp(self, grad: Array, predicts: Array, labels: Array, weights: Any, *shared: Any) -> Array:
        """Return grad where a class lacks something, and minus their sum for the right class."""
        places, lacking = shared
        slope = np.sign(lacking) * self.beside_classes(grad)
        slope.put(places, -sum_of_rows(slope))
        return slope


def sum_of_rows(x: Array) -> Array:
    """Return the sum along the last axis, as a product with 1, which is faster for short rows.

    Examples
    --------
    >>> sum_of_rows(np.array([[1.0, 2.0], [3.0, 5.0]]))
    array([3., 8.])
    """
    return x.dot(np.ones(x.shape[-1], x.dtype))


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
