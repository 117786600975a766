"""The affine layer, whose single column is a neuron's net activation.

The products are written (Wᵀ·xᵀ)ᵀ and (W·gᵀ)ᵀ in place of x·W and g·Wᵀ: the same numbers, laid out
so that the values of one unit for all samples lie side by side in memory. Adding the bias, summing
over the samples and all that follows is up to three times as fast this way.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.nn.init import Initializer, initial_values, standard_normal, zeros
from minidl.op import Op
from minidl.underflow import ignoring_underflow
from minidl.validation import (
    as_float_array,
    as_generator,
    check_float_dtype,
    check_positive_int,
)

Array = npt.NDArray[Any]

MANY_FEATURES = 1024


class Linear(Op):
    """The affine map z = x·W + b, one net activation for each output.

    Gradients, for g = ∂L/∂z: ∂L/∂W = xᵀ·g, ∂L/∂b = Σ g over the samples, ∂L/∂x = g·Wᵀ.
    Of inputs with more axes than two, (N, …, D), the last is mapped: each row is a sample.
    PyTorch's `nn.Linear` stores the transpose, a weight of shape (output_size, input_size).

    Parameters
    ----------
    input_size, output_size : int
        D features in, M out.
    bias : bool
        Whether b is added.
    weight_init, bias_init : callable
        (shape, fan_in, fan_out, rng) → array; see `minidl.nn.init`. The fans are D and M.
    rng : int, numpy.random.Generator or None
        Where the initial weights come from.
    dtype : dtype
        float64, or float32 to compute in single precision all the way.
    name : str, optional
        What the layer is called in errors and files.

    Attributes
    ----------
    params : dict
        W of shape (D, M) and, with a bias, b of shape (1, M).

    Raises
    ------
    ValueError
        By `forward`, if x is not of shape (N, D) or (N, …, D); by `backward`, if grad has not
        the output's shape.

    Examples
    --------
    >>> fc = Linear(3, 2, weight_init=lambda shape, *_: np.ones(shape))
    >>> fc(np.array([[1.0, 2.0, 3.0]]))
    array([[6., 6.]])
    >>> fc.backward(np.array([[1.0, 10.0]]))
    array([[11., 11., 11.]])
    >>> fc.grads["W"]
    array([[ 1., 10.],
           [ 2., 20.],
           [ 3., 30.]])
    """

    def __init__(
        self,
        input_size: int,
        output_size: int,
        *,
        bias: bool = True,
        weight_init: Initializer = standard_normal,
        bias_init: Initializer = zeros,
        rng: int | np.random.Generator | None = None,
        dtype: npt.DTypeLike = np.float64,
        name: str | None = None,
    ) -> None:
        super().__init__(name)
        self.input_size = check_positive_int(input_size, "input_size")
        self.output_size = check_positive_int(output_size, "output_size")
        self.bias = bias
        rng = as_generator(rng)
        fans = input_size, output_size
        held: dict[str, Any] = {"dtype": check_float_dtype(dtype, "dtype"), "name": self}
        self.params["W"] = initial_values(weight_init, fans, fans, rng, **held)
        if bias:
            self.params["b"] = initial_values(bias_init, (1, output_size), fans, rng, **held)

    @ignoring_underflow
    def forward(self, x: Any) -> Array:
        """Return z = x·W + b, shape (N, M) or (N, …, M), for x of shape (N, D) or (N, …, D)."""
        W = self.params["W"]
        x = as_float_array(x, self, dtype=W.dtype)
        if x.ndim < 2 or x.shape[-1] != self.input_size:
            raise ValueError(self._misfit(x.shape))
        z = product(as_rows(x), W)
        if self.bias:
            z += self.params["b"]
        if x.ndim > 2:
            z = z.reshape(*x.shape[:-1], self.output_size)
        self.save_for_backward(x, z)
        return z

    def _misfit(self, shape: tuple[int, ...]) -> str:
        between = "…, " if len(shape) > 2 else ""
        return (
            f"{self}: expected inputs of shape (N, {between}{self.input_size}), received {shape}"
            + (f"; try x.reshape(-1, {self.input_size})" if len(shape) == 1 else "")
        )

    @ignoring_underflow
    def backward(self, grad: Any) -> Array | None:
        """Store ∂L/∂W = xᵀ·g and ∂L/∂b = Σ g, return ∂L/∂x = g·Wᵀ, of the shape of x."""
        x, z = self.saved_for_backward()
        g = as_rows(self.check_grad(grad, z))
        self.grads["W"] = as_rows(x).T.dot(g)
        if self.bias:
            self.grads["b"] = np.add.reduce(g, axis=0, keepdims=True)
        if not self.needs_input_grad:
            return None
        dx = self.params["W"].dot(g.T).T
        return dx if x.ndim == 2 else dx.reshape(x.shape)

    def extra_repr(self) -> str:
        """Return the sizes, and whether there is no bias."""
        return f"{self.input_size}, {self.output_size}" + ("" if self.bias else ", bias=False")


def product(x: Array, W: Array) -> Array:
    """Return x·W, laid out so that the values of one unit lie side by side in memory.

    Of many features, computing the product as it is written and laying it out anew is faster by a
    fifth.

    Examples
    --------
    >>> product(np.ones((4, 2)), np.ones((2, 3))).T.flags.c_contiguous
    True
    """
    if len(W) >= MANY_FEATURES:
        return np.asfortranarray(x.dot(W))
    return W.T.dot(x.T).T


def as_rows(x: Array) -> Array:
    """Return an array of shape (N, …, D) as one of two axes, each of its rows a sample.

    Examples
    --------
    >>> as_rows(np.ones((4, 5, 3))).shape
    (20, 3)
    """
    return x if x.ndim == 2 else x.reshape(-1, x.shape[-1])
