"""Lengths of embeddings, and how they change, without overflow."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation import extremes

Array = npt.NDArray[Any]

# Between these, sums of powers have all their digits, in single precision as well.
SAFE = 1e-30, 1e30


def norm(rows: Array, p: float) -> Array:
    """Return ‖row‖ₚ = (Σ |x|ᵖ)^(1/p) of each row, max |x| for an infinite p.

    Examples
    --------
    >>> norm(np.array([[3.0, -4.0]]), 2), norm(np.array([[3.0, -4.0]]), math.inf)
    (array([5.]), array([4.]))
    """
    if p == math.inf:
        return np.abs(rows).max(axis=-1)
    powers = _sum_of_powers(rows, p)
    if _are_safe(powers):
        return np.asarray(powers if p == 1 else np.sqrt(powers) if p == 2 else powers ** (1 / p))
    largest = np.abs(rows).max(axis=-1, keepdims=True)
    scaled = rows / np.where(largest > 0, largest, 1)
    return np.asarray(largest[..., 0] * _sum_of_powers(scaled, p) ** (1 / p))


@np.errstate(over="ignore", under="ignore")  # looked for in the sums
def _sum_of_powers(rows: Array, p: float) -> Array:
    if p == 2:
        return np.einsum("...d,...d->...", rows, rows)
    sizes = np.abs(rows)
    return np.add.reduce(sizes if p == 1 else sizes**p, axis=-1)


def _are_safe(powers: Array) -> bool:
    low, high = extremes(np.asarray(powers))
    return low > SAFE[0] and high < SAFE[1]


def norm_slope(grad: Array, rows: Array, length: Array, p: float) -> Array:
    """Return grad · ∂‖row‖ₚ / ∂x = grad · sign(x) · (|x| / ‖row‖ₚ)^(p − 1), 0 for a row of zeros.

    For an infinite p, x of the largest |x| share a slope of 1 equally, as in PyTorch.

    Parameters
    ----------
    grad : ndarray, shape (…)
        A factor for each row.
    rows : ndarray, shape (…, D)
        Whose slope is wanted.
    length : ndarray, shape (…)
        What `norm` returns for them.
    p : float
        The degree of the norm.

    Examples
    --------
    >>> rows = np.array([[3.0, -4.0], [0.0, 0.0]])
    >>> norm_slope(np.array([10.0, 10.0]), rows, np.array([5.0, 0.0]), 2)
    array([[ 6., -8.],
           [ 0.,  0.]])
    """
    if p == 1:
        return np.sign(rows) * grad[..., None]
    length = np.where(length > 0, length, 1)
    if p == 2:
        return rows * (grad / length)[..., None]
    ratio = rows / length[..., None]
    sizes = np.abs(ratio)
    if p == math.inf:
        sizes = (sizes == 1).astype(rows.dtype)
        sizes /= np.maximum(sizes.sum(axis=-1, keepdims=True), 1)
    else:
        sizes **= p - 1
    return np.copysign(sizes, rows) * grad[..., None]


def directions(rows: Array, eps: float) -> tuple[Array, Array]:
    """Return each row over its length √(Σx² + ε), and the lengths with a last axis of 1.

    Examples
    --------
    >>> directions(np.array([[3.0, -4.0], [0.0, 0.0]]), 0.0001)[0].round(3)
    array([[ 0.6, -0.8],
           [ 0. ,  0. ]])
    """
    squares = np.expand_dims(_sum_of_powers(rows, 2) + eps, -1)
    if np.isfinite(squares).all():
        lengths = np.sqrt(squares)
    else:
        lengths = np.expand_dims(np.hypot(norm(rows, 2), math.sqrt(eps)), -1)
    return rows / lengths, lengths
