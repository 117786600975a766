"""Checks of a data set, made once, where it enters the Runner."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation import as_float_array, check_finite, describe

Array = npt.NDArray[Any]
Dataset = tuple[Array, Array]


def check_dataset(data: Any, name: str) -> Dataset:
    """Return `data` as a pair of arrays of equal length without NaN or infinity.

    Parameters
    ----------
    data : (X, y)
        Inputs of shape (N, …) and labels of shape (N, …).
    name : str
        What the set is called in errors.

    Raises
    ------
    TypeError, ValueError
        If it is no such pair, is empty, or holds a value that is not finite.

    Examples
    --------
    >>> X, y = check_dataset(([[1, 2]], [[0]]), "train_set")
    >>> X.shape, y.shape
    ((1, 2), (1, 1))
    """
    if not isinstance(data, tuple | list) or len(data) != 2:
        raise TypeError(f"{name}: expected a pair (X, y), received {describe(data)}")
    X = as_float_array(data[0], f"{name}: X")
    y = np.asarray(data[1])
    if y.dtype.kind not in "fiub":
        raise TypeError(f"{name}: expected labels as numbers, received {describe(data[1])}")
    if X.ndim == 0 or y.ndim == 0 or len(X) != len(y):
        raise ValueError(
            f"{name}: expected as many labels as inputs, received {X.shape} and {y.shape}"
        )
    if len(X) == 0:
        raise ValueError(f"{name}: expected at least one sample, received none")
    check_finite(X, f"{name}: X")
    check_finite(y, f"{name}: y")
    return X, y


def check_same_width(dev_set: Dataset, train_set: Dataset) -> Dataset:
    """Return `dev_set` if its samples have the shape of those in `train_set`.

    Raises
    ------
    ValueError
        If inputs or labels have another shape.
    """
    for dev, train, what in zip(dev_set, train_set, ("inputs", "labels"), strict=True):
        if dev.shape[1:] != train.shape[1:]:
            expected = str(("N", *train.shape[1:])).replace("'", "")
            raise ValueError(
                f"dev_set: expected {what} of shape {expected} as in train_set, "
                f"received {dev.shape}"
            )
    return dev_set
