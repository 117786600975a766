"""Convolution by its definition, one window after the other: slow, and plain to see.

`Conv1d` and `Conv2d` compute the same with one matrix product; the tests compare them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def conv2d_simple(
    x: Array,
    W: Array,
    b: Array,
    *,
    stride: tuple[int, int] = (1, 1),
    padding: tuple[int, int] = (0, 0),
    dilation: tuple[int, int] = (1, 1),
) -> Array:
    """Return what `Conv2d` computes, the weighted sum of every window of every image.

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


def conv1d_simple(
    x: Array, W: Array, b: Array, *, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Array:
    """Return what `Conv1d` computes, the weighted sum of every window of every sequence.

    Parameters
    ----------
    x : ndarray, shape (N, C_in, L)
        Sequences.
    W : ndarray, shape (C_out, C_in, K)
        Weights.
    b : ndarray, shape (1, C_out)
        Biases.
    stride, padding, dilation : int
        By how much the window moves, zeros on each side, how far apart its numbers lie.

    Returns
    -------
    ndarray, shape (N, C_out, L′)

    Examples
    --------
    >>> x, W = np.array([[[0.0, 0.0, 5.0, 5.0]]]), np.array([[[-1.0, 1.0]]])
    >>> conv1d_simple(x, W, np.array([[0.0]]))
    array([[[0., 5., 0.]]])
    """
    x = np.pad(x, [(0, 0), (0, 0), (padding, padding)])
    length = dilation * (W.shape[2] - 1) + 1
    starts = range(0, x.shape[2] - length + 1, stride)
    z = np.empty((len(x), len(W), len(starts)), dtype=x.dtype)
    for n, m, i in np.ndindex(z.shape):
        window = x[n, :, starts[i] : starts[i] + length : dilation]
        z[n, m, i] = (W[m] * window).sum() + b[0, m]
    return z
