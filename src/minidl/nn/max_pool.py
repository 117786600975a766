"""Pooling that keeps the largest number of every window."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, final

import numpy as np
import numpy.typing as npt

from minidl.nn.pooling import Pool
from minidl.nn.sizes import Sizes

Array = npt.NDArray[Any]


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
    def shares(self, g: Array, views: Sequence[Array], y: Array, image: Sizes) -> Iterator[Array]:
        """Yield g where a place holds the largest and none before it did, else 0."""
        left = np.ones(y.shape, bool)  # the windows whose g nobody has got
        for view in views:
            takes = view == y
            takes &= left
            left ^= takes
            yield g * takes


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
