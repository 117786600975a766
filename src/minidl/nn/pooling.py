"""Pooling: of every window of an image one number, channel by channel; what its kinds share.

`views` are parts of the images, one for each place in the window: `views[0]` holds what all
windows see at their first place, and so on. A pooling is then a few operations on whole arrays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, final

import numpy.typing as npt

from minidl.nn.sizes import Sizes, as_sizes, shown
from minidl.nn.window_room import check_room
from minidl.nn.windows import Windows, samples_first, samples_last
from minidl.op import Op
from minidl.underflow import ignoring_underflow
from minidl.validation import as_float_array

Array = npt.NDArray[Any]


class Pool(Op):
    """The base of the poolings: where the windows stand, and what is refused.

    A subclass writes `pool` and `shares`; its own base says for how many `directions`. PyTorch's
    `ceil_mode` is missing: as by its default, a window that does not fit in whole is left out.

    Parameters
    ----------
    kernel_size : int or pair of int
        The window's height and width.
    stride : int or pair of int, optional
        By how much it moves; by default by its own size, so that windows lie side by side.
    padding : int or pair of int
        How many numbers are put on each side of height and width, at most half a window.
    name : str, optional
        What the layer is called in errors and files.

    Attributes
    ----------
    fill : float
        What stands in the padding.

    Raises
    ------
    ValueError
        If an argument is out of its range; by `forward`, if x is not of shape (N, C, H, W), or
        (N, C, L), or smaller than the window.
    """

    directions: ClassVar[int]
    fill: ClassVar[float] = 0.0

    def __init__(
        self,
        kernel_size: int | Sizes,
        *,
        stride: int | Sizes | None = None,
        padding: int | Sizes = 0,
        name: str | None = None,
    ) -> None:
        super().__init__(name)
        self.padding = as_sizes(padding, "padding", self.directions, minimum=0)
        stride = kernel_size if stride is None else stride
        self.windows = Windows.of(kernel_size, stride, self.padding, 1, self.directions)
        half = tuple(k // 2 for k in self.windows.size)
        if any(p > most for p, most in zip(self.padding, half, strict=True)):
            raise ValueError(
                f"padding: expected at most {shown(half)}, half a window of "
                f"{shown(self.windows.size)}, received {shown(self.padding)}; try a larger "
                "kernel_size"
            )

    def pool(self, views: Sequence[Array], image: Sizes) -> Array:
        """Return one number for each window, of views of shape (C, H′, W′, N), as a new array."""
        raise NotImplementedError(f"{type(self).__name__} needs pool(self, views, image)")

    def shares(self, g: Array, views: Sequence[Array], y: Array, image: Sizes) -> Iterator[Array]:
        """Yield for each place in the window what it gets of g = ∂L/∂y, where y was the result."""
        raise NotImplementedError(f"{type(self).__name__} needs shares(self, g, views, y, image)")

    @final
    @ignoring_underflow
    def forward(self, x: Any) -> Array:
        """Return y, shape (N, C, H′, W′), for images x of shape (N, C, H, W)."""
        x = as_float_array(x, self)
        check_room(self, self.windows, x.shape)
        images = self.windows.padded(x, self.fill)
        y = self.pool(self.windows.views(images, x.shape[2:]), x.shape[2:])
        self.save_for_backward(images, y, x.shape)
        return samples_first(y)

    @final
    @ignoring_underflow
    def backward(self, grad: Any) -> Array:
        """Return ∂L/∂x, shape (N, C, H, W): a number in several windows gets the sum."""
        images, y, shape = self.saved_for_backward()
        g = samples_last(self.check_grad(grad, samples_first(y)))
        views = self.windows.views(images, shape[2:])
        return self.windows.add_up(self.shares(g, views, y, shape[2:]), shape, y.dtype)

    def extra_repr(self) -> str:
        """Return the window, and what is not as by default."""
        size, stride = self.windows.size, self.windows.stride
        text = f"kernel_size={shown(size)}" + (
            "" if stride == size else f", stride={shown(stride)}"
        )
        return text + (f", padding={shown(self.padding)}" if any(self.padding) else "")
