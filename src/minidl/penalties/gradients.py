"""The gradients of several parameters together: whose they are, their norm, other ones for them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.op import Op
from minidl.parameter import Parameter
from minidl.sparse import SparseGradient
from minidl.validation import describe

Array = npt.NDArray[Any]
Parameters = Op | Parameter | Iterable[Parameter]


def as_parameters(parameters: Parameters) -> list[Parameter]:
    """Return the parameters of an op, of several, or one by itself, as a list.

    Raises
    ------
    TypeError
        If they are none.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> as_parameters(Linear(2, 1))
    [Parameter('W', shape=(2, 1)), Parameter('b', shape=(1, 1))]
    """
    if isinstance(parameters, Parameter):
        return [parameters]
    found = parameters.parameters() if isinstance(parameters, Op) else parameters
    chosen = list(found) if isinstance(found, Iterable) else [found]
    for parameter in chosen:
        if not isinstance(parameter, Parameter):
            raise TypeError(
                f"expected a model or parameters, received {describe(parameter)}; "
                "try model.parameters()"
            )
    return chosen


def norm_of(grads: list[Any], norm_type: float = 2.0) -> float:
    """Return the p-norm of gradients as of one long vector, without overflow in their squares.

    Examples
    --------
    >>> print(f"{norm_of([np.array([3e200]), np.array([[4e200]])]):.0e}")
    5e+200
    """
    numbers = [g.coalesce().values if isinstance(g, SparseGradient) else g for g in grads]
    sizes = [np.abs(x).ravel() for x in numbers if x.size]
    largest = float(np.max([x.max() for x in sizes])) if sizes else 0.0  # NaN if one is
    if norm_type == math.inf or not math.isfinite(largest) or largest == 0:
        return largest
    with np.errstate(under="ignore"):
        powers = sum(float(np.sum((x / largest) ** norm_type, dtype=float)) for x in sizes)
    return largest * float(powers ** (1 / norm_type))


def change_grad(parameter: Parameter, change: Callable[[Array], Array]) -> None:
    """Give a parameter another gradient, a new array, since an op may share its own with others."""
    grad = parameter.grad
    if isinstance(grad, SparseGradient):
        rows = grad.coalesce()  # what stands for one row is one number
        parameter.grad = SparseGradient(rows.indices, change(rows.values), rows.shape)
    else:
        parameter.grad = change(grad)
