"""Where a window stands as it slides over images: what convolutions and pooling share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation import check_positive_int, describe

Array = npt.NDArray[Any]
Pair = tuple[int, int]


def as_pair(value: object, name: str, *, minimum: int = 1) -> Pair:
    """Return a number as (number, number), and a pair, for height and width, as it is.

    Examples
    --------
    >>> as_pair(3, "kernel_size")
    (3, 3)
    """
    pair = value if isinstance(value, Sequence) and not isinstance(value, str) else (value, value)
    if len(pair) != 2:
        raise ValueError(
            f"{name}: expected a number or a pair (height, width), received {describe(value)}"
        )
    height, width = (check_positive_int(number, name, minimum=minimum) for number in pair)
    return height, width


@dataclass(frozen=True)
class Windows:
    """The places of a window of k numbers that moves by s: 0, s, 2s …, in both directions.

    Dilated by d, it looks at every d-th number only, so that it covers d·(k − 1) + 1 of them.

    Parameters
    ----------
    size, stride, dilation : pair of int
        For height and width.
    padding : pair of pairs of int
        How many zeros are put (above, below) and (left, right).
    """

    size: Pair
    stride: Pair
    dilation: Pair
    padding: tuple[Pair, Pair]

    @classmethod
    def of(cls, size: object, stride: object, padding: object, dilation: object) -> Windows:
        """Return the windows that a layer's arguments describe.

        Parameters
        ----------
        size, stride, dilation : int or pair of int
            At least 1.
        padding : int, pair of int, "same" or "valid"
            On both sides; "same" keeps height and width, "valid" is 0.

        Raises
        ------
        ValueError
            If one of them is out of its range, or the padding "same" meets a stride.

        Examples
        --------
        >>> Windows.of(3, 1, "same", 1).padding
        ((1, 1), (1, 1))
        """
        size, dilation = as_pair(size, "kernel_size"), as_pair(dilation, "dilation")
        stride = as_pair(stride, "stride")
        if padding == "same":
            if stride != (1, 1):
                raise ValueError(
                    f"padding: expected a number with a stride, received 'same' with {stride}; "
                    "try padding=(kernel_size - 1) // 2"
                )
            covered = [d * (k - 1) for k, d in zip(size, dilation, strict=True)]
            rows, columns = ((total // 2, total - total // 2) for total in covered)
        elif isinstance(padding, str) and padding != "valid":
            raise ValueError(f"padding: expected numbers, 'same' or 'valid', received {padding!r}")
        else:
            given = as_pair(0 if padding == "valid" else padding, "padding", minimum=0)
            rows, columns = ((zeros, zeros) for zeros in given)
        return cls(size, stride, dilation, (rows, columns))

    def count(self, image: Sequence[int]) -> Pair:
        """Return how many windows there are over an image, downwards and across; 0 if none fits.

        Examples
        --------
        >>> Windows.of(3, 2, 0, 1).count((28, 28))
        (13, 13)
        """
        down, across = (
            max(0, (length + sum(zeros) - d * (k - 1) - 1) // s + 1)
            for length, k, s, d, zeros in zip(
                image, self.size, self.stride, self.dilation, self.padding, strict=True
            )
        )
        return down, across

    def columns(self, x: Array) -> Array:
        """Return every window as a column, shape (C·kH·kW, N·H′·W′), of images (N, C, H, W).

        One slice fills a whole row: what stands at one place of all windows.
        """
        N, C, *image = x.shape
        count = self.count(image)
        padded = self._padded(x)
        columns = np.empty((C, *self.size, N, *count), dtype=x.dtype)
        for i, j in np.ndindex(self.size):
            columns[:, i, j] = padded[self._place(i, j, count)]
        return columns.reshape(C * self.size[0] * self.size[1], -1)

    def images(self, columns: Array, shape: tuple[int, ...]) -> Array:
        """Add the numbers of columns up where they came from, in images of a shape (N, C, H, W).

        This is backward to `columns`: a number that stood in several windows gets the sum.
        """
        N, C, *image = shape
        count = self.count(image)
        columns = columns.reshape(C, *self.size, N, *count)
        padded = self._zeros(shape, columns.dtype)
        for i, j in np.ndindex(self.size):
            padded[self._place(i, j, count)] += columns[:, i, j]
        return padded[self._inside(image)].swapaxes(0, 1)

    def _place(self, i: int, j: int, count: Pair) -> tuple[Any, ...]:
        """Return where, in padded images, the number (i, j) of every window stands."""
        places = zip((i, j), self.stride, self.dilation, count, strict=True)
        return (..., *(slice(k * d, k * d + s * n, s) for k, s, d, n in places))

    def _padded(self, x: Array) -> Array:
        """Return images with their zeros around, as (C, N, H, W)."""
        channels = x.swapaxes(0, 1)
        if self.padding == ((0, 0), (0, 0)):
            return channels
        padded = self._zeros(x.shape, x.dtype)
        padded[self._inside(x.shape[2:])] = channels
        return padded

    def _zeros(self, shape: tuple[int, ...], dtype: np.dtype[Any]) -> Array:
        N, C, H, W = shape
        rows, columns = self.padding
        return np.zeros((C, N, H + sum(rows), W + sum(columns)), dtype)

    def _inside(self, image: Sequence[int]) -> tuple[Any, ...]:
        sides = zip(image, self.padding, strict=True)
        return (..., *(slice(before, before + length) for length, (before, _) in sides))
