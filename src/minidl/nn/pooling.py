"""Pooling: of every window of an image one number, its largest or its mean, channel by channel.

`views` are parts of the images, one for each place in the window: `views[0]` holds what all
windows see at their first place, and so on. A pooling is then a few operations on whole arrays.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, final

import numpy as np
import numpy.typing as npt

from minidl.nn.windows import Sizes, Windows, as_sizes, samples_first, samples_last, shown
from minidl.op import Op
from minidl.underflow import ignoring_underflow
from minidl.validation import as_float_array, check_bool

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

    def shares(
        self, g: Array, views: Sequence[Array], y: Array, image: Sizes
    ) -> Iterator[Array | float]:
        """Yield for each place in the window what it gets of g = ∂L/∂y, where y was the result."""
        raise NotImplementedError(f"{type(self).__name__} needs shares(self, g, views, y, image)")

    @final
    @ignoring_underflow
    def forward(self, x: Any) -> Array:
        """Return y, shape (N, C, H′, W′), for images x of shape (N, C, H, W)."""
        x = as_float_array(x, self)
        self.windows.check(self, x.shape)
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
        image = shape[2:]
        views = self.windows.views(images, image)
        dx = np.zeros(images.shape, images.dtype)
        shares = self.shares(g, views, y, image)
        for view, share in zip(self.windows.views(dx, image), shares, strict=True):
            view += share
        return self.windows.without_padding(dx, shape)

    def extra_repr(self) -> str:
        """Return the window, and what is not as by default."""
        size, stride = self.windows.size, self.windows.stride
        text = f"kernel_size={shown(size)}" + (
            "" if stride == size else f", stride={shown(stride)}"
        )
        return text + (f", padding={shown(self.padding)}" if any(self.padding) else "")


class MaxPool(Pool):
    """The largest number of each window; all of its gradient goes to that number.

    Where several are equally large, the first of them gets it, in the order of reading, as in
    PyTorch. In the padding stands −∞, which is never the largest.
    """

    fill: ClassVar[float] = -math.inf

    @final
    def pool(self, views: Sequence[Array], image: Sizes) -> Array:
        """Return the largest."""
        y = views[0].copy()
        for view in views[1:]:
            np.maximum(y, view, out=y)
        return y

    @final
    def shares(
        self, g: Array, views: Sequence[Array], y: Array, image: Sizes
    ) -> Iterator[Array | float]:
        """Yield g where a place holds the largest and none before it did, else 0."""
        left = np.ones(y.shape, bool)  # the windows whose g nobody has got
        for view in views:
            takes = view == y
            takes &= left
            left ^= takes
            yield g * takes


class AvgPool(Pool):
    """The mean of each window, whose numbers share its gradient evenly.

    Parameters
    ----------
    kernel_size, stride, padding, name
        See `Pool`. The padding holds zeros.
    count_include_pad : bool
        Whether these zeros count in the mean; if not, it is over the numbers of the image alone.
    """

    def __init__(
        self,
        kernel_size: int | Sizes,
        *,
        stride: int | Sizes | None = None,
        padding: int | Sizes = 0,
        count_include_pad: bool = True,
        name: str | None = None,
    ) -> None:
        super().__init__(kernel_size, stride=stride, padding=padding, name=name)
        self.count_include_pad = check_bool(count_include_pad, "count_include_pad")

    @final
    def pool(self, views: Sequence[Array], image: Sizes) -> Array:
        """Return the mean."""
        y = views[0].copy()
        for view in views[1:]:
            y += view
        y /= self._counts(image, y.dtype)
        return y

    @final
    def shares(
        self, g: Array, views: Sequence[Array], y: Array, image: Sizes
    ) -> Iterator[Array | float]:
        """Yield g over the count of the window's numbers."""
        share = g / self._counts(image, y.dtype)
        for _ in views:
            yield share

    def _counts(self, image: Sizes, dtype: np.dtype[Any]) -> Array:
        """Return how many numbers each mean is over, shape (1, H′, W′, 1) or of a single number."""
        if self.count_include_pad or not any(self.padding):
            return np.asarray(math.prod(self.windows.size), dtype)
        ones = self.windows.padded(np.ones((1, 1, *image), dtype))
        return np.add.reduce(self.windows.views(ones, image))

    def extra_repr(self) -> str:
        """Return the window, and what is not as by default."""
        return super().extra_repr() + (
            "" if self.count_include_pad else ", count_include_pad=False"
        )


class MaxPool2d(MaxPool):
    """The largest number of every window of an image, (N, C, H, W); see `MaxPool` and `Pool`.

    Examples
    --------
    >>> pool = MaxPool2d(2)
    >>> pool([[[[1, 2, 0, 0], [3, 4, 0, 9]]]])
    array([[[[4., 9.]]]])
    >>> pool.backward([[[[10, 20]]]])
    array([[[[ 0.,  0.,  0.,  0.],
             [ 0., 10.,  0., 20.]]]])
    """

    directions: ClassVar[int] = 2


class MaxPool1d(MaxPool):
    """The largest number of every window of a sequence, (N, C, L); see `MaxPool` and `Pool`.

    Examples
    --------
    >>> MaxPool1d(2)([[[1, 2, 0, 5, 7]]])
    array([[[2., 5.]]])
    """

    directions: ClassVar[int] = 1


class AvgPool2d(AvgPool):
    """The mean of every window of an image, (N, C, H, W); see `AvgPool` and `Pool`.

    Examples
    --------
    >>> AvgPool2d(2)([[[[1, 2, 0, 0], [3, 4, 0, 8]]]])
    array([[[[2.5, 2. ]]]])
    """

    directions: ClassVar[int] = 2


class AvgPool1d(AvgPool):
    """The mean of every window of a sequence, (N, C, L); see `AvgPool` and `Pool`.

    Examples
    --------
    >>> AvgPool1d(2)([[[1, 2, 0, 5, 7]]])
    array([[[1.5, 2.5]]])
    """

    directions: ClassVar[int] = 1


class GlobalAvgPool(Op):
    """The mean of each channel: (N, C, H, W), or (N, C, …), to (N, C).

    PyTorch writes it as AdaptiveAvgPool2d(1) and Flatten. A network that ends in it takes images of
    any size. Source: Lin, Chen and Yan (2014).

    Parameters
    ----------
    name : str, optional
        What the layer is called in errors and files.

    Raises
    ------
    ValueError
        By `forward`, if x has fewer than three axes, or channels without numbers.

    Examples
    --------
    >>> GlobalAvgPool()([[[[1, 2], [3, 4]], [[5, 5], [5, 5]]]])
    array([[2.5, 5. ]])
    """

    @ignoring_underflow
    def forward(self, x: Any) -> Array:
        """Return the means, shape (N, C)."""
        x = as_float_array(x, self)
        if x.ndim < 3 or 0 in x.shape[2:]:
            raise ValueError(
                f"{self}: expected inputs of shape (N, C, H, W) or (N, C, L) with numbers in "
                f"every channel, received {x.shape}"
            )
        y = x.mean(axis=tuple(range(2, x.ndim)))
        self.save_for_backward(y, x.shape)
        return y

    @ignoring_underflow
    def backward(self, grad: Any) -> Array:
        """Return ∂L/∂x: each number of a channel gets the same share."""
        y, shape = self.saved_for_backward()
        share = self.check_grad(grad, y) / y.dtype.type(math.prod(shape[2:]))
        along = share.reshape(*y.shape, *[1] * (len(shape) - 2))
        return np.broadcast_to(along, shape).copy()
