"""Checks of single arguments: numbers, choices, names, and where random numbers come from."""

from __future__ import annotations

import math
import numbers
import re
from collections.abc import Collection
from typing import TypeVar

import numpy as np

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

    An array or tensor of one number is refused, and its `.item()` advised: whoever keeps one
    would see the setting change with it.

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
            + _item_of(value)
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

    An array or tensor of one number is refused, and its `.item()` advised: whoever keeps one
    would see the setting change with it.

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
        raise TypeError(f"{name}: expected a number, received {describe(value)}{_item_of(value)}")
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


def _item_of(value: object) -> str:
    """Return the advice for an array or tensor that holds one number."""
    shape = getattr(value, "shape", None)
    one = isinstance(shape, tuple) and all(length == 1 for length in shape)
    return "; try .item() of it" if one and hasattr(value, "item") else ""


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


def check_bool(value: object, name: str) -> bool:
    """Return `value` if it is True or False; refuse what is merely taken for one of them.

    Raises
    ------
    TypeError
        If it is anything else.

    Examples
    --------
    >>> check_bool("no", "nesterov")
    Traceback (most recent call last):
    TypeError: nesterov: expected True or False, received 'no'
    """
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name}: expected True or False, received {describe(value)}")
    return bool(value)


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
