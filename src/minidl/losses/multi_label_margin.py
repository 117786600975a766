"""The hinge loss of samples that have several right classes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.base import Loss
from minidl.losses.class_indexed import as_whole_numbers
from minidl.losses.multi_margin import further_dimensions
from minidl.validation import extremes

Array = npt.NDArray[Any]


class MultiLabelMarginLoss(Loss):
    """Hinge loss of several right classes: how far each is from leading all others by 1.

    Σ max(0, 1 − x_j + x_i) / C over each right class j and each other class i. Its gradient is
    1/C for the x_i and −1/C for the x_j of every pair whose term is not 0.

    Parameters
    ----------
    reduction : {"mean", "sum", "none"}
        See `Loss`. The unreduced loss has the shape (N,).

    Raises
    ------
    TypeError, ValueError
        If labels are no whole numbers in −1 … C − 1, or shapes do not fit.

    Notes
    -----
    Called with predictions of shape (N, C) or (C,), and labels of the same shape: the indices of
    a sample's classes, then −1 to fill the row. What stands after the first −1 does not count,
    and as in PyTorch a class that stands there twice counts twice.

    Examples
    --------
    >>> loss = MultiLabelMarginLoss()
    >>> print(f"{loss([0.1, 0.2, 0.4, 0.8], [0, 3, -1, -1]):.4f}")
    0.8500
    >>> loss.backward()
    array([-0.5,  0.5,  0.5, -0.5])
    """

    def prepare(self, predicts: Any, labels: Any) -> tuple[Array, ...]:
        """Return predictions as floats and labels as indices; refuse what does not fit."""
        (predicts,) = self.as_floats(predicts)
        labels = as_whole_numbers(labels, self.name_of("labels"), "the indices of classes, or -1")
        if predicts.ndim not in (1, 2):
            raise further_dimensions(self, predicts)
        if labels.shape != predicts.shape:
            raise self.shapes_differ(predicts, labels, advice="; try filling rows up with -1")
        C = predicts.shape[-1]
        low, high = extremes(labels)
        if low < -1 or high >= C:
            where = tuple(int(i) for i in np.argwhere((labels < -1) | (labels >= C))[0])
            raise ValueError(
                f"{type(self).__name__}: expected labels in 0 … {C - 1}, or -1 for none, received "
                f"{labels[where]} at index {where}; try a last layer with an output for each class"
            )
        return predicts, labels

    def shared(self, predicts: Array, labels: Array) -> tuple[Array, Array]:
        """Return the losses and their gradient, in blocks of samples that the cache can hold."""
        C = predicts.shape[-1]
        x, columns = predicts.reshape(-1, C), np.array(labels.reshape(-1, C).T, order="C")
        K = np.count_nonzero(columns.max(axis=1) >= 0)  # no sample has more
        columns, block = columns[:K], max(1, BLOCK // (C * max(K, 1)))
        starts = range(0, len(x), block)
        pairs = [pair_hinges(x[at : at + block], columns[:, at : at + block]) for at in starts]
        losses, slope = (
            pairs[0] if len(pairs) == 1 else map(np.concatenate, zip(*pairs, strict=True))
        )
        return losses.reshape(predicts.shape[:-1]), slope.reshape(predicts.shape)

    def unreduced(self, predicts: Array, labels: Array, losses: Array, slope: Array) -> Array:
        """Return Σ max(0, 1 − x_j + x_i) / C."""
        return losses

    def vjp(self, grad: Array, predicts: Array, labels: Array, losses: Any, slope: Array) -> Array:
        """Return grad times what `shared` has computed."""
        return slope * grad[..., None]


# How many numbers are computed with at a time.
BLOCK = 2**17


def pair_hinges(x: Array, labels: Array) -> tuple[Array, Array]:
    """Return Σ max(0, 1 − x_j + x_i) / C over pairs of a label j and another class i; its gradient.

    Parameters
    ----------
    x : ndarray, shape (N, C)
        Predictions.
    labels : ndarray of int, shape (K, N)
        In each column up to K right classes of a sample; the first −1 ends them. It is changed.

    Returns
    -------
    losses : ndarray, shape (N,)
    slope : ndarray, shape (N, C)

    Examples
    --------
    >>> losses, slope = pair_hinges(np.array([[0.0, 0.5, 2.0]]), np.array([[0], [-1], [1]]))
    >>> losses, 3 * slope
    (array([1.5]), array([[-2.,  1.,  1.]]))
    """
    N, C = x.shape
    # The samples last, which makes long rows to compute with; one row more for what is no class.
    places = ended_by(C, labels) * N + np.arange(N)
    others = np.empty((C + 1, N), dtype=x.dtype)
    others[:C] = x.T
    others[C] = np.inf
    short = 1 - others.take(places)  # −∞ where there is no label: it asks for nothing
    others.put(places, -np.inf)
    terms = others[:C] + short[:, None]  # (K, C, N), −∞ where there is no pair
    unmet = terms > 0
    np.maximum(terms, 0, out=terms)
    losses = np.add.reduce(terms.reshape(-1, N), axis=0) / C
    slope = np.add.reduce(unmet, axis=0, dtype=x.dtype)
    times = np.add.reduce(unmet, axis=1, dtype=x.dtype)
    slope -= np.bincount(places.ravel(), times.ravel(), others.size)[: slope.size].reshape(C, N)
    slope /= C
    return losses, slope.T


def ended_by(end: int, labels: Array) -> Array:
    """Return labels with `end` in place of each column's first −1 and of all that stand below it.

    Examples
    --------
    >>> ended_by(9, np.array([[0, 4], [-1, 2], [1, 3]])).T.tolist()
    [[0, 9, 9], [4, 2, 3]]
    """
    none = labels < 0
    if none.any():
        labels[np.logical_or.accumulate(none, axis=0)] = end
    return labels
