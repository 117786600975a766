"""Whether one operator's `backward` is right, measured at the operator itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.backpropagation.trace import LOSS, Trace, Visit
from minidl.gradcheck import GradCheckRow, float64_copy, numerical_gradient, repeatable

Array = npt.NDArray[Any]
EPS = 1e-6


def fault_of(visit: Visit, passes: Trace) -> str:
    """Return what is wrong with one visit of a backward pass, or "" if nothing is.

    Each operator is asked two things: was it given what the operator after it returned, and do
    its gradients agree with central differences of its own forward pass? If the answers are yes
    all along the row, the chain rule makes every gradient right.
    """
    position = next(i for i, other in enumerate(passes.visits) if other is visit)
    if visit.name != LOSS:
        before = passes.visits[position - 1]
        if not np.array_equal(before.returned, visit.received, equal_nan=True):
            return f"it was not given the gradient that {before.name} returned"
    for row in check_rows(visit, passes):
        if row.backward.size == 0:
            return f"∂L/∂{row.name}: expected it in grads[{row.name!r}], found nothing"
        if not row.ok:
            return str(row).replace(": differs, e.g.", ", e.g.")
    return ""


def check_rows(visit: Visit, passes: Trace) -> list[GradCheckRow]:
    """Compare what an operator's `backward` gave with central differences.

    With the gradient g that it received, the differences are those of Σ g·op(x) in x and in
    every parameter, so the check is of this operator alone: it fails where the fault is.
    """
    x = passes.forward_of(visit.name).received.astype(np.float64)
    op, call = _in_float64(visit, passes)
    tolerance = 1e-6 if visit.returned.dtype == np.float64 else 1e-3

    def weighted(_: Array) -> float:
        return float((visit.received * np.asarray(call(x))).sum())

    own = "predicts" if visit.name == LOSS else "x"
    given = {own: visit.returned, **visit.grads}
    arrays = {own: x, **getattr(op, "params", {})}
    return [
        GradCheckRow(
            name,
            given.get(name, np.empty(0)),
            numerical_gradient(weighted, array, eps=EPS),
            tolerance,
            weighted(x),
        )
        for name, array in arrays.items()
    ]


def local_gradient(visit: Visit, passes: Trace) -> tuple[Array, bool]:
    """Return an operator's own slopes, ∂(output)/∂(input), measured by central differences.

    Returns
    -------
    slopes : ndarray
        Of the input's shape (N, D) if every output depends on its own input only; otherwise for
        the first sample, (M, D), the slope of each output in each input.
    elementwise : bool
        Which of the two it is.
    """
    x = passes.forward_of(visit.name).received.astype(np.float64)
    _, call = _in_float64(visit, passes)
    y = np.asarray(call(x))
    slopes = np.stack([_slopes(call, x, index) for index in np.ndindex(x.shape)])
    if y.ndim == 0:
        return slopes.reshape(x.shape), True
    square = slopes.reshape(x.size, y.size)
    if y.shape == x.shape and not (square * (1 - np.eye(x.size))).any():
        return np.diagonal(square).reshape(x.shape), True
    return slopes.reshape(*x.shape, *y.shape)[0, ..., 0, :].T, False


def _slopes(call: Callable[[Array], Any], x: Array, index: tuple[int, ...]) -> Array:
    """Return by how much every output changes with one input."""
    above, below = x.copy(), x.copy()
    above[index] += EPS
    below[index] -= EPS
    return (np.asarray(call(above)) - np.asarray(call(below))) / (2 * EPS)


def _in_float64(visit: Visit, passes: Trace) -> tuple[Any, Callable[[Array], Any]]:
    """Return a copy of the operator in float64, and a function of its input alone.

    The function draws the random numbers that the operator drew in the forward pass.
    """
    op = float64_copy(visit.op)
    if visit.name == LOSS:
        return op, lambda x: op(x, passes.labels)
    if op.rng is not None:
        op.rng.bit_generator.state = passes.forward_of(visit.name).draws
    return op, repeatable(op)
