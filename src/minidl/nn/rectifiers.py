"""Activations that pass what is positive and hold back what is not: ReLU and its kin."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.nn.activation import Activation
from minidl.numerics import sigmoid, softplus
from minidl.validation import check_real

Array = npt.NDArray[Any]


def scaled(beta: float, x: Array) -> Array:
    """Return β·x, where ±∞ is as good as a product too large for floating point.

    Examples
    --------
    >>> scaled(2.0, np.array([3.0, 1e308]))
    array([ 6., inf])
    """
    with np.errstate(over="ignore"):
        return beta * x


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
        return np.maximum(x, 0) + self.negative_slope * np.minimum(x, 0)

    def slope(self, x: Array, a: Array) -> Array:
        """Return 1 where x > 0, else γ."""
        return np.where(x > 0, 1, self.negative_slope).astype(x.dtype)

    def extra_repr(self) -> str:
        """Return the slope."""
        return f"negative_slope={self.negative_slope:g}"


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
        """Return log(1 + exp(β·x)) / β as max(x, 0) + log(1 + exp(−|β·x|)) / β."""
        return np.maximum(x, 0) + softplus(-np.abs(scaled(self.beta, x))) / self.beta

    def slope(self, x: Array, a: Array) -> Array:
        """Return σ(β·x)."""
        return sigmoid(scaled(self.beta, x))

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
        return np.exp(-softplus(scaled(-self.beta, x)))

    def function(self, x: Array) -> Array:
        """Return x·σ(β·x)."""
        return x * self._gate(x)

    def slope(self, x: Array, a: Array) -> Array:
        """Return σ + β·a·(1 − σ), with σ = σ(β·x)."""
        gate = self._gate(x)
        return gate + self.beta * (a * (1 - gate))  # a large a meets a 1 − σ of 0 first

    def extra_repr(self) -> str:
        """Return the sharpness."""
        return f"beta={self.beta:g}"
