"""Arrays of images in another size, all at once."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation import as_float_array, check_positive_int

Array = npt.NDArray[Any]


def interpolate(x: npt.ArrayLike, size: int | tuple[int, int]) -> Array:
    """Return images in another size: between two pixels, values lie on a straight line.

    `torch.nn.functional.interpolate(x, size, mode="bilinear")`. For arrays that hold a whole data
    set; a single image of bytes on its way into a network is resized by `transforms.Resize`,
    which also takes the mean of pixels that fall together.

    Parameters
    ----------
    x : array_like of shape (N, C, H, W)
        Images; whole numbers become float64.
    size : int or (height, width)
        The new size; one number is both.

    Returns
    -------
    ndarray of shape (N, C, height, width)

    Raises
    ------
    TypeError, ValueError
        If x is no array of images, or the size will not do.

    Examples
    --------
    >>> interpolate([[[[0.0, 4.0]]]], (1, 4))
    array([[[[0., 1., 3., 4.]]]])
    """
    x = as_float_array(x, "interpolate")
    if x.ndim != 4 or not x.size:
        raise ValueError(
            f"interpolate: expected images of shape (N, C, H, W), received {x.shape}"
            + ("; try x[:, np.newaxis]" if x.ndim == 3 else "")
        )
    sides = size if isinstance(size, tuple | list) else (size, size)
    if len(sides) != 2:
        raise ValueError(f"size: expected one number or (height, width), received {size}")
    height, width = (check_positive_int(side, "size") for side in sides)
    vertical = line_weights(x.shape[2], height).astype(x.dtype)
    across = line_weights(x.shape[3], width).astype(x.dtype)
    resized: Array = vertical @ x @ across.T
    return resized


def line_weights(old: int, new: int) -> Array:
    """Return by how much each of `old` pixels in a row counts for each of `new` ones.

    New pixels divide the row anew; beyond the middle of the first and the last old pixel there is
    nothing to go by, and values stay as they are there.

    Examples
    --------
    >>> line_weights(2, 4)
    array([[1.  , 0.  ],
           [0.75, 0.25],
           [0.25, 0.75],
           [0.  , 1.  ]])
    """
    at = (np.arange(new) + 0.5) * old / new - 0.5
    return np.column_stack([np.interp(at, np.arange(old), one) for one in np.eye(old)])
