"""Activation functions: each applies one curve to every number of its input.

A subclass writes the curve and its slope; the base runs them forward and backward.
"""

from __future__ import annotations

from typing import Any, final

import numpy as np
import numpy.typing as npt

from minidl.numerics import sigmoid, softplus
from minidl.op import Op
from minidl.validation import as_float_array, check_real

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
    def derivative(self, x: Any) -> Array:
        """Return f′(x) for an array of any shape, without a forward pass."""
        x = as_float_array(x, f"{self}")
        return self.slope(x, self.function(x))

    @final
    def forward(self, x: Any) -> Array:
        """Return f(x) for an array of any shape."""
        x = as_float_array(x, f"{self}")
        a = self.function(x)
        self.save_for_backward(x, a)
        return a

    @final
    def backward(self, grad: Any) -> Array:
        """Return ∂L/∂x = g · f′(x) for g = ∂L/∂a of the output's shape."""
        x, a = self.saved_for_backward()
        return self.check_grad(grad, a) * self.slope(x, a)


class Logistic(Activation):
    """The logistic function σ(x) = 1 / (1 + exp(−x)), with σ′ = σ·(1 − σ) ≤ 1/4.

    PyTorch calls it Sigmoid.

    Examples
    --------
    >>> Logistic()(np.array([-1000.0, 0.0, 1000.0])).round(3)
    array([0. , 0.5, 1. ])
    """

    def function(self, x: Array) -> Array:
        """Return σ(x)."""
        return sigmoid(x)

    def slope(self, x: Array, a: Array) -> Array:
        """Return a·(1 − a)."""
        return a * (1 - a)


class Tanh(Activation):
    """The hyperbolic tangent tanh(x) = 2σ(2x) − 1, with tanh′ = 1 − tanh² ≤ 1.

    Examples
    --------
    >>> Tanh()(np.array([-1000.0, 0.0, 1000.0]))
    array([-1.,  0.,  1.])
    """

    def function(self, x: Array) -> Array:
        """Return tanh(x)."""
        return np.tanh(x)

    def slope(self, x: Array, a: Array) -> Array:
        """Return 1 − a²."""
        return 1 - a * a


class ReLU(Activation):
    """The rectified linear unit max(0, x); its slope at 0 is taken as 0, as in PyTorch.

    Source: Nair and Hinton (2010).

    Examples
    --------
    >>> ReLU()(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])
    """

    def function(self, x: Array) -> Array:
        """Return max(0, x)."""
        return np.maximum(x, 0)

    def slope(self, x: Array, a: Array) -> Array:
        """Return 1 where x > 0, else 0."""
        return (x > 0).astype(x.dtype)


class LeakyReLU(Activation):
    """The leaky rectified linear unit: x where x > 0, γ·x elsewhere.

    Source: Maas, Hannun and Ng (2013). PyTorch's default for γ is 0.01.

    Parameters
    ----------
    negative_slope : float
        The slope γ on the left, ≥ 0.

    Examples
    --------
    >>> LeakyReLU(0.1)(np.array([-2.0, 3.0]))
    array([-0.2,  3. ])
    """

    def __init__(self, negative_slope: float = 0.1, *, name: str | None = None) -> None:
        super().__init__(name)
        self.negative_slope = check_real(negative_slope, "negative_slope", low=0)

    def function(self, x: Array) -> Array:
        """Return x where x > 0, else γ·x."""
        return np.where(x > 0, x, self.negative_slope * x)

    def slope(self, x: Array, a: Array) -> Array:
        """Return 1 where x > 0, else γ."""
        return np.where(x > 0, 1, self.negative_slope).astype(x.dtype)

    def extra_repr(self) -> str:
        """Return the slope."""
        return f"negative_slope={self.negative_slope:g}"


class HardLogistic(Activation):
    """The piecewise linear logistic function clip(0.25·x + 0.5, 0, 1) of the practice book.

    It is the tangent of σ at 0, cut off at 0 and 1. PyTorch's Hardsigmoid differs: its slope is
    1/6, so that it saturates at ±3 where this one does at ±2.

    Examples
    --------
    >>> HardLogistic()(np.array([-3.0, 0.0, 1.0]))
    array([0.  , 0.5 , 0.75])
    """

    def function(self, x: Array) -> Array:
        """Return clip(0.25·x + 0.5, 0, 1)."""
        return np.clip(0.25 * x + 0.5, 0, 1)

    def slope(self, x: Array, a: Array) -> Array:
        """Return 1/4 for −2 < x < 2, else 0."""
        return 0.25 * (np.abs(x) < 2).astype(x.dtype)


class HardTanh(Activation):
    """The piecewise linear tanh, clip(x, −1, 1).

    Examples
    --------
    >>> HardTanh()(np.array([-3.0, 0.5, 3.0]))
    array([-1. ,  0.5,  1. ])
    """

    def function(self, x: Array) -> Array:
        """Return clip(x, −1, 1)."""
        return np.clip(x, -1, 1)

    def slope(self, x: Array, a: Array) -> Array:
        """Return 1 for −1 < x < 1, else 0."""
        return (np.abs(x) < 1).astype(x.dtype)


class ELU(Activation):
    """The exponential linear unit: x where x > 0, α·(exp(x) − 1) elsewhere.

    Source: Clevert, Unterthiner and Hochreiter (2015).

    Parameters
    ----------
    alpha : float
        The depth α of the left side, ≥ 0.

    Examples
    --------
    >>> ELU()(np.array([-1000.0, 0.0, 2.0]))
    array([-1.,  0.,  2.])
    """

    def __init__(self, alpha: float = 1.0, *, name: str | None = None) -> None:
        super().__init__(name)
        self.alpha = check_real(alpha, "alpha", low=0)

    def function(self, x: Array) -> Array:
        """Return max(0, x) + α·(exp(min(0, x)) − 1)."""
        return np.maximum(x, 0) + self.alpha * np.expm1(np.minimum(x, 0))

    def slope(self, x: Array, a: Array) -> Array:
        """Return 1 where x > 0, else α·exp(x) = a + α."""
        return np.where(x > 0, 1, a + self.alpha).astype(x.dtype)

    def extra_repr(self) -> str:
        """Return the depth."""
        return f"alpha={self.alpha:g}"


class Softplus(Activation):
    """A smooth ReLU, log(1 + exp(β·x)) / β, whose slope is σ(β·x).

    Source: Dugas et al. (2001).

    Parameters
    ----------
    beta : float
        How sharply it bends, β > 0.

    Examples
    --------
    >>> Softplus()(np.array([-1000.0, 0.0, 1000.0])).round(4)
    array([0.000e+00, 6.931e-01, 1.000e+03])
    """

    def __init__(self, beta: float = 1.0, *, name: str | None = None) -> None:
        super().__init__(name)
        self.beta = check_real(beta, "beta", low=0, low_inclusive=False)

    def function(self, x: Array) -> Array:
        """Return log(1 + exp(β·x)) / β."""
        return softplus(self.beta * x) / self.beta

    def slope(self, x: Array, a: Array) -> Array:
        """Return σ(β·x)."""
        return sigmoid(self.beta * x)

    def extra_repr(self) -> str:
        """Return the sharpness."""
        return f"beta={self.beta:g}"


class Swish(Activation):
    """The self-gated unit x·σ(β·x), which dips below 0 before it vanishes.

    Source: Ramachandran, Zoph and Le (2017). With β = 1, PyTorch's SiLU.

    Parameters
    ----------
    beta : float
        How sharply the gate closes; β = 0 gives x/2.

    Examples
    --------
    >>> Swish()(np.array([-1000.0, 0.0, 1.0])).round(4)
    array([-0.    ,  0.    ,  0.7311])
    """

    def __init__(self, beta: float = 1.0, *, name: str | None = None) -> None:
        super().__init__(name)
        self.beta = check_real(beta, "beta", low=0)

    def _gate(self, x: Array) -> Array:
        # σ(z) = exp(−log(1 + exp(−z))) in this form is exactly 0 where x·σ must vanish.
        return np.exp(-softplus(-self.beta * x))

    def function(self, x: Array) -> Array:
        """Return x·σ(β·x)."""
        return x * self._gate(x)

    def slope(self, x: Array, a: Array) -> Array:
        """Return σ + β·a·(1 − σ), with σ = σ(β·x)."""
        gate = self._gate(x)
        return gate + self.beta * a * (1 - gate)

    def extra_repr(self) -> str:
        """Return the sharpness."""
        return f"beta={self.beta:g}"
