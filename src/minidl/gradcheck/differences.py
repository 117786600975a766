"""Central differences, and what makes a function fit to be differentiated that way."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.op import Op
from minidl.validation import check_real, describe

Array = npt.NDArray[Any]


def float64_copy(op: Any) -> Any:
    """Return a copy of an op or a loss that computes in float64, where small steps count.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> float64_copy(Linear(3, 2, dtype="float32")).params["W"].dtype
    dtype('float64')
    """
    twin = copy.deepcopy(op)
    for _, layer in twin.named_layers() if isinstance(twin, Op) else ():
        for arrays in (layer.params, layer.buffers):
            floats = {key: array for key, array in arrays.items() if array.dtype.kind == "f"}
            arrays |= {key: a.astype(np.float64, copy=False) for key, a in floats.items()}
    return twin


def repeatable(op: Op) -> Callable[[Any], Any]:
    """Return an op's forward pass as a function that gives the same result every time.

    It draws the same random numbers and starts from the same buffers. Without it, central
    differences would compare two masks of dropout.

    Examples
    --------
    >>> from minidl.nn import Dropout
    >>> forward = repeatable(Dropout(0.5, rng=0))
    >>> bool((forward(np.ones((4, 3))) == forward(np.ones((4, 3)))).all())
    True
    """
    layers = [layer for _, layer in op.named_layers()]
    states = [(o.rng, o.rng.bit_generator.state) for o in layers if o.rng is not None]
    buffers = [(array, array.copy()) for layer in layers for array in layer.buffers.values()]

    def forward(x: Any) -> Any:
        for generator, state in states:
            generator.bit_generator.state = state
        for array, start in buffers:
            array[...] = start
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
