"""Check `backward` against central differences, the slow and obvious way to a gradient."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.op import Op
from minidl.validation import as_float_array, as_generator, check_real, describe

Array = npt.NDArray[Any]

FLOOR = 1e-3  # gradients below this share of L are compared absolutely: rounding blurs their digits


def float64_copy(op: Any) -> Any:
    """Return a copy of an op or a loss with parameters in float64, where small steps count.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> float64_copy(Linear(3, 2, dtype="float32")).params["W"].dtype
    dtype('float64')
    """
    twin = copy.deepcopy(op)
    for _, layer in twin.named_layers() if isinstance(twin, Op) else ():
        layer.params.update({k: a.astype(np.float64, copy=False) for k, a in layer.params.items()})
    return twin


def repeatable(op: Op) -> Callable[[Any], Any]:
    """Return an op's forward pass as a function that draws the same random numbers every time.

    Without it, central differences would compare two masks of dropout.

    Examples
    --------
    >>> from minidl.nn import Dropout
    >>> forward = repeatable(Dropout(0.5, rng=0))
    >>> bool((forward(np.ones((4, 3))) == forward(np.ones((4, 3)))).all())
    True
    """
    layers = [layer for _, layer in op.named_layers()]
    states = [(o.rng, o.rng.bit_generator.state) for o in layers if o.rng is not None]

    def forward(x: Any) -> Any:
        for generator, state in states:
            generator.bit_generator.state = state
        return op(x)

    return forward


def numerical_gradient(f: Callable[[Array], float], x: Array, *, eps: float = 1e-6) -> Array:
    """Return ∂f/∂x by central differences, (f(x + ε·eᵢ) − f(x − ε·eᵢ)) / 2ε for each element.

    The error shrinks with ε² until rounding takes over; ε = 1e-6 suits float64.

    Parameters
    ----------
    f : callable
        A function of the array that returns a number.
    x : ndarray of float64
        Where the gradient is taken. Its elements are moved in place, one at a time, and put
        back, so `f` may also read them through another reference, such as a layer's parameters.
    eps : float
        The step ε > 0.

    Returns
    -------
    ndarray
        Of the shape of `x`.

    Raises
    ------
    TypeError
        If `x` is not a float64 array, since a step of 1e-6 is lost in float32, or `f` does not
        return a number.

    Examples
    --------
    >>> numerical_gradient(lambda x: float((x**2).sum()), np.array([1.0, 3.0])).round(6)
    array([2., 6.])
    """
    check_real(eps, "eps", low=0, low_inclusive=False)
    if not isinstance(x, np.ndarray) or x.dtype != np.float64:
        raise TypeError(
            f"numerical_gradient: expected a float64 array, received "
            f"{getattr(x, 'dtype', type(x).__name__)}; try x = np.array(x, dtype=float)"
        )
    gradient = np.empty_like(x)
    for index in np.ndindex(x.shape):
        kept = x[index]
        try:
            x[index] = kept + eps
            above = f(x)
            x[index] = kept - eps
            below = f(x)
        finally:
            x[index] = kept
        if above is None or np.ndim(above):
            raise TypeError(
                f"numerical_gradient: expected an f that returns a number, "
                f"received {describe(above)}; try the .sum() of what it computes"
            )
        gradient[index] = (above - below) / (2 * eps)
    return gradient


@dataclass(frozen=True)
class GradCheckRow:
    """One gradient as `backward` and as central differences of `value` give it."""

    name: str
    backward: Array
    numerical: Array
    tolerance: float
    value: float = 1.0

    @property
    def error(self) -> float:
        """The largest difference, relative to the largest gradient."""
        if self.backward.shape != self.numerical.shape or self.backward.size == 0:
            return 0.0 if self.backward.shape == self.numerical.shape else float("inf")
        floor = FLOOR * max(1.0, abs(self.value))
        scale = max(np.abs(self.backward).max(), np.abs(self.numerical).max(), floor)
        with np.errstate(invalid="ignore"):  # ∞ / ∞
            return float(self._gap().max() / scale)

    @property
    def ok(self) -> bool:
        """Whether the two agree."""
        return self.error <= self.tolerance  # False for NaN

    def _gap(self) -> Array:
        with np.errstate(invalid="ignore"):  # ∞ − ∞
            return np.abs(self.backward - self.numerical)

    def __str__(self) -> str:
        if self.ok:
            return f"∂L/∂{self.name}, shape {self.backward.shape}: agrees"
        if self.backward.shape != self.numerical.shape:
            return (
                f"∂L/∂{self.name}: expected the shape {self.numerical.shape}, "
                f"backward gives {self.backward.shape}"
            )
        gap = np.nan_to_num(self._gap(), nan=np.inf)
        worst = tuple(int(i) for i in np.unravel_index(gap.argmax(), gap.shape))
        return (
            f"∂L/∂{self.name}, shape {self.backward.shape}: differs, e.g. at {worst} backward "
            f"gives {self.backward[worst]:.4f}, differences give {self.numerical[worst]:.4f}"
        )


@dataclass(frozen=True)
class GradCheckReport:
    """The outcome of a gradient check: a row for each gradient, and `ok` if all agree."""

    rows: tuple[GradCheckRow, ...]

    @property
    def ok(self) -> bool:
        """Whether every gradient agrees."""
        return all(row.ok for row in self.rows)

    def __str__(self) -> str:
        return "\n".join(map(str, self.rows))

    def __repr__(self) -> str:
        return str(self)


def gradcheck(
    op: Op,
    x: Any,
    *,
    rng: int | np.random.Generator | None = 0,
    eps: float = 1e-6,
    tolerance: float = 1e-6,
) -> GradCheckReport:
    """Compare an op's `backward` with central differences, for its input and every parameter.

    The loss is L = Σ g·op(x) with random g, so that ∂L/∂(output) = g exercises every output. An
    op that draws random numbers, such as dropout, draws the same ones in every pass.

    Parameters
    ----------
    op : Op
        A layer or a model in float64.
    x : array_like
        An input for it. Keep clear of kinks, such as 0 for a ReLU, where no derivative exists.
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
    x = np.array(as_float_array(x, "x", dtype=np.float64))
    for p in op.parameters():
        if p.value.dtype != np.float64:
            raise TypeError(
                f"gradcheck: expected parameters in float64, received {p.name} in "
                f"{p.value.dtype}; try gradcheck(float64_copy(op), x)"
            )
    forward = repeatable(op)
    g = as_generator(rng).standard_normal(np.shape(forward(x)))

    def loss(_: Array) -> float:
        return float((g * forward(x)).sum())

    arrays = {"x": x} | {p.name: p.value for p in op.parameters()}
    numerical = {name: numerical_gradient(loss, array, eps=eps) for name, array in arrays.items()}
    value = loss(x)
    backward = {"x": np.array(op.backward(g.copy()))}
    backward |= {p.name: np.array(p.grad) for p in op.parameters()}
    return GradCheckReport(
        tuple(GradCheckRow(n, backward[n], numerical[n], tolerance, value) for n in arrays)
    )


def gradcheck_loss(
    loss: Callable[[Any, Any], float],
    predicts: Any,
    labels: Any,
    *,
    eps: float = 1e-6,
    tolerance: float = 1e-6,
) -> GradCheckReport:
    """Compare a loss's `backward` with central differences in the predictions.

    Parameters
    ----------
    loss : callable
        An object such as `minidl.losses.BCELoss` with reduction "mean" or "sum": called with
        predictions and labels it returns a number, and it has a `backward`.
    predicts, labels : array_like
        Of the shapes that the loss expects.
    eps, tolerance : float
        See `gradcheck`.

    Returns
    -------
    GradCheckReport

    Examples
    --------
    >>> class Squared:
    ...     def __call__(self, predicts, labels):
    ...         self.difference = predicts - labels
    ...         return (self.difference**2).sum()
    ...
    ...     def backward(self):
    ...         return 2 * self.difference
    >>> gradcheck_loss(Squared(), [[3.0]], [[1.0]])
    ∂L/∂predicts, shape (1, 1): agrees
    """
    predicts = np.array(as_float_array(predicts, "predicts", dtype=np.float64))
    numerical = numerical_gradient(lambda p: loss(p, labels), predicts, eps=eps)
    value = float(loss(predicts, labels))
    backward = np.array(loss.backward())  # type: ignore[attr-defined]
    return GradCheckReport((GradCheckRow("predicts", backward, numerical, tolerance, value),))
