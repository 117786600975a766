"""Batch normalization, which gives every feature mean 0 and variance 1 over the batch."""

from __future__ import annotations

from typing import Any, ClassVar, final

import numpy as np
import numpy.typing as npt

from minidl.nn.standardizing import centred, gradient_of_centred
from minidl.op import Op
from minidl.validation import (
    as_float_array,
    check_bool,
    check_float_dtype,
    check_positive_int,
    check_real,
)

Array = npt.NDArray[Any]


class BatchNorm(Op):
    """The base of the batch norms: y = γ·x̂ + β with x̂ = (x − μ) / √(σ² + ε), by channels.

    In training, μ and σ² are the mean and the biased variance of a channel's numbers over the
    batch (and over length, height and width), and running means of both are kept, of the variance
    in its unbiased form. In evaluation, μ and σ² are these. Source: Ioffe and Szegedy (2015).

    Backward, with the means over the same numbers as those of μ and g = ∂L/∂y:
    ∂L/∂x = γ·(g − mean(g) − x̂·mean(g·x̂)) / √(σ² + ε). In evaluation the two means are missing,
    since μ and σ² do not depend on x.

    A subclass says which inputs it takes, by `shapes`.

    Parameters
    ----------
    num_features : int
        The number of channels C, the second axis of the inputs.
    eps : float
        ε > 0, which keeps a constant channel from a division by 0.
    momentum : float or None
        The share of the batch in a running mean, running ← running + momentum·(batch − running);
        None for the mean of all batches so far.
    affine : bool
        Whether there are γ and β.
    dtype : dtype
        float64, or float32 to compute in single precision all the way.
    name : str, optional
        What the layer is called in errors and files.

    Attributes
    ----------
    params : dict
        `gamma` and `beta`, of shape (1, C) as all that belongs to channels.
    buffers : dict
        `running_mean` and `running_var`, of shape (1, C), and `num_batches_tracked`.

    Raises
    ------
    ValueError
        By `forward`, if x has another shape, or in training fewer than two numbers for a channel.
    """

    shapes: ClassVar[dict[int, str]]
    """For each number of axes that inputs may have, how their shape is written; {} is C."""

    def __init__(
        self,
        num_features: int,
        *,
        eps: float = 1e-5,
        momentum: float | None = 0.1,
        affine: bool = True,
        dtype: npt.DTypeLike = np.float64,
        name: str | None = None,
    ) -> None:
        super().__init__(name)
        self.num_features = check_positive_int(num_features, "num_features")
        self.eps = check_real(eps, "eps", low=0, low_inclusive=False)
        if momentum is not None:
            momentum = check_real(momentum, "momentum", low=0, high=1)
        self.momentum = momentum
        self.affine = check_bool(affine, "affine")
        shape, dtype = (1, num_features), check_float_dtype(dtype, "dtype")
        if affine:
            self.params |= {"gamma": np.ones(shape, dtype), "beta": np.zeros(shape, dtype)}
        self.buffers["running_mean"] = np.zeros(shape, dtype)
        self.buffers["running_var"] = np.ones(shape, dtype)
        self.buffers["num_batches_tracked"] = np.zeros((), np.int64)

    @final
    @np.errstate(under="ignore")  # what is too small is 0
    def forward(self, x: Any) -> Array:
        """Return γ·x̂ + β, of the shape of x; in training, move the running statistics."""
        x = as_float_array(x, self, dtype=self.buffers["running_mean"].dtype)
        self._check(x)
        differences, var = self._measured(x) if self.training else self._recorded(x)
        scale = 1 / np.sqrt(var + self.eps)
        normalized = differences * scale
        self.save_for_backward(normalized, scale, self.training)
        if not self.affine:
            return normalized
        gamma, beta = (self._along(self.params[key], x) for key in ("gamma", "beta"))
        y = gamma * normalized
        y += beta
        return y

    def _check(self, x: Array) -> None:
        if x.ndim not in self.shapes or x.shape[1] != self.num_features:
            expected = " or ".join(self.shapes.values()).replace("{}", str(self.num_features))
            raise ValueError(f"{self}: expected inputs of shape {expected}, received {x.shape}")
        if self.training and x.size < 2 * self.num_features:
            raise ValueError(
                f"{self}: expected at least 2 numbers for each channel in training, received "
                f"{x.size // self.num_features} in inputs of shape {x.shape}; "
                "try a larger batch, or eval()"
            )

    def _measured(self, x: Array) -> tuple[Array, Array]:
        """Return x − μ and σ² of the batch, and let the running statistics follow them."""
        differences, mean, var = centred(x, over_batch(x))
        n = x.size // self.num_features
        self.buffers["num_batches_tracked"] += 1
        self._follow("running_mean", mean)
        self._follow("running_var", var * (n / (n - 1)))
        return differences, var

    def _follow(self, key: str, batch: Array) -> None:
        running = self.buffers[key]
        seen = int(self.buffers["num_batches_tracked"])
        share = 1 / seen if self.momentum is None else self.momentum
        running += share * (batch.reshape(running.shape) - running)

    def _recorded(self, x: Array) -> tuple[Array, Array]:
        """Return x − μ and σ² of the running statistics."""
        mean, var = self.buffers["running_mean"], self.buffers["running_var"]
        return x - self._along(mean, x), self._along(var, x)

    @final
    @np.errstate(under="ignore")  # what is too small is 0
    def backward(self, grad: Any) -> Array:
        """Store ∂L/∂γ = Σ ∂L/∂y·x̂ and ∂L/∂β = Σ ∂L/∂y, return ∂L/∂x."""
        normalized, scale, of_batch = self.saved_for_backward()
        g = self.check_grad(grad, normalized)
        axes = over_batch(g)
        shift = np.add.reduce(g, axes, keepdims=True)
        stretch = np.add.reduce(g * normalized, axes, keepdims=True)
        if self.affine:
            self.grads["gamma"] = stretch.reshape(1, -1)
            self.grads["beta"] = shift.reshape(1, -1)
            scale = scale * self._along(self.params["gamma"], g)  # γ is the same along the axes
        if of_batch:
            n = g.size // self.num_features
            g = gradient_of_centred(g, normalized, shift / n, stretch / n)
        return g * scale

    @staticmethod
    def _along(values: Array, x: Array) -> Array:
        """Return a row of shape (1, C) as one that runs along the channels of x."""
        return values.reshape(1, -1, *[1] * (x.ndim - 2))

    def extra_repr(self) -> str:
        """Return the number of channels, and what is not as by default."""
        momentum = "" if self.momentum == 0.1 else f", momentum={self.momentum}"
        eps = "" if self.eps == 1e-5 else f", eps={self.eps:g}"
        return f"{self.num_features}{eps}{momentum}" + ("" if self.affine else ", affine=False")


def over_batch(x: Array) -> tuple[int, ...]:
    """Return all axes but that of the channels.

    Examples
    --------
    >>> over_batch(np.ones((4, 3, 5)))
    (0, 2)
    """
    return (0, *range(2, x.ndim))


class BatchNorm1d(BatchNorm):
    """Batch normalization of features, (N, C), or of sequences, (N, C, L); see `BatchNorm`.

    Examples
    --------
    >>> bn = BatchNorm1d(1)
    >>> bn([[1.0], [3.0]]).round(2)
    array([[-1.],
           [ 1.]])
    >>> bn.buffers["running_mean"]
    array([[0.2]])
    >>> bn.eval()
    >>> bn([[0.2]])
    array([[0.]])
    """

    shapes: ClassVar = {2: "(N, {})", 3: "(N, {}, L)"}


class BatchNorm2d(BatchNorm):
    """Batch normalization of the channels of images, (N, C, H, W); see `BatchNorm`.

    Examples
    --------
    >>> bn = BatchNorm2d(1)
    >>> bn([[[[1.0, 3.0]]]]).round(2)
    array([[[[-1.,  1.]]]])
    """

    shapes: ClassVar = {4: "(N, {}, H, W)"}
