"""What counts as numbers: plain ones, which are what they say and stay what they are.

An object can answer whatever it likes to `==`, to `isinstance` and to every function of NumPy, and
something else when it is asked again. So the type itself decides, and of an array there is a copy.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.verdicts import wrong

Array = npt.NDArray[Any]

NUMBERS = "fiub"
"""The kinds of dtype that count: real numbers, whole ones, and True and False."""


def numbers(value: Any) -> Array | None:
    """Return a value's numbers as a new array; None if it is anything else than plain numbers.

    A subclass of NumPy's array or of float, complex numbers, objects and texts are something else.
    A list or a tuple is taken for what it holds.

    Examples
    --------
    >>> numbers([1, 2.5]), numbers(np.float32(0.5)), numbers(1j), numbers("1")
    (array([1. , 2.5]), array(0.5, dtype=float32), None, None)
    >>> numbers(np.ma.array([1.0], mask=True)) is None
    True
    """
    kind = type(value)
    if kind in (list, tuple):
        parts = [numbers(part) for part in value]
        same = len({part.shape for part in parts if part is not None}) < 2
        return np.array(parts) if same and all(part is not None for part in parts) else None
    if kind is np.ndarray or kind in (bool, int, float) or issubclass(kind, np.generic):
        array = np.array(value)
        return array if array.dtype.kind in NUMBERS else None
    return None


def settled(result: Any) -> Any:
    """Return a result as it is now, with copies of its arrays (`not-plain`).

    Objects of other classes, such as an op, are returned themselves.

    Raises
    ------
    WrongAnswer
        For an array that is not plain, or what pretends to be one.

    Examples
    --------
    >>> settled((1, [np.array([2.0])]))
    (1, [array([2.])])
    >>> settled(np.ma.array([1.0]))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    minidl.checking.verdicts.WrongAnswer: not-plain: Expected plain ... received a MaskedArray...
    """
    kind = type(result)
    if issubclass(kind, (list, tuple)):
        sequence = list if issubclass(kind, list) else tuple
        return sequence(map(settled, sequence.__iter__(result)))
    if kind is np.ndarray and result.dtype.kind in NUMBERS:
        return result.copy()
    if issubclass(kind, np.generic) and result.dtype.kind in NUMBERS:
        return result
    if hasattr(kind, "__array__"):
        of = f" of dtype {result.dtype}" if kind is np.ndarray else ""
        wrong(
            "not-plain",
            f"Expected plain numbers or a plain NumPy array of numbers, received a "
            f"{kind.__name__}{of}: build it with NumPy's own functions, such as `np.asarray`.",
        )
    return result
