"""The weights that losses take, of elements or of classes."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from minidl.validation import as_float_array, check_finite

Array = npt.NDArray[Any]


def finite_weight(weight: Any, name: str) -> Array:
    """Return a weight as an array; refuse NaN and infinity, which would make the loss useless.

    Examples
    --------
    >>> finite_weight([[1, 2]], "weight")
    array([[1., 2.]])
    """
    weight = as_float_array(weight, name)
    check_finite(weight, name)
    return weight
