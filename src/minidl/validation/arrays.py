"""Checks of arrays: what they consist of, and where a number stands that should not."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation.arguments import describe
from minidl.validation.conversion import as_plain_array, not_numbers

Array = npt.NDArray[Any]

WHOLE = "whole numbers as indices"


def as_float_array(value: object, name: object, *, dtype: npt.DTypeLike | None = None) -> Array:
    """Return `value` as an array of floating-point numbers, without copying where possible.

    Parameters
    ----------
    value : array_like
        Numbers in any shape: arrays, lists, frames, tensors; see `as_plain_array`. Integers and
        booleans become float64.
    name : object
        What the array is called in the error: a text, or an object that `str` names.
    dtype : dtype, optional
        The floating-point type wanted; by default the array's own, or float64.

    Raises
    ------
    TypeError
        If `value` does not consist of real numbers in a regular shape.

    Examples
    --------
    >>> as_float_array([1, 2], "x")
    array([1., 2.])
    """
    if type(value) is np.ndarray and value.dtype.kind == "f":
        return value if dtype is None or dtype == value.dtype else _rounded(value, dtype)
    array = as_number_array(value, name)
    target = dtype or (array.dtype if array.dtype.kind == "f" else np.float64)
    return array if array.dtype == target else _rounded(array, target)


def _rounded(array: Array, dtype: npt.DTypeLike) -> Array:
    """Return the same numbers in another floating-point type; what is tiny there becomes 0."""
    with np.errstate(under="ignore"):
        return array.astype(dtype)


def as_number_array(value: object, name: object) -> Array:
    """Return `value` as an array of real numbers, in whatever dtype it has.

    Raises
    ------
    TypeError
        If `value` does not consist of real numbers in a regular shape.

    Examples
    --------
    >>> as_number_array([[True, 2], [False, 3]], "X")
    array([[1, 2],
           [0, 3]])
    """
    array = as_plain_array(value, name)
    if array.dtype.kind not in "fiub":
        raise not_numbers(array, value, name)
    return array


def as_array_of(dtype: np.dtype[Any], value: object, name: object) -> Array:
    """Return `value` as an array of `dtype`, and refuse what would lose more than digits.

    Raises
    ------
    TypeError
        If `value` does not consist of real numbers in a regular shape.
    ValueError
        If `dtype` holds whole numbers and some of these are not, or are too large for it.

    Examples
    --------
    >>> as_array_of(np.dtype("int64"), [3.0], "seen")
    array([3])
    """
    if dtype.kind == "f":
        return as_float_array(value, name, dtype=dtype)
    given = as_number_array(value, name)  # refuses text
    with np.errstate(invalid="ignore"):  # NaN and ∞, which differ from what becomes of them
        whole = given.astype(dtype)
    if not np.array_equal(whole, given):
        raise ValueError(f"{name}: expected values that {dtype} can hold, received {given}")
    return whole


def as_index_array(value: object, name: object, size: int) -> Array:
    """Return `value` as an array of indices of something that has `size` entries.

    Raises
    ------
    TypeError
        If `value` does not consist of whole numbers in a regular shape.
    ValueError
        If one of them lies outside 0 … size − 1; it says which and where.

    Examples
    --------
    >>> as_index_array([[0, 4]], "x", 5)
    array([[0, 4]])
    """
    array = as_plain_array(value, name, expected=WHOLE)
    if array.dtype.kind not in "iu":
        hint = "; try x.astype(int)" if array.dtype.kind in "fb" else ""
        raise TypeError(f"{name}: expected {WHOLE}, received {describe(value)}{hint}")
    if array.size:
        low, high = array.argmin(), array.argmax()
        if array.item(low) < 0 or array.item(high) >= size:
            flat = low if array.item(low) < 0 else high
            where = tuple(int(i) for i in np.unravel_index(flat, array.shape))
            raise ValueError(
                f"{name}: expected indices from 0 to {size - 1}, "
                f"received {array.item(flat)} at {where}"
            )
    return array


def check_float_dtype(dtype: npt.DTypeLike, name: str) -> np.dtype[Any]:
    """Return `dtype` if its numbers have fractions.

    Examples
    --------
    >>> check_float_dtype("float32", "dtype")
    dtype('float32')
    """
    if np.dtype(dtype).kind != "f":
        raise TypeError(f"{name}: expected float64 or float32, received {np.dtype(dtype)}")
    return np.dtype(dtype)


def check_finite(array: Array, name: str) -> None:
    """Refuse an array that holds NaN or infinity, and say where the first one stands.

    Raises
    ------
    ValueError
        With the index of the first value that is not finite.

    Examples
    --------
    >>> check_finite(np.array([1.0, 2.0]), "X")
    """
    if np.isfinite(array).all():
        return
    where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
    raise ValueError(
        f"{name}: expected finite numbers, received {array[where]} at index {where}; "
        "try np.isfinite to find and remove such rows"
    )


def extremes(array: Array) -> tuple[float, float]:
    """Return the smallest and the largest number of an array; NaN twice if it holds one.

    For the small arrays of an inner loop, finding their places takes a third of the time of
    `array.min()` and `array.max()`.

    Examples
    --------
    >>> extremes(np.array([[3.0], [-1.0], [2.0]]))
    (-1.0, 3.0)
    """
    flat = array.ravel("K")  # as it lies in memory: where columns lie together, no copy
    return flat.item(flat.argmin()), flat.item(flat.argmax())


def smallest(array: Array) -> float:
    """Return the smallest number of an array, or NaN if it holds one, as fast as `extremes`.

    Examples
    --------
    >>> smallest(np.array([[3.0], [-1.0], [2.0]]))
    -1.0
    """
    flat = array.ravel("K")
    return flat.item(flat.argmin())
