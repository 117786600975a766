"""Convolution: one small window of weights that slides over an image or a sequence.

The windows are laid side by side as the columns of a matrix, so that one product computes them
all; a matrix for each row of windows, which stays in the processor's cache, makes it up to three
times as fast as a single one, and is a part of what `strips` lays out, not copied. In memory the
samples come last, as in `Linear`, and what is handed on is a view of shape (N, C, H, W):
elementwise layers keep that order, and the next convolution, pooling or `Flatten` reads it without
a copy.
"""

from __future__ import annotations

import math
from typing import Any, ClassVar, final

import numpy as np
import numpy.typing as npt

from minidl.nn.init import Initializer, he_normal, initial_values, zeros
from minidl.nn.sizes import Sizes, shown
from minidl.nn.strips import add_back, lay_out, stretches
from minidl.nn.window_room import check_room
from minidl.nn.windows import Windows, samples_first, samples_last
from minidl.op import Op
from minidl.underflow import ignoring_underflow
from minidl.validation import (
    as_float_array,
    as_generator,
    check_float_dtype,
    check_positive_int,
)

Array = npt.NDArray[Any]


class Conv(Op):
    """The base of the convolutions, z[m] = Σ over c of x[c] ⋆ W[m, c], plus b[m].

    With all windows as columns X of a matrix, and W and g = ∂L/∂z as matrices of C_out rows:
    z = W·X + b, ∂L/∂W = g·Xᵀ, ∂L/∂b = Σ g, ∂L/∂X = Wᵀ·g, and ∂L/∂x adds up what belongs to one
    number of the image, seen by several windows at different places. A subclass says in how many
    `directions` the window slides.

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
        If an argument is out of its range, or "same" meets a stride; by `forward`, if x is not of
        shape (N, C_in, H, W), or (N, C_in, L), or smaller than the window.
    """

    directions: ClassVar[int]

    def __init__(
        self,
        in_channels: int,
        out_channels: int,
        kernel_size: int | Sizes,
        *,
        stride: int | Sizes = 1,
        padding: int | Sizes | str = 0,
        dilation: int | Sizes = 1,
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
        self.windows = Windows.of(kernel_size, stride, padding, dilation, self.directions)
        self.padding = padding
        self.bias = bias
        rng = as_generator(rng)
        shape = out_channels, in_channels, *self.windows.size
        area = math.prod(self.windows.size)
        fans = in_channels * area, out_channels * area
        held: dict[str, Any] = {"dtype": check_float_dtype(dtype, "dtype"), "name": self}
        self.params["W"] = initial_values(weight_init, shape, fans, rng, **held)
        if bias:
            self.params["b"] = initial_values(bias_init, (1, out_channels), fans, rng, **held)

    @final
    @ignoring_underflow
    def forward(self, x: Any) -> Array:
        """Return z, shape (N, C_out, H′, W′), for images x of shape (N, C_in, H, W)."""
        x = as_float_array(x, self, dtype=self.params["W"].dtype)
        check_room(self, self.windows, x.shape, self.in_channels)
        strips = lay_out(self.windows, x)
        z = np.empty((self.out_channels, *self.windows.count(x.shape[2:]), len(x)), x.dtype)
        np.matmul(self._weights(), stretches(self.windows, strips), out=by_rows(z))
        if self.bias:
            z += self.params["b"].reshape(-1, *[1] * (z.ndim - 1))
        self.save_for_backward(strips, x.shape, z)
        return samples_first(z)

    def _weights(self) -> Array:
        """Return W as a matrix, in the order of strips: row of the window, channel, column."""
        return self.params["W"].swapaxes(1, 2).reshape(self.out_channels, -1)

    @final
    @ignoring_underflow
    def backward(self, grad: Any) -> Array | None:
        """Store ∂L/∂W and ∂L/∂b, return ∂L/∂x, shape (N, C_in, H, W)."""
        strips, shape, z = self.saved_for_backward()
        g = samples_last(self.check_grad(grad, samples_first(z)))
        rows = by_rows(g)
        dW = np.matmul(stretches(self.windows, strips), rows.swapaxes(1, 2)).sum(axis=0).T
        self.grads["W"] = self._as_weights(dW)
        if self.bias:
            self.grads["b"] = g.sum(axis=tuple(range(1, g.ndim)))[np.newaxis]
        if not self.needs_input_grad:
            return None
        return add_back(self.windows, np.matmul(self._weights().T, rows), shape)

    def _as_weights(self, matrix: Array) -> Array:
        """Return a matrix in the order of `_weights` in the shape of W."""
        _, C, height, *width = self.params["W"].shape
        return matrix.reshape(self.out_channels, height, C, *width).swapaxes(1, 2).copy()

    def extra_repr(self) -> str:
        """Return the sizes, and what is not as by default."""
        size, stride, dilation = self.windows.size, self.windows.stride, self.windows.dilation
        text = f"{self.in_channels}, {self.out_channels}, kernel_size={shown(size)}"
        text += "" if set(stride) == {1} else f", stride={shown(stride)}"
        text += "" if self.padding == 0 else f", padding={self.padding!r}"
        text += "" if set(dilation) == {1} else f", dilation={shown(dilation)}"
        return text + ("" if self.bias else ", bias=False")


def by_rows(images: Array) -> Array:
    """Return images (C, H, W, N) as a matrix for each row of them, shape (H, C, W·N).

    Examples
    --------
    >>> by_rows(np.ones((3, 4, 5, 2))).shape
    (4, 3, 10)
    """
    C, H, *others = images.shape
    return images.reshape(C, H, math.prod(others)).swapaxes(0, 1)


class Conv2d(Conv):
    """The convolution of images: a window's weighted sums, (N, C_in, H, W) to (N, C_out, H′, W′).

    z[n, m, i, j] = b[m] + Σ over c, u, v of W[m, c, u, v] · x[n, c, s·i + d·u − p, s·j + d·v − p]
    for stride s, dilation d and padding p; x is 0 outside the image. `conv2d_simple` computes it
    like that; how it is done here, and the parameters, see `Conv`. Sources: LeCun et al. (1998);
    Dumoulin and Visin (2016).

    Examples
    --------
    >>> edges = Conv2d(1, 1, (1, 2), weight_init=lambda *_: [[[[-1, 1]]]])
    >>> edges([[[[0, 0, 5, 5]]]])
    array([[[[0., 5., 0.]]]])
    """

    directions: ClassVar[int] = 2


class Conv1d(Conv):
    """The convolution of sequences: a window's weighted sums, (N, C_in, L) to (N, C_out, L′).

    z[n, m, i] = b[m] + Σ over c, u of W[m, c, u] · x[n, c, s·i + d·u − p] for stride s, dilation d
    and padding p; x is 0 outside. `conv1d_simple` computes it like that; the parameters are those
    of `Conv`, with numbers in place of pairs, and W has the shape (C_out, C_in, K).

    Examples
    --------
    >>> steps = Conv1d(1, 1, 2, weight_init=lambda *_: [[[-1, 1]]])
    >>> steps([[[0, 0, 5, 5]]])
    array([[[0., 5., 0.]]])
    """

    directions: ClassVar[int] = 1
