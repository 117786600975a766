"""A layer of a picture: pixels of what stands still, as small as they can be."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from minidl.plots.png import encode_png


class Layer(NamedTuple):
    """Pixels of what stands still, as PNG, and their place: x, y, width, height on the screen."""

    png: bytes
    box: tuple[int, int, int, int]


def cut_out(pixels: Any, ratio: int) -> Layer:
    """Return the part of transparent pixels on which there is something, on whole screen pixels."""
    seen = pixels[..., 3] > 0
    (x0, x1), (y0, y1) = (_span(seen.any(axis=axis), ratio) for axis in (0, 1))
    part = np.ascontiguousarray(pixels[y0 * ratio : y1 * ratio, x0 * ratio : x1 * ratio])
    return Layer(encode_png(part), (x0, y0, x1 - x0, y1 - y0))


def _span(seen: Any, ratio: int) -> tuple[int, int]:
    """Return the first and one past the last screen pixel on which there is something."""
    places = np.flatnonzero(seen)
    return (int(places[0]) // ratio, int(places[-1]) // ratio + 1) if len(places) else (0, 1)
