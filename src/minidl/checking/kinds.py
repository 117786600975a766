"""What a check can expect of a value before its numbers count: one, two, or an array of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.plain import numbers
from minidl.checking.showing import describe_answer, describe_kind
from minidl.checking.verdicts import wrong

Array = npt.NDArray[Any]

DTYPES = (
    "A number such as 0.5 takes the dtype of the array that it meets; an array that you make anew, "
    "as by `np.zeros(3)`, `np.where(…, 1, -1)` or `0.5 * (x > 0)`, has 64 bits: "
    "`.astype(x.dtype)` gives it those of x."
)


def describe_no_array(value: Any) -> str:
    """Return what came in place of an array; of a list of numbers, how an array is made of it.

    Examples
    --------
    >>> describe_no_array([1.5, 2]), describe_no_array([1.5, "2"])
    ('a list: `np.array(…)` makes an array of it', "[1.5, '2']")
    """
    if isinstance(value, (list, tuple)) and numbers(value) is not None:
        return f"a {type(value).__name__}: `np.array(…)` makes an array of it"
    return describe_answer(value)


def expect_number(value: Any, *, what: str = "the result") -> float:
    """Return `value` as a float if it is one number (`not-one-number`).

    Examples
    --------
    >>> expect_number(np.float64(0.5))
    0.5
    """
    array = numbers(value)
    if array is None or array.ndim != 0 or array.dtype.kind == "b":
        wrong(
            "not-one-number",
            f"Expected {what} to be one number, received {describe_answer(value)}.",
        )
    return float(array)


def expect_two(value: Any, expected: str) -> tuple[Any, Any]:
    """Return the two results in `value`, a tuple or a list (`not-a-pair`).

    An array of two rows is one result: it is what many a learner returns in place of two.

    Parameters
    ----------
    value : object
        What the learner's code returned.
    expected : str
        What it should be: "two results, `return W, b`".

    Examples
    --------
    >>> expect_two([1, 2], "two results, `return W, b`")
    (1, 2)
    """
    if not isinstance(value, (tuple, list)) or len(value) != 2:
        wrong("not-a-pair", f"Expected {expected}, received {describe_kind(value)}.")
    return value[0], value[1]


def expect_array(
    value: Any,
    *,
    shape: tuple[int, ...] | None = None,
    dtype: npt.DTypeLike | None = None,
    what: str = "the result",
    given: str = "",
) -> Array:
    """Return `value` if it is an array of numbers (`not-an-array`, `shape`, `dtype`).

    Parameters
    ----------
    value : object
        What the learner's code returned.
    shape, dtype : optional
        What the array must have.
    what : str
        What to call the value: "the gradient".
    given : str
        What it was computed from: "x of shape (3, 2)".

    Examples
    --------
    >>> expect_array(np.zeros((1, 2)), shape=(1, 2))
    array([[0., 0.]])
    """
    is_array = type(value) is np.ndarray or issubclass(type(value), np.generic)
    if not is_array or numbers(value) is None:
        wrong(
            "not-an-array",
            f"Expected {what} to be a NumPy array, received {describe_no_array(value)}.",
        )
    context = f" for {given}" if given else ""
    if shape is not None and value.shape != shape:
        wrong("shape", f"Expected {what} of shape {shape}{context}, received {value.shape}.")
    if dtype is not None and value.dtype != dtype:
        wrong(
            "dtype",
            f"Expected {what} of dtype {np.dtype(dtype)}{context}, not {value.dtype}. {DTYPES}",
        )
    return np.asarray(value)
