"""How numbers, arrays and arguments are written in a diagnosis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from minidl.validation import describe

PLAIN = (np.ndarray, np.generic, bool, int, float, complex, str, bytes, list, tuple, dict, set)
SMALL = 8  # arrays up to this size are written out


def show(value: Any, digits: int = 4) -> str:
    """Return a number or a small array as text; of a larger array, its shape.

    Examples
    --------
    >>> show(np.array([[0.5, 1 / 3]])), show(48120.0), show(np.zeros((9, 2)))
    ('[[0.5, 0.3333]]', '48120', 'an array of shape (9, 2) and dtype float64')
    """
    array = np.asarray(value)
    if array.dtype.kind not in "fiub" or array.size > SMALL:
        return describe_answer(value)
    if array.ndim == 0:
        return _show_number(array.item(), digits)
    if array.size == 0:
        return f"an empty array of shape {array.shape}"
    return "[" + ", ".join(show(part, digits) for part in array) + "]"


def _show_number(number: float, digits: int) -> str:
    """Return a number with so many digits; of whole ones below a million all are shown."""
    is_count = abs(number) < 1e6 and number == int(number)
    return f"{number:.{max(digits, 6) if is_count else digits}g}"


def capital(text: str) -> str:
    """Return a text as the beginning of a sentence; names such as b and fc1.W stay as they are.

    Examples
    --------
    >>> capital("the new w"), capital("b for 2 layers"), capital("fc1.W")
    ('The new w', 'b for 2 layers', 'fc1.W')
    """
    first = text.partition(" ")[0].replace("-", "")
    is_word = len(first) > 1 and first.isalpha() and first.islower()
    return text[:1].upper() + text[1:] if is_word else text


def show_pair(first: float, second: float) -> tuple[str, str]:
    """Return two numbers with as many digits as it takes to tell them apart.

    Examples
    --------
    >>> show_pair(0.25, 0.2500001)
    ('0.25', '0.2500001')
    """
    for digits in (4, 7, 10, 17):
        pair = show(first, digits), show(second, digits)
        if pair[0] != pair[1]:
            break
    return pair


def show_arguments(names: Sequence[str], args: Sequence[Any]) -> str:
    """Return `x = [1, 2], y = 0`.

    Examples
    --------
    >>> show_arguments(["x", "y"], (np.array([1, 2]), 0))
    'x = [1, 2], y = 0'
    """
    return ", ".join(f"{name} = {show(arg)}" for name, arg in zip(names, args, strict=False))


def describe_kind(value: object) -> str:
    """Return what a value is; of a list, a tuple, a dict or a set not what is in its objects.

    Examples
    --------
    >>> describe_kind((np.zeros(3), 2.0)), describe_kind(2.0), describe_kind({})
    ('a tuple of 2: ndarray and float', '2', 'a dict')
    """
    if isinstance(value, (tuple, list)):
        kinds = " and ".join(type(part).__name__ for part in value[:3])
        return f"a {type(value).__name__} of {len(value)}" + (f": {kinds}" if kinds else "")
    return f"a {type(value).__name__}" if isinstance(value, (dict, set)) else show(value)


def describe_answer(value: object) -> str:
    """Return a description for a learner, without addresses of functions and objects.

    Examples
    --------
    >>> describe_answer(show), describe_answer(int), describe_answer([1, 2])
    ('the function show', 'the class int', '[1, 2]')
    """
    if isinstance(value, PLAIN):
        return describe(value)
    if isinstance(value, type):
        return f"the class {value.__name__}"
    if callable(value) and hasattr(value, "__name__"):
        return f"the function {value.__name__}"
    return f"an object of class {type(value).__name__}"
