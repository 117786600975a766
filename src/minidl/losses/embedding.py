"""Losses of distances between embeddings."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.base import Loss
from minidl.validation import check_real

Array = npt.NDArray[Any]


class TripletMarginLoss(Loss):
    """How much farther an anchor a is from a positive example p than from a negative one n.

    max(d(a, p) − d(a, n) + margin, 0), where d(x, y) = ‖x − y + ε‖ₚ is the distance of two rows;
    it is 0 once the negative example is farther away by the margin. As in PyTorch, ε is added to
    each difference, which keeps the distance from 0, where it has no derivative.

    Parameters
    ----------
    margin : float
        The margin, above 0.
    p : float
        The degree p ≥ 1 of the norm: 1 adds up absolute differences, 2 is Euclid's, infinity
        takes the largest.
    eps : float
        The ε ≥ 0 above.
    swap : bool
        Whether to take d(p, n) in place of d(a, n) where it is smaller (Balntas et al., *Learning
        Local Feature Descriptors with Triplets and Shallow Convolutional Neural Networks*, 2016).
    reduction : {"mean", "sum", "none"}
        See `Loss`. The unreduced loss has the shape (N,).

    Notes
    -----
    Called with anchor, positive and negative of one shape, (N, D) or (D,) for one triplet; its
    `backward` returns the gradients of all three.

    Examples
    --------
    >>> loss = TripletMarginLoss(margin=1.0, p=1)
    >>> print(f"{loss([1.0], [2.0], [0.5]):.4f}")
    1.5000
    >>> [gradient.tolist() for gradient in loss.backward()]
    [[-2.0], [1.0], [1.0]]
    """

    inputs = ("anchor", "positive", "negative")
    differentiable = 3

    def __init__(
        self,
        margin: float = 1.0,
        p: float = 2.0,
        eps: float = 1e-6,
        swap: bool = False,
        reduction: str = "mean",
    ) -> None:
        super().__init__(reduction=reduction)
        self.margin = check_real(margin, "margin", low=0, low_inclusive=False)
        self.p = math.inf if p == math.inf else check_real(p, "p", low=1)
        self.eps = check_real(eps, "eps", low=0)
        self.swap = swap

    def prepare(self, anchor: Any, positive: Any, negative: Any) -> tuple[Array, ...]:
        """Return all three as floats of one dtype; refuse shapes that differ."""
        arrays = tuple(self.as_floats(anchor, positive, negative))
        if not arrays[0].shape == arrays[1].shape == arrays[2].shape:
            raise self.shapes_differ(*arrays)
        if arrays[0].ndim == 0:
            raise ValueError(
                "TripletMarginLoss: expected embeddings of shape (N, D) or (D,), received single "
                "numbers; try np.array([x])"
            )
        return arrays

    def unreduced(self, anchor: Array, positive: Array, negative: Array) -> Array:
        """Return max(d(a, p) − d(a, n) + margin, 0)."""
        return np.maximum(self._excess(anchor, positive, negative), 0)

    def vjp(
        self, grad: Array, anchor: Array, positive: Array, negative: Array
    ) -> tuple[Array, Array, Array]:
        """Return grad · (∇d(a, p) − ∇d(a, n)) for each of the three, where the loss is not 0."""
        grad = grad * (self._excess(anchor, positive, negative) >= 0)  # PyTorch: a slope of 1 at 0
        across = self._share_swapped(anchor, positive, negative)
        ap = self._slope(grad, anchor - positive)
        an = self._slope(grad * (1 - across), anchor - negative)
        pn = self._slope(grad * across, positive - negative)
        return ap - an, -ap - pn, an + pn

    def _excess(self, anchor: Array, positive: Array, negative: Array) -> Array:
        """Return d(a, p) − d(a, n) + margin; d(p, n) in place of d(a, n) if smaller and swap."""
        to_negative = self._distance(anchor - negative)
        if self.swap:
            to_negative = np.minimum(to_negative, self._distance(positive - negative))
        return np.asarray(self._distance(anchor - positive) - to_negative + self.margin)

    def _share_swapped(self, anchor: Array, positive: Array, negative: Array) -> Any:
        """Return 1 where d(p, n) is taken in place of d(a, n), and as in PyTorch ½ at a tie."""
        if not self.swap:
            return 0
        gap = self._distance(anchor - negative) - self._distance(positive - negative)
        return (1 + np.sign(gap)) / 2

    def _distance(self, difference: Array) -> Array:
        """Return ‖difference + ε‖ₚ of each row."""
        largest, scaled = self._scaled(difference)
        return largest[..., 0] * norm(scaled, self.p)

    def _slope(self, grad: Array, difference: Array) -> Array:
        """Return grad · ∂‖difference + ε‖ₚ / ∂difference, 0 where the norm is 0."""
        _, scaled = self._scaled(difference)
        return np.expand_dims(grad, -1) * norm_slope(scaled, self.p)

    def _scaled(self, difference: Array) -> tuple[Array, Array]:
        """Return each row's largest |difference + ε|, and the row over it: powers stay finite."""
        shifted = difference + self.eps
        largest = np.abs(shifted).max(axis=-1, keepdims=True)
        return largest, shifted / np.where(largest > 0, largest, 1)


def norm(rows: Array, p: float) -> Array:
    """Return ‖row‖ₚ = (Σ |x|ᵖ)^(1/p) of each row, max |x| for an infinite p.

    Examples
    --------
    >>> norm(np.array([[3.0, -4.0]]), 2), norm(np.array([[3.0, -4.0]]), math.inf)
    (array([5.]), array([4.]))
    """
    return np.linalg.norm(rows, ord=p, axis=-1)


def norm_slope(rows: Array, p: float) -> Array:
    """Return ∂‖row‖ₚ / ∂x = sign(x) · (|x| / ‖row‖ₚ)^(p − 1), 0 for a row of zeros.

    For an infinite p, x of the largest |x| share a slope of 1 equally, as in PyTorch.

    Examples
    --------
    >>> norm_slope(np.array([[3.0, -4.0], [0.0, 0.0]]), 2)
    array([[ 0.6, -0.8],
           [ 0. ,  0. ]])
    """
    length = norm(rows, p)[..., None]
    ratio = np.abs(rows) / np.where(length > 0, length, 1)
    if p == math.inf:
        ratio = (ratio == 1).astype(rows.dtype)
        return np.sign(rows) * ratio / np.maximum(ratio.sum(axis=-1, keepdims=True), 1)
    return np.sign(rows) * ratio ** (p - 1)
