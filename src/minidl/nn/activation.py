"""The base of the activation functions, which apply one curve to every number."""

from __future__ import annotations

from typing import Any, final

import numpy.typing as npt

from minidl.op import Op
from minidl.underflow import ignoring_underflow
from minidl.validation import as_float_array

Array = npt.NDArray[Any]


class Activation(Op):
    """The base of the activations: a = f(x) forward, ∂L/∂x = g · f′(x) backward.

    A subclass writes `function`, and `slope`, which also receives a = f(x) because for many
    curves the slope is cheapest in terms of the value.

    Examples
    --------
    >>> class Square(Activation):
    ...     def function(self, x):
    ...         return x**2
    ...
    ...     def slope(self, x, a):
    ...         return 2 * x
    >>> Square().derivative([3.0])
    array([6.])
    """

    def function(self, x: Array) -> Array:
        """Return f(x), in a new array of the same shape and dtype."""
        raise NotImplementedError(f"{type(self).__name__} needs a method function(self, x)")

    def slope(self, x: Array, a: Array) -> Array:
        """Return f′(x), given a = f(x)."""
        raise NotImplementedError(f"{type(self).__name__} needs a method slope(self, x, a)")

    @final
    @ignoring_underflow
    def derivative(self, x: Any) -> Array:
        """Return f′(x) for an array of any shape, without a forward pass."""
        x = as_float_array(x, self)
        return self.slope(x, self.function(x))

    @final
    @ignoring_underflow
    def forward(self, x: Any) -> Array:
        """Return f(x) for an array of any shape."""
        x = as_float_array(x, self)
        a = self.function(x)
        self.save_for_backward(x, a)
        return a

    @final
    @ignoring_underflow
    def backward(self, grad: Any) -> Array:
        """Return ∂L/∂x = g · f′(x) for g = ∂L/∂a of the output's shape."""
        x, a = self.saved_for_backward()
        grad = self.check_grad(grad, a)
        return self.slope(x, a) * grad
