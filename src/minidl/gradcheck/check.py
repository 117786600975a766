"""The gradient checks: of an op, in its input and parameters, and of a loss, in its inputs."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.gradcheck.differences import numerical_gradient, repeatable
from minidl.gradcheck.report import GradCheckReport, GradCheckRow
from minidl.op import Op
from minidl.sparse import SparseGradient
from minidl.validation import as_float_array, as_generator, as_number_array, as_plain_array

Array = npt.NDArray[Any]


def gradcheck(
    op: Op,
    x: Any,
    *,
    rng: int | np.random.Generator | None = 0,
    eps: float = 1e-6,
    tolerance: float = 1e-6,
) -> GradCheckReport:
    """Compare an op's `backward` with central differences, for its input and every parameter.

    The loss is L = Σ g·op(x) with random g, so that ∂L/∂(output) = g exercises every output. The
    op is left as it was: the check is of a copy, which draws the same random numbers and starts
    from the same buffers in every pass.

    Parameters
    ----------
    op : Op
        A layer or a model in float64.
    x : array_like
        An input for it. Keep clear of kinks, such as 0 for a ReLU, where no derivative exists.
        Whole numbers count as others, unless the op takes nothing else, as an embedding does:
        they are an index then, which has no gradient.
    rng : int, numpy.random.Generator or None
        Where g comes from.
    eps : float
        The step of the differences.
    tolerance : float
        The relative error up to which two gradients agree.

    Returns
    -------
    GradCheckReport

    Raises
    ------
    TypeError
        If a parameter is not in float64.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> gradcheck(Linear(3, 2, rng=0), [[1.0, 2.0, 3.0]])
    ∂L/∂x, shape (1, 3): agrees
    ∂L/∂W, shape (3, 2): agrees
    ∂L/∂b, shape (1, 2): agrees
    """
    op = copy.deepcopy(op)
    _check_float64(op)
    forward = repeatable(op)
    x = _as_input(forward, x)
    g = as_generator(rng).standard_normal(np.shape(forward(x)))

    def loss(_: Array) -> float:
        return float((g * forward(x)).sum())

    arrays = [("x", x)] if x.dtype.kind == "f" else []
    arrays += [(p.name, p.value) for p in op.parameters()]
    numerical = [numerical_gradient(loss, array, eps=eps) for _, array in arrays]
    value = loss(x)
    dx = op.backward(g.copy())
    backward = [np.array(as_plain_array(dx, "∂L/∂x"))] if x.dtype.kind == "f" else []
    backward += [_dense(gradient) for gradient in _gradients(op)]
    names = [name for name, _ in arrays]
    rows = zip(names, backward, numerical, strict=True)
    return GradCheckReport(tuple(GradCheckRow(*row, tolerance, value) for row in rows))


def _check_float64(op: Op) -> None:
    for p in op.parameters():
        if p.value.dtype != np.float64:
            raise TypeError(
                f"gradcheck: expected parameters in float64, received {p.name} in "
                f"{p.value.dtype}; try gradcheck(float64_copy(op), x)"
            )


def _as_input(forward: Callable[[Any], Any], x: Any) -> Array:
    """Return a copy of x in float64, or in whole numbers if forward refuses any others."""
    numbers = np.array(as_float_array(x, "x", dtype=np.float64))
    given = as_number_array(x, "x")
    if given.dtype.kind in "iu":
        try:
            forward(numbers)
        except TypeError:
            return np.array(given)
    return numbers


def _gradients(op: Op) -> list[Any]:
    """Return what backward has stored, also a misfit, which `Parameter.grad` would refuse."""
    kept = [(layer.grads, key) for _, layer in op.named_layers() for key in layer.params]
    missing = [p for p, (grads, key) in zip(op.parameters(), kept, strict=True) if key not in grads]
    return [missing[0].grad] if missing else [grads[key] for grads, key in kept]


def _dense(gradient: Any) -> Array:
    if isinstance(gradient, SparseGradient):
        return gradient.to_dense()
    return np.array(as_plain_array(gradient, "gradient"))


def gradcheck_loss(
    loss: Callable[..., float],
    *inputs: Any,
    wrt: Sequence[str] | None = None,
    eps: float = 1e-6,
    tolerance: float = 1e-6,
) -> GradCheckReport:
    """Compare a loss's `backward` with central differences, for each input with a gradient.

    Parameters
    ----------
    loss : callable
        An object such as `minidl.losses.BCELoss` with reduction "mean" or "sum": called with its
        inputs it returns a number, and its `backward` returns a gradient, or a tuple of several.
        The check is of a copy.
    *inputs : array_like
        Usually predictions and labels, of the shapes that the loss expects.
    wrt : sequence of str, optional
        What the inputs that have a gradient, the first ones, are called in the report. By default
        a loss of `minidl.losses` says which they are; of any other, it is `predicts` alone.
    eps, tolerance : float
        See `gradcheck`.

    Returns
    -------
    GradCheckReport

    Raises
    ------
    ValueError
        If `backward` returns another number of gradients.

    Examples
    --------
    >>> class Squared:
    ...     def __call__(self, x, y):
    ...         self.difference = x - y
    ...         return (self.difference**2).sum()
    ...
    ...     def backward(self):
    ...         return 2 * self.difference, -2 * self.difference
    >>> gradcheck_loss(Squared(), [[3.0]], [[1.0]], wrt=["x", "y"])
    ∂L/∂x, shape (1, 1): agrees
    ∂L/∂y, shape (1, 1): agrees
    """
    loss, given = copy.deepcopy(loss), list(inputs)
    names = _differentiable(loss) if wrt is None else wrt
    for place, name in enumerate(names):
        given[place] = np.array(as_float_array(given[place], name, dtype=np.float64))
    arrays = given[: len(names)]
    numerical = [numerical_gradient(lambda _: loss(*given), array, eps=eps) for array in arrays]
    value = float(loss(*given))
    backward = loss.backward()  # type: ignore[attr-defined]
    gradients = backward if isinstance(backward, tuple) else (backward,)
    if len(gradients) != len(names):
        raise ValueError(
            f"gradcheck_loss: expected a gradient of each of {', '.join(names)}, received "
            f"{len(gradients)} from backward; try another wrt"
        )
    rows = zip(names, map(np.array, gradients), numerical, strict=True)
    return GradCheckReport(tuple(GradCheckRow(*row, tolerance, value) for row in rows))


def _differentiable(loss: Any) -> Sequence[str]:
    names: Sequence[str] = getattr(loss, "inputs", ("predicts",))
    return names[: getattr(loss, "differentiable", 1)]
