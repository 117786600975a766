"""Losses of distances between embeddings."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses.base import Loss
from minidl.losses.elementwise import ElementwiseLoss, check_signs
from minidl.losses.norms import directions, norm, norm_slope
from minidl.validation import as_float_array, check_bool, check_real

Array = npt.NDArray[Any]


class HingeEmbeddingLoss(ElementwiseLoss):
    """Of a distance x: x itself for like things (y = 1), and max(0, margin − x) for unlike ones.

    For y = −1 the gradient is −1 up to the margin, as in PyTorch also exactly there, and 0 beyond.

    Parameters
    ----------
    margin : float
        How far apart unlike things should be.
    reduction : {"mean", "sum", "none"}
        See `Loss`.

    Raises
    ------
    ValueError
        If a label is neither 1 nor −1.

    Examples
    --------
    >>> loss = HingeEmbeddingLoss(reduction="none")
    >>> loss([1, 0.8, 0.5], [1, 1, -1])
    array([1. , 0.8, 0.5])
    >>> loss.backward()
    array([ 1.,  1., -1.])
    """

    def __init__(self, margin: float = 1.0, *, reduction: str = "mean") -> None:
        super().__init__(reduction=reduction)
        self.margin = check_real(margin, "margin")

    def check_labels(self, labels: Array) -> None:
        """Refuse labels other than 1 and −1."""
        check_signs(labels, self)

    def unreduced(self, predicts: Array, labels: Array) -> Array:
        """Return x where y = 1, and max(0, margin − x) elsewhere."""
        losses = np.asarray(self.margin - predicts)
        np.maximum(losses, 0, out=losses)
        np.copyto(losses, predicts, where=labels > 0)
        return losses

    def vjp(self, grad: Array, predicts: Array, labels: Array) -> Array:
        """Return grad where y = 1, and −grad below the margin elsewhere."""
        # Beyond the margin (−1 + 1)/2 = 0 for unlike things, (1 + 1)/2 = 1 for like ones.
        slope = np.asarray(labels + (self.margin - predicts < 0))
        np.minimum(slope, 1, out=slope)
        slope *= grad
        return slope


class CosineEmbeddingLoss(Loss):
    """Of two embeddings at an angle φ: 1 − cos φ if they are of like things.

    It is max(0, cos φ − margin) if they are of unlike ones. Here
    cos φ = x₁·x₂ / √((x₁·x₁ + ε)(x₂·x₂ + ε)), with PyTorch's ε of 1e-12, so that an embedding of
    zeros is at a right angle to all others. Its gradient with respect to x₁ is
    (u₂ − cos φ·u₁) / √(x₁·x₁ + ε), where u are the embeddings over their lengths.

    Parameters
    ----------
    margin : float
        The cosine from −1 to 1 below which unlike things cost nothing; 0 to ½ is usual.
    reduction : {"mean", "sum", "none"}
        See `Loss`. The unreduced loss has the shape (N,).

    Raises
    ------
    ValueError
        If a label is neither 1 nor −1, or shapes do not fit.

    Notes
    -----
    Called with two embeddings of shape (N, D) and labels of shape (N,), 1 for like things and −1
    for unlike ones, or (D,) and a single label; its `backward` returns the gradients of both.

    Examples
    --------
    >>> a, b = [[0.3, 0.5, 0.7]] * 2, [[0.1, 0.3, 0.5]] * 2
    >>> CosineEmbeddingLoss(reduction="none")(a, b, [1, -1]).round(4)
    array([0.0167, 0.9833])
    """

    inputs = ("first", "second", "labels")
    differentiable = 2

    def __init__(self, margin: float = 0.0, *, reduction: str = "mean") -> None:
        super().__init__(reduction=reduction)
        self.margin = check_real(margin, "margin", low=-1, high=1)

    def prepare(self, first: Any, second: Any, labels: Any) -> tuple[Array, ...]:
        """Return all three as floats of one dtype; refuse shapes that do not fit."""
        first, second = self.as_floats(first, second)
        labels = as_float_array(labels, self.name_of("labels"), dtype=first.dtype)
        if first.shape != second.shape:
            raise self.shapes_differ(first, second)
        if first.ndim not in (1, 2) or labels.shape != first.shape[:-1]:
            raise ValueError(
                "CosineEmbeddingLoss: expected embeddings of shape (N, D) with labels of shape "
                f"(N,), or (D,) with a single label, received {first.shape} and {labels.shape}"
                + ("; try labels.ravel()" if labels.size == len(np.atleast_2d(first)) else "")
            )
        check_signs(labels, self)
        return first, second, labels

    def shared(self, first: Array, second: Array, labels: Array) -> tuple[Array, ...]:
        """Return the embeddings over their lengths, the lengths, and the cosines."""
        (a, a_length), (b, b_length) = directions(first, 1e-12), directions(second, 1e-12)
        return a, a_length, b, b_length, np.einsum("...d,...d->...", a, b)

    def unreduced(self, first: Array, second: Array, labels: Array, *shared: Array) -> Array:
        """Return 1 − cos φ where y = 1, and max(0, cos φ − margin) elsewhere."""
        cosine = shared[-1]
        return np.where(labels > 0, 1 - cosine, np.maximum(cosine - self.margin, 0))

    def vjp(
        self, grad: Array, first: Array, second: Array, labels: Array, *shared: Array
    ) -> tuple[Array, Array]:
        """Return grad · (u₂ − cos φ·u₁) / length for each, −grad where y = 1, or 0."""
        a, a_length, b, b_length, cosine = shared
        # −1 for like things; PyTorch: 1 for unlike ones also where the loss just is 0.
        turn = np.where(labels > 0, -labels, cosine - self.margin >= 0)
        grad = (grad * turn)[..., None]
        cosine = cosine[..., None]
        return (b - cosine * a) * (grad / a_length), (a - cosine * b) * (grad / b_length)


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
        self.swap = check_bool(swap, "swap")

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

    def shared(self, anchor: Array, positive: Array, negative: Array) -> tuple[Any, ...]:
        """Return x − y + ε and its norm for both pairs, and for the third if swap."""
        pairs = [(anchor, positive), (anchor, negative), (positive, negative)]
        differences = [one - other for one, other in pairs[: 2 + self.swap]]
        for rows in differences:
            rows += self.eps
        return tuple((rows, norm(rows, self.p)) for rows in differences)

    def unreduced(self, anchor: Array, positive: Array, negative: Array, *pairs: Any) -> Array:
        """Return max(d(a, p) − d(a, n) + margin, 0)."""
        return np.maximum(self._excess(*pairs), 0)

    def vjp(
        self, grad: Array, anchor: Array, positive: Array, negative: Array, *pairs: Any
    ) -> tuple[Array, Array, Array]:
        """Return grad · (∇d(a, p) − ∇d(a, n)) for each of the three, where the loss is not 0."""
        grad = grad * (self._excess(*pairs) >= 0)  # PyTorch: a slope of 1 at 0
        across = self._share_swapped(*pairs)
        ap = self._slope(grad, *pairs[0])
        an = self._slope(grad * (1 - across), *pairs[1])
        if not self.swap:
            return ap - an, np.negative(ap, out=ap), an
        pn = self._slope(grad * across, *pairs[2])
        return ap - an, -ap - pn, an + pn

    def _excess(self, ap: Any, an: Any, pn: Any = None) -> Array:
        """Return margin + d(a, p) − d(a, n); d(p, n) in place of d(a, n) if smaller and swap."""
        to_negative = np.minimum(an[1], pn[1]) if self.swap else an[1]
        return np.asarray(self.margin + ap[1] - to_negative)  # in PyTorch's order, for its ties

    def _share_swapped(self, ap: Any, an: Any, pn: Any = None) -> Any:
        """Return 1 where d(p, n) is taken in place of d(a, n), and as in PyTorch ½ at a tie."""
        return (1 + np.sign(an[1] - pn[1])) / 2 if self.swap else 0

    def _slope(self, grad: Array, rows: Array, length: Array) -> Array:
        """Return grad · ∂d/∂row for each row of differences."""
        return norm_slope(grad, rows, length, self.p)
