"""The small images and the kernels that the explorer offers, in whole numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import load_digits

Array = npt.NDArray[Any]

SIZE = 9
"""Rows and columns of every image."""
BRIGHTEST = 9
"""The largest number in an image."""
OWN = "own numbers"
KERNELS: dict[str, tuple[Any, int]] = {
    "identity": (((0, 0, 0), (0, 1, 0), (0, 0, 0)), 1),
    "blur": (((1, 1, 1), (1, 1, 1), (1, 1, 1)), 9),
    "sharpen": (((0, -1, 0), (-1, 5, -1), (0, -1, 0)), 1),
    "Sobel, left to right": (((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)), 1),
    "Sobel, top to bottom": (((-1, -2, -1), (0, 0, 0), (1, 2, 1)), 1),
}
"""By name: the weights, and what their sum of products is divided by."""


def make_images() -> dict[str, Array]:
    """Return images of SIZE × SIZE whole numbers from 0 to BRIGHTEST, by name.

    Examples
    --------
    >>> make_images()["a ramp"][0]
    array([0, 1, 2, 3, 4, 5, 6, 7, 8])
    """
    rows, columns = np.indices((SIZE, SIZE))
    middle = SIZE // 2
    inside = (abs(rows - middle) < 3) & (abs(columns - middle) < 3)
    return {
        "a digit": _digit(),
        "a square": BRIGHTEST * inside,
        "an edge": BRIGHTEST * (columns >= middle),
        "a ramp": columns,
        "stripes": BRIGHTEST * ((rows + columns) % 4 < 2),
        "a dot": 1 * ((rows == middle) & (columns == middle)),
    }


def _digit() -> Array:
    """Return a bundled five in the middle, its shades as whole numbers."""
    images, digits = load_digits()
    five = images[np.flatnonzero(digits == 5)[1]]
    shades = np.rint(BRIGHTEST * five / five.max()).astype(np.int64)
    return np.pad(shades, ((0, 1), (0, 1)))
