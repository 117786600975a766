"""The formulas of the graph: how a value follows from others, and how its gradient goes back.

An operation knows arrays only. For y = f(a, b) it computes y, and for the gradient g = ∂L/∂y it
computes ∂L/∂a and ∂L/∂b by the chain rule (the vector–Jacobian products of f). It may leave those
in the shape that broadcasting gave to y; `sum_to` brings them back.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class Operation:
    """The base of the operations, which each write a formula and its vector–Jacobian products.

    A subclass writes `value(a, b, …)`, which returns y = f(a, b, …), and `vjps(g, y, a, b, …)`,
    which returns ∂L/∂a, ∂L/∂b, … for g = ∂L/∂y. It also receives y, since many derivatives are
    cheapest in terms of the value. One that takes other shapes than those that broadcast says
    so in `fitting` and `failed_on`.

    Attributes
    ----------
    symbol : str
        What it is called in pictures and errors.
    fitting : str
        Which shapes it takes, for the error when it receives others.
    domain : str
        Which numbers it takes, for the error when its result is infinite or undefined.

    Examples
    --------
    >>> times = Multiply()
    >>> a, b = np.array([1.0, 2.0]), np.array([3.0, 4.0])
    >>> times.value(a, b)
    array([3., 8.])
    >>> times.vjps(np.array([1.0, 10.0]), times.value(a, b), a, b)
    (array([ 3., 40.]), array([ 1., 20.]))
    """

    symbol = ""
    fitting = "shapes that are equal or can be broadcast to one"
    domain = "numbers with a finite result"

    value: Callable[..., Array]
    vjps: Callable[..., tuple[Array, ...]]

    def failed_on(self, *shapes: tuple[int, ...]) -> bool:
        """Return whether an error of `value` is due to these shapes, and not to other things."""
        try:
            np.broadcast_shapes(*shapes)
        except ValueError:
            return True
        return False


def sum_to(gradient: Array, shape: tuple[int, ...]) -> Array:
    """Return the gradient of an array that had `shape` before it was broadcast.

    A number that broadcasting repeats acts in several places, so that its gradient is the sum
    of the gradients there.

    Examples
    --------
    >>> sum_to(np.array([[1.0, 2.0, 3.0], [10.0, 20.0, 30.0]]), (2, 1))
    array([[ 6.],
           [60.]])
    """
    if gradient.shape == shape:
        return gradient
    added = gradient.ndim - len(shape)  # axes that broadcasting put in front
    stretched = [added + axis for axis, length in enumerate(shape) if length == 1]
    return gradient.sum(axis=(*range(added), *stretched)).reshape(shape)


def is_broadcast_from(shape: tuple[int, ...], target: tuple[int, ...]) -> bool:
    """Return whether broadcasting can make an array of the `target` shape from one of `shape`.

    Examples
    --------
    >>> is_broadcast_from((2, 1), (2, 3)), is_broadcast_from((2, 3), (3, 2))
    (True, False)
    """
    try:
        return np.broadcast_shapes(shape, target) == target
    except ValueError:
        return False


# Arithmetic, number by number


class Add(Operation):
    """y = a + b."""

    symbol = "+"

    def value(self, a: Array, b: Array) -> Array:
        """Return a + b."""
        return a + b

    def vjps(self, g: Array, y: Array, a: Array, b: Array) -> tuple[Array, Array]:
        """Return g and g."""
        return g, g


class Subtract(Operation):
    """y = a − b."""

    symbol = "−"

    def value(self, a: Array, b: Array) -> Array:
        """Return a − b."""
        return a - b

    def vjps(self, g: Array, y: Array, a: Array, b: Array) -> tuple[Array, Array]:
        """Return g and −g."""
        return g, -g


class Multiply(Operation):
    """y = a·b."""

    symbol = "·"

    def value(self, a: Array, b: Array) -> Array:
        """Return a·b."""
        return a * b

    def vjps(self, g: Array, y: Array, a: Array, b: Array) -> tuple[Array, Array]:
        """Return g·b and g·a."""
        return g * b, g * a


class Divide(Operation):
    """y = a/b."""

    symbol = "/"
    domain = "divisors other than 0 and a finite result"

    def value(self, a: Array, b: Array) -> Array:
        """Return a/b."""
        return a / b

    def vjps(self, g: Array, y: Array, a: Array, b: Array) -> tuple[Array, Array]:
        """Return g/b and −g·a/b² = −g·y/b."""
        return g / b, -g * y / b


class Power(Operation):
    """y = aᵇ.

    For a < 0 it exists at whole exponents only, so that there is no derivative in b: 0 is
    taken for it. At a = 0 the derivative in b is 0 as well.
    """

    symbol = "^"
    domain = "bases above 0 (or below 0 with whole exponents) and a finite result"

    def value(self, a: Array, b: Array) -> Array:
        """Return aᵇ."""
        return a**b

    def vjps(self, g: Array, y: Array, a: Array, b: Array) -> tuple[Array, Array]:
        """Return g·b·aᵇ⁻¹ and g·aᵇ·log a."""
        slope = b * a ** np.where(b == 0, 1, b - 1)  # where b = 0, 0·a in place of 0/a
        return g * slope, g * y * np.log(np.where(a > 0, a, 1))


# What joins numbers


class Sum(Operation):
    """y = Σ a, over all axes or some of them."""

    symbol = "sum"

    def __init__(self, axis: int | tuple[int, ...] | None, keepdims: bool) -> None:
        self.axis = axis
        self.keepdims = keepdims
        name = f"axes {axis}, each once" if isinstance(axis, tuple) else f"axis {axis}"
        self.fitting = f"an array with the {name}"

    def failed_on(self, *shapes: tuple[int, ...]) -> bool:
        """Return True, since it fails on nothing but its axes."""
        return True

    def value(self, a: Array) -> Array:
        """Return Σ a."""
        return a.sum(axis=self.axis, keepdims=self.keepdims)

    def vjps(self, g: Array, y: Array, a: Array) -> tuple[Array]:
        """Return g, repeated for every number that was added."""
        if self.axis is not None and not self.keepdims:
            g = np.expand_dims(g, self.axis)
        return (np.broadcast_to(g, a.shape),)


class MatMul(Operation):
    """Y = A·B, the product of matrices, or of stacks of matrices along all axes but two."""

    symbol = "@"
    fitting = (
        "shapes (…, N, D) and (…, D, M); for vectors "
        "try (a * b).sum(), or Variables of shape (1, D) and (D, 1)"
    )

    def failed_on(self, *shapes: tuple[int, ...]) -> bool:
        """Return True, since it fails on nothing but shapes."""
        return True

    def value(self, a: Array, b: Array) -> Array:
        """Return A·B."""
        if a.ndim < 2 or b.ndim < 2:
            raise ValueError("a vector is neither a row nor a column")
        return a @ b

    def vjps(self, g: Array, y: Array, a: Array, b: Array) -> tuple[Array, Array]:
        """Return G·Bᵀ and Aᵀ·G."""
        return g @ b.swapaxes(-1, -2), a.swapaxes(-1, -2) @ g
