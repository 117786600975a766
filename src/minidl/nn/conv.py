"""Convolution: one small window of weights that slides over an image.

The windows are laid side by side as the columns of one matrix, so that a single matrix product
computes all of them. Its result is laid out by channels, then samples, and handed on as a
transposed view (N, C, H, W): elementwise layers keep that order, and the next convolution reads
it without a copy.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.nn.init import Initializer, he_normal, initial_values, zeros
from minidl.nn.windows import Pair, Windows
from minidl.op import Op
from minidl.underflow import ignoring_underflow
from minidl.validation import (
    as_float_array,
    as_generator,
    check_float_dtype,
    check_positive_int,
)

Array = npt.NDArray[Any]


class Conv2d(Op):
    """The convolution z[m] = Σ over c of x[c] ⋆ W[m, c], plus b[m]: a window's weighted sums.

    z[n, m, i, j] = b[m] + Σ over c, u, v of W[m, c, u, v] · x[n, c, s·i + d·u − p, s·j + d·v − p]
    for stride s, dilation d and padding p; x is 0 outside the image. With all windows as columns
    X of a matrix, and W and g = ∂L/∂z as matrices of C_out rows: z = W·X + b, ∂L/∂W = g·Xᵀ,
    ∂L/∂b = Σ g, ∂L/∂X = Wᵀ·g, and ∂L/∂x adds up what falls on one number of the image.
    Sources: LeCun et al. (1998); Dumoulin and Visin (2016).

    Parameters
    ----------
    in_channels, out_channels : int
        C_in channels in, C_out out.
    kernel_size, stride, dilation : int or pair of int
        The window's height and width, by how much it moves, and how far apart its numbers lie.
    padding : int, pair of int, "same" or "valid"
        Zeros on each side of height and width; "same" as many as keep the image's size, "valid"
        none.
    bias : bool
        Whether b is added.
    weight_init, bias_init : callable
        (shape, fan_in, fan_out, rng) → array; see `minidl.nn.init`. The fans are C_in·kH·kW and
        C_out·kH·kW. PyTorch's default for both is uniform, ±1/√fan_in.
    rng : int, numpy.random.Generator or None
        Where the initial weights come from.
    dtype : dtype
        float64, or float32 to compute in single precision all the way.
    name : str, optional
        What the layer is called in errors and files.

    Attributes
    ----------
    params : dict
        W of shape (C_out, C_in, kH, kW), as PyTorch's, and b of shape (1, C_out), as all that
        belongs to channels.

    Raises
    ------
    ValueError
        By `forward`, if x is not of shape (N, C_in, H, W) or smaller than the window.

    Examples
    --------
    >>> edges = Conv2d(1, 1, (1, 2), weight_init=lambda *_: [[[[-1, 1]]]])
    >>> edges([[[[0, 0, 5, 5]]]])
    array([[[[0., 5., 0.]]]])
    """

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | Pair,
        *,
        stride: int | Pair = 1,
        padding: int | Pair | str = 0,
        dilation: int | Pair = 1,
        bias: bool = True,
        weight_init: Initializer = he_normal,
        bias_init: Initializer = zeros,
        rng: int | np.random.Generator | None = None,
        dtype: npt.DTypeLike = np.float64,
        name: str | None = None,
    ) -> None:
        super().__init__(name)
        self.in_channels = check_positive_int(in_channels, "in_channels")
        self.out_channels = check_positive_int(out_channels, "out_channels")
        self.windows = Windows.of(kernel_size, stride, padding, dilation)
        self.padding = padding
        self.bias = bias
        rng = as_generator(rng)
        shape = out_channels, in_channels, *self.windows.size
        area = self.windows.size[0] * self.windows.size[1]
        fans = in_channels * area, out_channels * area
        held: dict[str, Any] = {"dtype": check_float_dtype(dtype, "dtype"), "name": self}
        self.params["W"] = initial_values(weight_init, shape, fans, rng, **held)
        if bias:
            self.params["b"] = initial_values(bias_init, (1, out_channels), fans, rng, **held)

    @ignoring_underflow
    def forward(self, x: Any) -> Array:
        """Return z, shape (N, C_out, H′, W′), for images x of shape (N, C_in, H, W)."""
        x = as_float_array(x, self, dtype=self.params["W"].dtype)
        self._check(x.shape)
        columns = self.windows.columns(x)
        z = np.dot(self._weights(), columns)
        if self.bias:
            z += self.params["b"].T
        size = self.windows.count(x.shape[2:])
        z = z.reshape(self.out_channels, len(x), *size).swapaxes(0, 1)
        self.save_for_backward(columns, x.shape, z)
        return z

    def _check(self, shape: tuple[int, ...]) -> None:
        if len(shape) != 4 or shape[1] != self.in_channels:
            hint = "; try x[np.newaxis]" if len(shape) == 3 else ""
            raise ValueError(
                f"{self}: expected inputs of shape (N, {self.in_channels}, H, W), "
                f"received {shape}{hint}"
            )
        if 0 in shape[2:] or 0 in self.windows.count(shape[2:]):
            raise ValueError(
                f"{self}: expected images that hold a window of {self.windows.size} with dilation "
                f"{self.windows.dilation}, received {shape[2:]}; try a padding"
            )

    def _weights(self) -> Array:
        return self.params["W"].reshape(self.out_channels, -1)

    @ignoring_underflow
    def backward(self, grad: Any) -> Array:
        """Store ∂L/∂W and ∂L/∂b, return ∂L/∂x, shape (N, C_in, H, W)."""
        columns, shape, z = self.saved_for_backward()
        g = self.check_grad(grad, z).swapaxes(0, 1).reshape(self.out_channels, -1)
        self.grads["W"] = np.dot(g, columns.T).reshape(self.params["W"].shape)
        if self.bias:
            self.grads["b"] = g.sum(axis=1)[np.newaxis]
        return self.windows.images(np.dot(self._weights().T, g), shape)

    def extra_repr(self) -> str:
        """Return the sizes, and what is not as by default."""
        windows = self.windows
        shown = f"{self.in_channels}, {self.out_channels}, kernel_size={windows.size}"
        shown += "" if windows.stride == (1, 1) else f", stride={windows.stride}"
        shown += "" if self.padding == 0 else f", padding={self.padding!r}"
        shown += "" if windows.dilation == (1, 1) else f", dilation={windows.dilation}"
        return shown + ("" if self.bias else ", bias=False")


def conv2d_simple(
    x: Array,
    W: Array,
    b: Array,
    *,
    stride: Pair = (1, 1),
    padding: Pair = (0, 0),
    dilation: Pair = (1, 1),
) -> Array:
    """Return the same by its definition, one window after the other.

    Parameters
    ----------
    x : ndarray, shape (N, C_in, H, W)
        Images.
    W : ndarray, shape (C_out, C_in, kH, kW)
        Weights.
    b : ndarray, shape (1, C_out)
        Biases.
    stride, padding, dilation : pair of int
        For height and width.

    Returns
    -------
    ndarray, shape (N, C_out, H′, W′)

    Examples
    --------
    >>> x, W = np.array([[[[0.0, 0.0, 5.0, 5.0]]]]), np.array([[[[-1.0, 1.0]]]])
    >>> conv2d_simple(x, W, np.array([[0.0]]))
    array([[[[0., 5., 0.]]]])
    """
    x = np.pad(x, [(0, 0), (0, 0), *[(zeros, zeros) for zeros in padding]])
    height, width = (d * (k - 1) + 1 for k, d in zip(W.shape[2:], dilation, strict=True))
    rows = range(0, x.shape[2] - height + 1, stride[0])
    columns = range(0, x.shape[3] - width + 1, stride[1])
    z = np.empty((len(x), len(W), len(rows), len(columns)), dtype=x.dtype)
    for n, m, i, j in np.ndindex(z.shape):
        down = slice(rows[i], rows[i] + height, dilation[0])
        across = slice(columns[j], columns[j] + width, dilation[1])
        z[n, m, i, j] = (W[m] * x[n, :, down, across]).sum() + b[0, m]
    return z
