"""What enters a graph and what its operations compute: finite numbers, or an error saying why."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.graph.operations import Operation, is_broadcast_from, sum_to
from minidl.validation import as_float_array, check_finite, describe

Array = npt.NDArray[Any]


def own_array(value: Any, name: str, dtype: Any = None) -> Array:
    """Return a copy of finite numbers, float64 unless they are floats of another size.

    Raises
    ------
    TypeError
        If they are not numbers.
    ValueError
        If one is NaN or infinite.

    Examples
    --------
    >>> own_array([1, 2], "w")
    array([1., 2.])
    """
    array = np.array(as_float_array(value, name, dtype=dtype))
    check_finite(array, name)
    return array


def evaluate(operation: Operation, inputs: Sequence[Array]) -> Array:
    """Return what an operation makes of its inputs.

    Raises
    ------
    ValueError
        If their shapes do not fit together, the operation refuses them, or the result would be
        infinite or undefined.

    Examples
    --------
    >>> from minidl.graph.operations import Divide
    >>> evaluate(Divide(), [np.array(1.0), np.array(0.0)])
    Traceback (most recent call last):
    ValueError: /: expected divisors other than 0 and a finite result, received 1 and 0
    """
    try:
        with np.errstate(all="ignore"):  # what NumPy warns of is found below, as ±∞ or NaN
            value = np.asarray(operation.value(*inputs))
    except ValueError:
        shapes = [array.shape for array in inputs]
        if not operation.failed_on(*shapes):
            raise
        expected, received = operation.fitting, " and ".join(map(str, shapes))
        raise ValueError(f"{operation.symbol}: expected {expected}, received {received}") from None
    if not np.isfinite(value).all():
        raise ValueError(f"{operation.symbol}: expected {operation.domain}, {_received(inputs)}")
    if not value.flags.writeable:  # an input, or a view of one, which may change later
        value = value.copy()
    return value


def gradients(
    operation: Operation, grad: Array, value: Array, inputs: Sequence[Array]
) -> list[Array]:
    """Return the gradient that goes back to each input, in the input's shape.

    Raises
    ------
    TypeError
        If the operation does not return one for each input.
    ValueError
        If one has not the input's shape, or that to which it was broadcast.

    Examples
    --------
    >>> from minidl.graph.operations import Add
    >>> a, b = np.array([1.0, 2.0]), np.array(3.0)
    >>> gradients(Add(), np.array([1.0, 10.0]), a + b, [a, b])
    [array([ 1., 10.]), array(11.)]
    """
    vjps = operation.vjps(grad, value, *inputs)
    if not isinstance(vjps, tuple) or len(vjps) != len(inputs):
        raise TypeError(
            f"{operation.symbol}: expected vjps to return a tuple with a gradient for each of "
            f"{len(inputs)} inputs, received {describe(vjps)}"
        )
    pairs = zip(vjps, inputs, strict=True)
    return [_in_shape_of(array, np.asarray(vjp), operation) for vjp, array in pairs]


def _in_shape_of(array: Array, gradient: Array, operation: Operation) -> Array:
    shape = array.shape
    if gradient.shape == shape:
        return gradient
    if not is_broadcast_from(shape, gradient.shape):
        raise ValueError(
            f"{operation.symbol}: expected vjps to return a gradient of the shape {shape} for the "
            f"input of that shape, or of one to which it is broadcast, received {gradient.shape}"
        )
    return np.asarray(sum_to(gradient, shape))


def check_gradient(
    gathered: Array, operation: Operation, grad: Array, inputs: Sequence[Array]
) -> None:
    """Refuse what an operation has made of an input's gradient if it is infinite or undefined.

    Raises
    ------
    ValueError
        With what the operation had received.

    Examples
    --------
    >>> from minidl.graph.operations import Add
    >>> a, b = np.array(1.0), np.array(2.0)
    >>> check_gradient(np.array(1.0), Add(), np.array(1.0), [a, b])
    """
    if not np.isfinite(gathered).all():
        raise ValueError(
            f"{operation.symbol}: expected inputs at which its gradient is finite, "
            f"{_received([*inputs, grad])} for the gradient that came in"
        )


def check_seed(seed: Any, shape: tuple[int, ...]) -> Array:
    """Return the gradient with which `backward` begins; for a single number it is 1 by default.

    Raises
    ------
    ValueError
        If it is missing, of another shape or not finite.

    Examples
    --------
    >>> check_seed(None, ())
    array(1.)
    """
    if seed is None and math.prod(shape) != 1:
        raise ValueError(
            f"backward: expected a single number to differentiate, received values of shape "
            f"{shape}; try .sum() first, or backward(seed) with a seed of that shape"
        )
    seed = np.ones(shape) if seed is None else own_array(seed, "seed")
    if seed.shape != shape:
        raise ValueError(
            f"backward: expected a seed of the value's shape {shape}, received {seed.shape}"
        )
    return seed


def _received(arrays: Sequence[Array]) -> str:
    return "received " + " and ".join(map(_range, arrays))


def _range(array: Array) -> str:
    low, high = array.min(), array.max()
    return f"{low:g}" if low == high else f"values from {low:g} to {high:g}"
