"""The windows of a convolution without a copy of each: a window is a stretch of strips.

Strip h holds row h of the images as each column of a window sees it while the window slides along
the row, a copy for each column, under each other. A window that stands on the rows i, i + 1 and
i + 2 then sees the strips i to i + 2, which lie on end in memory: the matrix of all such windows
is a part of the strips as they are, and only as many copies are made as a window has columns.
Sequences are images whose rows have one number.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.nn.sizes import Sizes
from minidl.nn.windows import Windows

Array = npt.NDArray[Any]


def lay_out(windows: Windows, x: Array) -> Array:
    """Return the strips of images x of shape (N, C, H, W), with their padding.

    Returns
    -------
    ndarray, shape (H, C·kW, W′·N)
        Of sequences (N, C, L): (L, C, N).

    Examples
    --------
    >>> x = np.arange(6.0).reshape(1, 1, 2, 3)
    >>> lay_out(Windows.of(2, 1, 0, 1), x).tolist()
    [[[0.0, 1.0], [1.0, 2.0]], [[3.0, 4.0], [4.0, 5.0]]]
    """
    images = windows.padded(x).swapaxes(0, 1)
    H, C, *row, N = images.shape
    views = windows.across.views(images.reshape(H * C, *row, N), row)
    return np.stack(views, axis=1).reshape(H, C * len(views), math.prod(views[0].shape[1:]))


def stretches(windows: Windows, strips: Array) -> Array:
    """Return the windows as columns, a matrix for each row of them; a view, but if dilated.

    Returns
    -------
    ndarray, shape (H′, kH·C·kW, W′·N)

    Examples
    --------
    >>> strips = np.array([[[0.0, 1.0], [1.0, 2.0]], [[3.0, 4.0], [4.0, 5.0]]])
    >>> stretches(Windows.of(2, 1, 0, 1), strips).tolist()
    [[[0.0, 1.0], [1.0, 2.0], [3.0, 4.0], [4.0, 5.0]]]
    """
    H, height, width = strips.shape
    (size,), (stride,), (dilation,) = windows.down.size, windows.down.stride, windows.down.dilation
    if dilation > 1:
        (count,) = windows.down.count((H,))
        seen = stride * np.arange(count)[:, np.newaxis] + dilation * np.arange(size)
        return strips[seen].reshape(count, size * height, width)
    lines = strips.reshape(H * height, width)
    found = np.lib.stride_tricks.sliding_window_view(lines, size * height, axis=0)
    return found[:: stride * height].swapaxes(1, 2)


def add_back(windows: Windows, shares: Array, shape: Sizes) -> Array:
    """Return images of a shape (N, C, H, W) to which each number of each window adds its share.

    This is the way back from `stretches` and `lay_out`: a number that stood in several windows
    gets the sum.

    Parameters
    ----------
    shares : ndarray, shape (H′, kH·C·kW, W′·N)
        What each window adds at each of its numbers.
    shape : tuple of int
        Of the images, without padding.

    Examples
    --------
    >>> add_back(Windows.of(2, 1, 0, 1), np.ones((1, 4, 2)), (1, 1, 2, 3)).tolist()
    [[[[1.0, 2.0, 1.0], [1.0, 2.0, 1.0]]]]
    """
    N, C, *image = shape
    H, *row = windows.lengths(image)
    down, across = windows.down, windows.across
    (count, seen, width), (size,) = shares.shape, down.size
    length = seen // size * width  # numbers of a strip
    of_strips = shares.reshape(count, size, length).swapaxes(0, 1)[:, np.newaxis]
    strips = down.add_up(of_strips, (length, 1, H), shares.dtype).T
    columns = strips.reshape(H * C, math.prod(across.size), width).swapaxes(0, 1)
    of_rows = columns.reshape(*columns.shape[:2], *across.count(row), N)
    images = across.add_up(of_rows, (N, H * C, *row), shares.dtype)
    images = images.reshape(N, H, C, *row).swapaxes(1, 2)
    return images[(slice(None), slice(None), *windows.inside(image))]
