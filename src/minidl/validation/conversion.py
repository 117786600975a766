"""What people keep their data in, made an array: lists, frames, tensors, kinds of arrays."""

from __future__ import annotations

import contextlib
import numbers
from collections.abc import Iterator, Mapping, Set
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation.arguments import describe

Array = npt.NDArray[Any]


REAL = "an array of real numbers"


def as_plain_array(value: Any, name: object, *, expected: str = REAL) -> Array:
    """Return `value` as an `ndarray` and no subclass of it, without copying where possible.

    The one door by which data enter. A matrix, whose `*` multiplies rows by columns, becomes an
    array, and so does a masked array of which no entry is masked. An array of Python's numbers,
    as a frame of floats and booleans gives, becomes one of NumPy's. What else an array may
    consist of, such as text, stays as it is; `as_float_array` refuses it.

    Parameters
    ----------
    value : array_like
        An array, a number, a list, a pandas frame or series, a PyTorch tensor …
    name : object
        What the array is called in the error: a text, or an object that `str` names.
    expected : str
        What the error says is expected.

    Raises
    ------
    TypeError
        If `value` cannot become an array, rows differ in length, or a number is missing.
    ValueError
        If entries are masked, here or in a list's parts: there is no number in their place.

    Examples
    --------
    >>> as_plain_array(np.ma.masked_array([1.0, 2.0], mask=False), "X")
    array([1., 2.])
    >>> as_plain_array(np.array([True, 0.5], dtype=object), "X")
    array([1. , 0.5])
    """
    if type(value) is np.ndarray and value.dtype.kind != "O":
        return value
    _refuse_masked(value, name)
    array = np.asarray(_converted(value, name, expected))
    return (
        _of_python_numbers(array, name, expected)
        if array.dtype.kind == "O" and array.ndim
        else array
    )


def _refuse_masked(value: Any, name: object) -> None:
    """Refuse masked entries in an array or in the parts of a list, which NumPy would uncover."""
    if isinstance(value, list | tuple):
        for part in value:
            if isinstance(part, list | tuple | np.ma.MaskedArray):
                _refuse_masked(part, name)
    elif isinstance(value, np.ma.MaskedArray) and np.ma.is_masked(value):
        count = int(np.ma.getmaskarray(value).sum())
        raise ValueError(
            f"{name}: expected a number in every place, received a masked array with {count} "
            f"masked {'entry' if count == 1 else 'entries'}; try leaving such rows out, or "
            "x.filled(…) with a number for them"
        )


def _converted(value: Any, name: object, expected: str) -> Any:
    try:
        return np.asarray(value)
    except ValueError as error:
        if not isinstance(value, list | tuple):  # not the shape: an object with words of its own
            raise _refusal(value, name, expected, f" ({error})") from error
        advice = "; try np.array(...) with rows of equal length"
        raise _refusal(value, name, expected, advice) from None
    except (TypeError, RuntimeError) as error:
        advice = "; try x.detach().cpu().numpy()" if hasattr(value, "detach") else f" ({error})"
        raise _refusal(value, name, expected, advice) from error


def _of_python_numbers(array: Array, name: object, expected: str) -> Array:
    """Return an array of Python's numbers as one of NumPy's; leave other objects as they are."""
    kinds = {type(entry) for entry in array.flat}
    if not all(map(_is_real, kinds)):
        _refuse_missing(array, name, expected, kinds)
        return array
    whole = all(issubclass(kind, numbers.Integral | np.bool_) for kind in kinds)
    for dtype in (np.int64, np.float64) if whole else (np.float64,):
        with contextlib.suppress(OverflowError):  # a whole number with more digits than fit
            return array.astype(dtype)
    return array


def _is_real(kind: type) -> bool:
    return issubclass(kind, numbers.Real | np.bool_ | Decimal)


def _refuse_missing(array: Array, name: object, expected: str, kinds: set[type]) -> None:
    """Refuse `None`, and what pandas writes for it, among numbers."""
    missing = [kind for kind in kinds if kind.__name__ in ("NoneType", "NAType", "NaTType")]
    others = kinds - set(missing)
    if not missing or not all(map(_is_real, others)):
        return
    flat = next(i for i, entry in enumerate(array.flat) if type(entry) in missing)
    where = tuple(int(i) for i in np.unravel_index(flat, array.shape))
    raise TypeError(
        f"{name}: expected {expected}, received {array[where]} at index {where}; "
        "try leaving such rows out (in pandas, frame.dropna()), or a number for them (fillna)"
    )


def not_numbers(array: Array, value: Any, name: object) -> TypeError:
    """Return the error to raise where `value`, which became `array`, should consist of numbers.

    Examples
    --------
    >>> print(not_numbers(np.array(["cat", "dog"]), ["cat", "dog"], "y"))
    y: expected an array of real numbers, received ['cat', 'dog']; try numbers for the texts, such \
as np.unique(y, return_inverse=True)[1] for classes
    """
    return _refusal(value, name, REAL, f"; try {_advice(array, value)}")


def _advice(array: Array, value: Any) -> str:
    if isinstance(value, Mapping):
        return "np.column_stack(list(x.values())) for columns by their names"
    if isinstance(value, Iterator | Set):
        return "list(...) of it"
    if hasattr(value, "toarray"):
        return "x.toarray()"
    if array.dtype.names:
        return "np.lib.recfunctions.structured_to_unstructured(x) for fields with names"
    if array.dtype.kind == "c":
        return "its real part, x.real"
    if array.dtype.kind in "mM":
        return "numbers for the times, such as (x - x[0]) / np.timedelta64(1, 's')"
    if array.dtype.kind in "US" or (array.ndim and _first_text(array)):
        return "numbers for the texts, such as np.unique(y, return_inverse=True)[1] for classes"
    return "np.array(...) with rows of equal length"


def _first_text(array: Array) -> bool:
    return any(isinstance(entry, str) for entry in array.flat)


def _refusal(value: Any, name: object, expected: str, advice: str) -> TypeError:
    return TypeError(f"{name}: expected {expected}, received {describe(value)}{advice}")
