"""Pooling that takes the mean of every window, or of a whole channel."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, final

import numpy as np
import numpy.typing as npt

from minidl.nn.pooling import Pool
from minidl.nn.sizes import Sizes
from minidl.op import Op
from minidl.underflow import ignoring_underflow
from minidl.validation import as_float_array, check_bool

Array = npt.NDArray[Any]


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
    def shares(self, g: Array, views: Sequence[Array], y: Array, image: Sizes) -> Iterator[Array]:
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
