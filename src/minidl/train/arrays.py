"""Arrays on their way into a model: numbers, their dtype, and how many go in at a time."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import ArrayDataset, DataLoader
from minidl.data.dataset import leaves_of
from minidl.op import Op
from minidl.validation import as_number_array, check_finite

Array = npt.NDArray[Any]

NUMBERS_AT_ONCE = 2**18
"""How many numbers of input an evaluation holds at a time; a few layers hold some times as many."""


def as_numbers(value: Any, name: str, dtype: np.dtype[Any] | None) -> Any:
    """Return numbers as an array, those with fractions finite and of a dtype; tuples by parts.

    Raises
    ------
    TypeError, ValueError
        If there are no numbers, or one is not finite.

    Examples
    --------
    >>> as_numbers((np.zeros(1, np.uint8), [0.5]), "X", np.dtype("float32"))
    (array([0], dtype=uint8), array([0.5], dtype=float32))
    """
    if isinstance(value, tuple):
        return tuple(as_numbers(part, f"{name}[{i}]", dtype) for i, part in enumerate(value))
    array = as_number_array(value, name)
    if array.dtype.kind == "f":
        with np.errstate(over="ignore", under="ignore"):  # what is too large is found below
            array = array.astype(dtype or array.dtype, copy=False)
        check_finite(array, name)
    return array


def dtype_of(model: Op) -> np.dtype[Any] | None:
    """Return the dtype of all of a model's parameters; None where there is not one for all.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> dtype_of(Linear(2, 1, dtype="float32"))
    dtype('float32')
    """
    dtypes = {parameter.value.dtype for parameter in model.parameters()}
    return dtypes.pop() if len(dtypes) == 1 else None


def samples_at_once(X: Any) -> int:
    """Return how many samples of these inputs an evaluation takes at a time.

    Examples
    --------
    >>> samples_at_once(np.zeros((100, 8, 8)))
    4096
    """
    inputs = leaves_of(X)
    return max(1, NUMBERS_AT_ONCE * len(inputs[0]) // max(1, sum(array.size for array in inputs)))


def batches_of_inputs(X: Any) -> Iterable[tuple[Any, Any]]:
    """Return inputs without labels as the batches of an evaluation.

    Examples
    --------
    >>> [len(batch) for batch, _ in batches_of_inputs(np.zeros((500, 1024)))]
    [256, 244]
    """
    first = leaves_of(X)[0]
    if first.ndim == 0 or len(first) <= samples_at_once(X):
        return [(X, ())]
    loader = DataLoader(ArrayDataset(X), samples_at_once(X))
    return ((batch, ()) for (batch,) in loader.batches())
