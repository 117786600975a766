"""Handwritten digits, as small images."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data.bundled import read_bundled

Array = npt.NDArray[Any]


def load_digits() -> tuple[Array, Array]:
    """Return 1,797 handwritten digits, each an image of 8 × 8 pixels.

    A pixel counts the inked ones among 4 × 4 finer pixels: 0 is paper, 16 is ink. A model wants
    them as fractions, `X / 16`, and one without convolutions as rows, `X.reshape(-1, 64) / 16`.

    Returns
    -------
    X : ndarray of uint8, shape (1797, 8, 8)
        Images of N samples, N × height × width, from 0 to 16.
    y : ndarray of int64, shape (1797,)
        The digits, 0 to 9, about 180 of each.

    Notes
    -----
    Source: Alpaydin and Kaynak (1998), Optical Recognition of Handwritten Digits, UCI Machine
    Learning Repository, https://doi.org/10.24432/C50P49, the test set, as scikit-learn ships it.
    Licence: CC BY 4.0.

    Examples
    --------
    >>> X, y = load_digits()
    >>> print(y[0])
    0
    >>> for row in X[0]:
    ...     print("".join(".:+#"[pixel // 5] for pixel in row))
    ..:+:...
    ..+#+#:.
    ..#..+:.
    ..+..::.
    .::..::.
    ..+..+:.
    ..+:++..
    ..:++...
    """
    with np.load(io.BytesIO(read_bundled("digits.npz")), allow_pickle=False) as arrays:
        return arrays["images"], arrays["labels"].astype(np.int64)


@cache
def digit_rows() -> tuple[Array, Array]:
    """Return the digits as fully connected networks want them, in an order that tells nothing.

    The order is drawn, and the same each time, so that the first samples can be trained on and
    others be new. The arrays are made once and cannot be written into.

    Returns
    -------
    X : ndarray of float64, shape (1797, 64)
        Pixels in a row, from 0 for paper to 1 for ink.
    y : ndarray of int64, shape (1797,)
        The digits.

    Examples
    --------
    >>> X, y = digit_rows()
    >>> X.shape
    (1797, 64)
    """
    images, digits = load_digits()
    order = np.random.default_rng(0).permutation(len(digits))
    X, y = images[order].reshape(-1, 64) / 16, digits[order]
    for array in (X, y):
        array.setflags(write=False)
    return X, y
