"""Layer normalization, which gives the numbers of each sample mean 0 and variance 1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.nn.standardizing import centred, gradient_of_centred, mean_along
from minidl.op import Op
from minidl.validation import (
    as_float_array,
    check_bool,
    check_float_dtype,
    check_positive_int,
    check_real,
    describe,
)

Array = npt.NDArray[Any]


class LayerNorm(Op):
    """Normalize each sample by itself: y = γ·x̂ + β with x̂ = (x − μ) / √(σ² + ε).

    μ and σ² are the mean and the biased variance of the sample's own numbers, along the last
    axes. So no sample depends on its batch, a batch may have one sample, and training and
    evaluation compute the same, all unlike `BatchNorm1d`. Source: Ba, Kiros and Hinton (2016).

    Backward, with the means over the same numbers and g = ∂L/∂x̂ = γ·∂L/∂y:
    ∂L/∂x = (g − mean(g) − x̂·mean(g·x̂)) / √(σ² + ε).

    Parameters
    ----------
    normalized_shape : int or sequence of int
        The lengths of the last axes, over which mean and variance are taken; an int for the last
        one alone.
    eps : float
        ε > 0, which keeps a constant sample from a division by 0.
    elementwise_affine : bool
        Whether there are γ and β, one for each number of a sample.
    bias : bool
        Whether there is β, if there is γ.
    dtype : dtype
        float64, or float32 to compute in single precision all the way.
    name : str, optional
        What the layer is called in errors and files.

    Attributes
    ----------
    params : dict
        `gamma` and `beta`, of shape `normalized_shape`. PyTorch calls them weight and bias.

    Raises
    ------
    ValueError
        By `forward`, if the last axes of x have other lengths.

    Examples
    --------
    >>> norm = LayerNorm(2)
    >>> norm([[1.0, 3.0], [500.0, 100.0]]).round(2)
    array([[-1.,  1.],
           [ 1., -1.]])
    """

    def __init__(
        self,
        normalized_shape: int | Sequence[int],
        *,
        eps: float = 1e-5,
        elementwise_affine: bool = True,
        bias: bool = True,
        dtype: npt.DTypeLike = np.float64,
        name: str | None = None,
    ) -> None:
        super().__init__(name)
        self.normalized_shape = as_lengths(normalized_shape)
        self.eps = check_real(eps, "eps", low=0, low_inclusive=False)
        self.elementwise_affine = check_bool(elementwise_affine, "elementwise_affine")
        self.bias = check_bool(bias, "bias") and elementwise_affine
        self.dtype = check_float_dtype(dtype, "dtype")
        if elementwise_affine:
            self.params["gamma"] = np.ones(self.normalized_shape, self.dtype)
        if self.bias:
            self.params["beta"] = np.zeros(self.normalized_shape, self.dtype)

    @np.errstate(under="ignore")  # what is too small is 0
    def forward(self, x: Any) -> Array:
        """Return γ·x̂ + β, of the shape of x."""
        x = as_float_array(x, self, dtype=self.dtype)
        self._check(x.shape)
        differences, _, var = centred(x, self._own_axes(x))
        scale = 1 / np.sqrt(var + self.eps)
        normalized = differences * scale
        self.save_for_backward(normalized, scale)
        y = normalized * self.params["gamma"] if self.elementwise_affine else normalized
        return y + self.params["beta"] if self.bias else y

    def _check(self, shape: tuple[int, ...]) -> None:
        own = self.normalized_shape
        if shape[-len(own) :] != own:
            lengths = ", ".join(map(str, own))
            raise ValueError(
                f"{self}: expected inputs of shape (N, …, {lengths}), received {shape}"
            )

    def _own_axes(self, x: Array) -> tuple[int, ...]:
        """Return the axes of a sample's own numbers, which are the last."""
        return tuple(range(x.ndim - len(self.normalized_shape), x.ndim))

    @np.errstate(under="ignore")  # what is too small is 0
    def backward(self, grad: Any) -> Array:
        """Store ∂L/∂γ = Σ ∂L/∂y·x̂ and ∂L/∂β = Σ ∂L/∂y over the samples, return ∂L/∂x."""
        normalized, scale = self.saved_for_backward()
        g = self.check_grad(grad, normalized)
        own = self._own_axes(g)
        others = tuple(range(own[0]))
        if self.elementwise_affine:
            self.grads["gamma"] = (g * normalized).sum(others)
        if self.bias:
            self.grads["beta"] = g.sum(others)
        if self.elementwise_affine:
            g = g * self.params["gamma"]
        mean, slope = mean_along(g, own), mean_along(g * normalized, own)
        return gradient_of_centred(g, normalized, mean, slope) * scale

    def extra_repr(self) -> str:
        """Return the shape, and what is not as by default."""
        own = self.normalized_shape
        shown = str(own[0] if len(own) == 1 else own)
        shown += "" if self.eps == 1e-5 else f", eps={self.eps:g}"
        if not self.elementwise_affine:
            return f"{shown}, elementwise_affine=False"
        return shown + ("" if self.bias else ", bias=False")


def as_lengths(shape: int | Sequence[int]) -> tuple[int, ...]:
    """Return the lengths of a sample's axes, of which there is at least one.

    Raises
    ------
    TypeError, ValueError
        If they are no whole numbers of at least 1, or none.

    Examples
    --------
    >>> as_lengths(3)
    (3,)
    """
    lengths = tuple(shape) if isinstance(shape, Sequence) else (shape,)
    if isinstance(shape, str) or not lengths:
        raise TypeError(
            "normalized_shape: expected a whole number, or a tuple of them for the last axes, "
            f"received {describe(shape)}"
        )
    return tuple(check_positive_int(length, "normalized_shape") for length in lengths)
