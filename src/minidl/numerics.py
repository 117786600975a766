"""Formulas of deep learning written so that no input overflows.

Each function computes what its textbook formula says, in an order of operations that never
forms a number too large for floating point. Inputs are arrays of floats, and outputs keep their
dtype; whole numbers and lists become float64.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.underflow import ignoring_underflow
from minidl.validation import (
    as_float_array,
    as_plain_array,
    check_positive_int,
    describe,
    smallest,
)

Array = npt.NDArray[Any]

# The largest whole number whose exponential is finite, and 1, by the dtype's character. 1 as an
# array, since NumPy would make one of a Python number at every call.
LARGEST_EXPONENT_AND_ONE = {
    char: (limit, np.array(1, char))
    for char, limit in {"e": 11, "f": 88, "d": 709, "g": 709}.items()
}

# The lowest finite number, by the dtype's character.
LOWEST = {char: np.array(np.finfo(char).min) for char in "efdg"}


@ignoring_underflow
def sigmoid(x: npt.ArrayLike) -> Array:
    """Return the logistic function, σ(x) = 1 / (1 + exp(−x)).

    exp(−x) overflows for x below −709 in float64. There σ(x) < 1e-307, so taking −709 in
    place of such an x changes the result by less than the smallest normal number.

    Parameters
    ----------
    x : array_like
        Any shape.

    Returns
    -------
    ndarray
        The shape and dtype of `x`, values in [0, 1].

    Examples
    --------
    >>> sigmoid(np.array([-1000.0, 0.0, 1000.0])).round(3)
    array([0. , 0.5, 1. ])
    """
    return unguarded_sigmoid(as_float_array(x, "x"))


def unguarded_sigmoid(x: Array) -> Array:
    """Return `sigmoid` of an array of floats, for who guards against underflow already.

    Examples
    --------
    >>> unguarded_sigmoid(np.array([0.0]))
    array([0.5])
    """
    a = np.asarray(np.negative(x))  # of an array without dimensions, a scalar
    limit, one = LARGEST_EXPONENT_AND_ONE[a.dtype.char]
    if a.size and not smallest(x) >= -limit:  # looking is faster than clamping; NaN hides others
        np.minimum(a, limit, out=a)
    np.exp(a, out=a)
    a += one
    return np.divide(one, a, out=a)


@ignoring_underflow
def softplus(x: npt.ArrayLike) -> Array:
    """Return log(1 + exp(x)) as max(x, 0) + log(1 + exp(−|x|)), whose exponent is never positive.

    Parameters
    ----------
    x : array_like
        Any shape.

    Returns
    -------
    ndarray
        The shape and dtype of `x`, values ≥ 0.

    Examples
    --------
    >>> softplus(np.array([-1000.0, 0.0, 1000.0])).round(4)
    array([0.000e+00, 6.931e-01, 1.000e+03])
    """
    x = as_float_array(x, "x")
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


@np.errstate(over="ignore", under="ignore")  # −1e308 − 1e308
def log_sum_exp(x: npt.ArrayLike, axis: int = -1) -> Array:
    """Return log Σ exp(x) along an axis as m + log Σ exp(x − m), where m = max x.

    Parameters
    ----------
    x : array_like
        Any shape.
    axis : int
        The axis that is summed over; it is kept with length 1.

    Returns
    -------
    ndarray
        The shape of `x` with length 1 along `axis`.

    Examples
    --------
    >>> log_sum_exp(np.array([[1000.0, 1000.0]])).round(4)
    array([[1000.6931]])
    """
    x = as_float_array(x, "x")
    largest = np.max(x, axis=axis, keepdims=True)
    largest = np.where(np.isfinite(largest), largest, 0)  # −inf − (−inf) would be NaN
    return largest + np.log(np.sum(np.exp(x - largest), axis=axis, keepdims=True))


@ignoring_underflow
def softmax(x: npt.ArrayLike, axis: int = -1) -> Array:
    """Return exp(x) / Σ exp(x) along an axis; subtracting max x first cancels in the quotient.

    Parameters
    ----------
    x : array_like
        Scores of any shape.
    axis : int
        The axis along which the result sums to 1.

    Returns
    -------
    ndarray
        The shape and dtype of `x`, values in [0, 1].

    Examples
    --------
    >>> softmax(np.array([[1000.0, 1000.0]]))
    array([[0.5, 0.5]])
    """
    exponentials = minus_largest(as_float_array(x, "x"), axis)
    np.exp(exponentials, out=exponentials)
    exponentials /= np.add.reduce(exponentials, axis=axis, keepdims=True)
    return exponentials


@ignoring_underflow
def log_softmax(x: npt.ArrayLike, axis: int = -1) -> Array:
    """Return log softmax(x) along an axis as x − m − log Σ exp(x − m), where m = max x.

    Unlike the logarithm of `softmax(x)` it is exact where a probability rounds to 0.

    Parameters
    ----------
    x : array_like
        Scores of any shape.
    axis : int
        The axis along which the exponentials of the result sum to 1.

    Returns
    -------
    ndarray
        The shape and dtype of `x`, values ≤ 0, and finite even for scores of −∞.

    Examples
    --------
    >>> log_softmax(np.array([[0.0, 1000.0]]))
    array([[-1000.,     0.]])
    """
    differences = minus_largest(as_float_array(x, "x"), axis)
    differences -= np.log(np.add.reduce(np.exp(differences), axis=axis, keepdims=True))
    return differences


def minus_largest(x: Array, axis: int = -1) -> Array:
    """Return x − max x along an axis, at least the lowest finite number, in a new array.

    Examples
    --------
    >>> minus_largest(np.array([1000.0, 990.0, -np.inf]))
    array([ 0.00000000e+000, -1.00000000e+001, -1.79769313e+308])
    """
    with np.errstate(over="ignore", invalid="ignore"):  # −1e308 − 1e308; ∞ − ∞ is NaN
        differences = x - np.maximum.reduce(x, axis=axis, keepdims=True)
    return np.maximum(differences, LOWEST[x.dtype.char], out=differences)


def one_hot(labels: npt.ArrayLike, num_classes: int) -> Array:
    """Return a row for each label that is 1 at the label's position and 0 elsewhere.

    Parameters
    ----------
    labels : array_like of int or bool, shape (N,)
        Values in 0 … num_classes − 1; False and True are 0 and 1.
    num_classes : int
        The length C of a row.

    Returns
    -------
    ndarray of float64, shape (N, C)

    Raises
    ------
    TypeError
        If the labels are not whole numbers.
    ValueError
        If they do not stand in one row, or one lies outside that range.

    Examples
    --------
    >>> one_hot([1, 0], 3)
    array([[0., 1., 0.],
           [1., 0., 0.]])
    """
    labels = as_plain_array(labels, "labels", expected="whole numbers")
    num_classes = check_positive_int(num_classes, "num_classes")
    if labels.dtype.kind not in "iub" and labels.size:
        hint = "; try labels.astype(int)" if labels.dtype.kind == "f" else ""
        raise TypeError(f"labels: expected whole numbers, received {describe(labels)}{hint}")
    if labels.ndim != 1:
        raise ValueError(
            f"labels: expected the shape (N,), received {labels.shape}; try labels.ravel()"
        )
    labels = labels.astype(int, copy=False)  # booleans would pick rows, as a mask
    if labels.size and not (labels.min() >= 0 and labels.max() < num_classes):
        raise ValueError(
            f"labels: expected whole numbers in 0 … {num_classes - 1}, "
            f"received values from {labels.min()} to {labels.max()}"
        )
    return np.eye(num_classes)[labels]
