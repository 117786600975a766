"""Numbers too small for floating point, which are 0 whatever NumPy is set to do about them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import numpy as np

Given = ParamSpec("Given")
Result = TypeVar("Result")


def ignoring_underflow(formula: Callable[Given, Result]) -> Callable[Given, Result]:
    """Let what is too small for floating point be 0, also where NumPy is set to raise for it.

    The formula is computed anew then, so that in the usual case nothing is set and put back,
    which takes longer than a small array's arithmetic. It must not change what it is given.

    Examples
    --------
    >>> @ignoring_underflow
    ... def halve(x):
    ...     return x / 2
    >>> with np.errstate(all="raise"):
    ...     halve(np.array([5e-324]))
    array([0.])
    """

    @wraps(formula)
    def quiet(*args: Given.args, **options: Given.kwargs) -> Result:
        try:
            return formula(*args, **options)
        except FloatingPointError:
            with np.errstate(under="ignore"):
                return formula(*args, **options)

    return quiet
