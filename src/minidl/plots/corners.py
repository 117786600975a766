"""Paths as small whole numbers: what a recording keeps of matplotlib's paths."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.path import Path
from matplotlib.transforms import Bbox

Array = npt.NDArray[Any]

UNIT = 32
"""Steps in a screen pixel; int16 then reaches over 1000 pixels to each side."""
FINE = 256
"""Steps in a screen pixel for the shape of a mark."""
MOST_SNAPPED = 1024  # corners of a path that Agg looks at before it puts edges on pixels


class Tape:
    """Arrays one after the other as bytes; each begins at a multiple of four.

    Examples
    --------
    >>> tape = Tape()
    >>> tape.add(np.zeros(3, dtype=np.int16)), tape.add(np.zeros(2, dtype=np.int16))
    (0, 8)
    """

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def add(self, array: Array) -> int:
        """Append an array and return where it begins."""
        begin, part = self._size, array.tobytes()
        part += bytes(-len(part) % 4)
        self._parts.append(part)
        self._size += len(part)
        return begin

    def content(self) -> bytes:
        """Return all bytes."""
        return b"".join(self._parts)


def within_reach(path: Path, reach: tuple[float, float, float, float]) -> Path:
    """Return a cleaned area, cut to x₀, y₀, x₁, y₁ if int16 could not say where it ends."""
    vertices, codes = np.asarray(path.vertices), np.asarray(path.codes)
    if np.abs(vertices).max(initial=0) * UNIT < np.iinfo(np.int16).max:
        return path
    own = codes != Path.STOP
    return Path(vertices[own], codes[own]).clip_to_bbox(Bbox.from_extents(*reach)).cleaned()


def corners_of(path: Path, unit: int) -> Array:
    """Return code, x and y of each corner of a cleaned path as int16, shape (N, 3)."""
    vertices, codes = np.asarray(path.vertices), np.asarray(path.codes)
    shown = codes != Path.STOP
    corners = np.empty((np.count_nonzero(shown), 3), dtype="<i2")
    corners[:, 0], corners[:, 1:] = codes[shown], integers(vertices[shown], unit)
    return corners


def integers(places: Array, unit: int) -> Array:
    """Return places in whole units; what is out of reach stays at its end."""
    limits = np.iinfo(np.int16)
    return np.clip(np.rint(places * unit), limits.min, limits.max).astype("<i2")


def is_rectilinear(corners: Array) -> bool:
    """Return whether a path has horizontal and vertical edges only, Agg's rule for snapping."""
    codes, places = corners[:, 0], corners[:, 1:]
    if len(corners) > MOST_SNAPPED or np.any((codes == Path.CURVE3) | (codes == Path.CURVE4)):
        return False
    is_straight = np.any(places[1:] == places[:-1], axis=1)
    return bool(np.all(is_straight | (codes[1:] != Path.LINETO)))


def short(value: float) -> float:
    """Return a number with as many digits as a screen can show."""
    return round(float(value), 3)
