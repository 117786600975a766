"""Argument and shape checks with one wording: what was expected, what came, what to try."""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Collection
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]
T = TypeVar("T")

SAFE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
DEVICE_NAME = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])", re.IGNORECASE)


def describe(value: object) -> str:
    """Return a short description of a value for the "received …" part of an error.

    Examples
    --------
    >>> describe(np.zeros((3, 2)))
    'an array of shape (3, 2) and dtype float64'
    >>> describe("ten")
    "'ten'"
    """
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}… ({type(value).__name__})"


def check_positive_int(value: object, name: str, *, minimum: int = 1) -> int:
    """Return `value` as an int of at least `minimum`; refuse floats, booleans and strings.

    Raises
    ------
    TypeError
        If `value` is not an integer.
    ValueError
        If it is below `minimum`.

    Examples
    --------
    >>> check_positive_int(5, "hidden_size")
    5
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Integral):
        raise TypeError(
            f"{name}: expected a whole number of at least {minimum}, received {describe(value)}"
        )
    if value < minimum:
        raise ValueError(f"{name}: expected at least {minimum}, received {value}")
    return int(value)


def check_real(
    value: object,
    name: str,
    *,
    low: float | None = None,
    high: float | None = None,
    low_inclusive: bool = True,
    high_inclusive: bool = True,
) -> float:
    """Return `value` as a finite float inside the given interval.

    Raises
    ------
    TypeError
        If `value` is not a real number.
    ValueError
        If it is NaN, infinite or outside the interval.

    Examples
    --------
    >>> check_real(0.2, "noise", low=0)
    0.2
    """
    if isinstance(value, bool) or not isinstance(value, numbers.Real):
        raise TypeError(f"{name}: expected a number, received {describe(value)}")
    try:
        number = float(value)
    except OverflowError:  # a whole number beyond all floats
        number = -math.inf if value < 0 else math.inf
    above = low is None or (number >= low if low_inclusive else number > low)
    below = high is None or (number <= high if high_inclusive else number < high)
    if not (math.isfinite(number) and above and below):
        bounds = _interval(low, high, low_inclusive, high_inclusive)
        shown = f"{number:g}" if float(f"{number:g}") == number else repr(number)
        raise ValueError(f"{name}: expected a finite number{bounds}, received {shown}")
    return number


def _interval(
    low: float | None, high: float | None, low_inclusive: bool, high_inclusive: bool
) -> str:
    parts = []
    if low is not None:
        parts.append(f" {'≥' if low_inclusive else '>'} {low:g}")
    if high is not None:
        parts.append(f" {'≤' if high_inclusive else '<'} {high:g}")
    return " and".join(parts)


def check_choice(value: T, name: str, choices: Collection[T]) -> T:
    """Return `value` if it is one of `choices`.

    Raises
    ------
    ValueError
        If it is not; the message lists the choices.

    Examples
    --------
    >>> check_choice("mean", "reduction", ("none", "mean", "sum"))
    'mean'
    """
    if value not in choices:
        listed = ", ".join(map(repr, choices))
        raise ValueError(f"{name}: expected one of {listed}, received {describe(value)}")
    return value


def check_name(value: str, name: str) -> str:
    """Return `value` if it can serve as a layer's name and as a file's name on every system.

    Raises
    ------
    ValueError
        If it holds anything but letters, digits, `_` and `-`, or more than 64 of them, or is a
        device's name on Windows.

    Examples
    --------
    >>> check_name("fc1", "name")
    'fc1'
    """
    if not (isinstance(value, str) and SAFE_NAME.fullmatch(value)):
        expected = "letters, digits, _ or -, starting with a letter or _"
    elif len(value) > 64:
        expected = "at most 64 characters"
    elif DEVICE_NAME.fullmatch(value):
        expected = "a name that is not reserved on Windows"
    else:
        return value
    raise ValueError(
        f"{name}: expected {expected}, since it also names a file, received {describe(value)}; "
        "try 'fc1'"
    )


def as_float_array(value: object, name: object, *, dtype: npt.DTypeLike | None = None) -> Array:
    """Return `value` as an array of floating-point numbers, without copying where possible.

    Parameters
    ----------
    value : array_like
        Numbers in any shape. Integers and booleans become float64.
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
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value if dtype is None or dtype == value.dtype else value.astype(dtype)
    try:
        array = np.asarray(value)
    except ValueError:
        array = np.asarray(None)
    if array.dtype.kind not in "fiub":
        raise TypeError(
            f"{name}: expected an array of real numbers, received {describe(value)}; "
            "try np.array(...) with rows of equal length"
        )
    target = dtype or (array.dtype if array.dtype.kind == "f" else np.float64)
    return array.astype(target, copy=False)


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
    as_float_array(value, name)  # refuses text
    given = np.asarray(value)
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
    try:
        array = np.asarray(value)
    except ValueError:
        array = np.asarray(None)
    if array.dtype.kind not in "iu":
        hint = "; try x.astype(int)" if array.dtype.kind == "f" else ""
        raise TypeError(
            f"{name}: expected whole numbers as indices, received {describe(value)}{hint}"
        )
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
    return array.item(array.argmin()), array.item(array.argmax())


def as_generator(rng: int | np.random.Generator | None) -> np.random.Generator:
    """Return a random generator: a new one from a seed, or the one given, shared.

    Parameters
    ----------
    rng : int, numpy.random.Generator or None
        A seed, a generator to draw from, or None for a seed from the system.

    Raises
    ------
    TypeError
        If `rng` is none of these.

    Examples
    --------
    >>> int(as_generator(0).integers(100))
    85
    """
    if isinstance(rng, np.random.Generator):
        return rng
    if rng is None:
        return np.random.default_rng()
    if isinstance(rng, numbers.Integral) and not isinstance(rng, bool):
        return np.random.default_rng(check_positive_int(rng, "rng", minimum=0))
    raise TypeError(
        f"rng: expected a seed or a numpy.random.Generator, received {describe(rng)}; "
        "try rng=0 or rng=np.random.default_rng(0)"
    )
