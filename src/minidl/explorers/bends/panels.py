"""Small multiples: each unit's share, and below it the sum so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from contourpy import contour_generator

from minidl.explorers.bends.shapes import EXTENT, LEAST_FULL, SIDE
from minidl.explorers.bends.tasks import REACH
from minidl.plots.numbers import plain
from minidl.plots.plane import grid_over
from minidl.plots.style import CATEGORY_COLORS, INK
from minidl.plots.words import Word

Array = npt.NDArray[Any]

TOP, WORD, GAP = 30.0, 15.0, 10.0  # pixels: of the heading, of a line of text, between panels
COARSE = 2  # every so many points of the grid are shown
HEIGHT_SHOWN = 3.0  # of curves in a panel, up and down
BLANK = np.full((2, 2), 0.5)
SUBSCRIPTS = "₁₂₃₄₅₆₇₈"


class Box(NamedTuple):
    """A square panel: its left and upper edge, and its side, in pixels."""

    x: float
    y: float
    side: float


@dataclass(frozen=True)
class Shapes:
    """What the panels show.

    Attributes
    ----------
    shares, so_far : ndarray, shape (units, N)
        Over the grid, or along the curve.
    rows : ndarray, shape (units, 4)
        The numbers of each unit.
    unit : int
        The one that is looked at.
    curve : bool
    """

    shares: Array
    so_far: Array
    rows: Array
    unit: int
    curve: bool

    @property
    def full(self) -> float:
        """What has the full colour everywhere: a little less than the largest value."""
        largest = max(np.abs(self.shares).max(), np.abs(self.so_far).max())
        return max(LEAST_FULL, 0.6 * float(largest))


def place_panels(units: int, width: float, height: float) -> list[tuple[Box, Box]]:
    """Return the places of each unit's share and sum, as large as there is room for.

    Examples
    --------
    >>> (share, total), _ = place_panels(2, 374, 392)
    >>> share.x == total.x, share.y < total.y, share.side == total.side
    (True, True, True)
    """
    columns = min(max(units, 2), 4)
    blocks = 1 + (units > columns)
    room = (height - TOP) / blocks
    side = min((width - 4) / columns - GAP, (room - 2 * WORD - 8) / 2)
    boxes = []
    for j in range(units):
        block, column = divmod(j, columns)
        x, y = 2 + column * (side + GAP), TOP + block * room + WORD
        boxes.append((Box(x, y, side), Box(x, y + side + WORD, side)))
    return boxes


def words_on(shapes: Shapes, places: list[tuple[Box, Box]]) -> Iterator[Word]:
    """Yield what stands above each panel."""
    for j, (share, total) in enumerate(places):
        index, color = SUBSCRIPTS[j], CATEGORY_COLORS[2] if j == shapes.unit else INK
        middle = share.x + share.side / 2
        weight = f"v{index} = {plain(shapes.rows[j, 3], 1)}"
        yield Word(middle, share.y - WORD / 2 - 1, weight, color=color, size=8)
        begin = "c" if j == 0 else "…"
        yield Word(middle, total.y - WORD / 2 - 1, f"{begin} + v{index}·a{index}", size=8)


def pixels_in(box: Box, points: Array) -> Array:
    """Return points of the plane as pixels of a panel."""
    x1, x2 = (np.asarray(points) + REACH).T / (2 * REACH)
    return np.column_stack([box.x + x1 * box.side, box.y + (1 - x2) * box.side])


def frame_of(box: Box) -> Array:
    """Return the corners of a panel, the first again at the end."""
    return pixels_in(box, REACH * np.array([(-1, -1), (1, -1), (1, 1), (-1, 1), (-1, -1)]))


def middle_of(box: Box) -> Array:
    """Return the line across a panel on which heights are 0."""
    return pixels_in(box, np.array([(-REACH, 0), (REACH, 0)]))


def curve_in(box: Box, heights: Array) -> Array:
    """Return a curve in a panel, cut off where it leaves it."""
    x = np.linspace(-REACH, REACH, len(heights))
    y = np.where(np.abs(heights) <= HEIGHT_SHOWN, heights, np.nan) * REACH / HEIGHT_SHOWN
    return pixels_in(box, np.column_stack([x, y]))


def shores_in(box: Box, values: Array) -> list[Array]:
    """Return the lines on which a sum is 0."""
    x1, x2, _ = grid_over(EXTENT, SIDE, SIDE)
    generator: Any = contour_generator(x1, x2, values.reshape(SIDE, SIDE))
    return [pixels_in(box, line) for line in generator.lines(0.0)]
