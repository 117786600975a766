"""The picture of the linear-map explorer: the plane before and after, with a test of linearity."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from minidl.plots.linear_map import MarkArtists, Marks, draw_marks, draw_plane, update_marks
from minidl.plots.style import INK

Array = npt.NDArray[Any]

REACH = 4.0
"""Both panels show x₁ and x₂ from −REACH to REACH."""
U, V = np.array([1.0, -1.5]), np.array([-2.5, 2.5])
"""The points of the linearity test: is T(2u + v) the same as 2T(u) + T(v)?

2u + v lies near the origin, so that a shift b, which moves 2T(u) + T(v) by 3b, leaves it in sight.
"""


NAME_AWAY = 0.17  # of a name from its point, to the right and up


@dataclass(frozen=True)
class LinearMapView:
    """What a map does to the plane.

    Attributes
    ----------
    marks : Marks
        The images of grid, letter, unit vectors and origin.
    ends, middle : ndarray, shapes (2, 2) and (2,)
        The images of u and v, and of their midpoint.
    whole, parts : ndarray, shape (2,)
        T(2u + v) and 2T(u) + T(v), which differ unless T is linear.
    W, b : ndarray, shapes (2, 2) and (1, 2)
        The one matrix and shift that do the same, if any do.
    bends : bool
        Whether none do, since the map bends lines.
    expected : (ndarray, ndarray)
        The W and b that the sliders ask for.
    """

    marks: Marks
    ends: Array
    middle: Array
    whole: Array
    parts: Array
    W: Array
    b: Array
    bends: bool
    expected: tuple[Array, Array]


@dataclass(frozen=True)
class LinearMapArtists:
    """What moves in the picture."""

    marks: MarkArtists
    ends: Line2D
    names: list[Text]
    middle: Line2D
    ring: Line2D
    cross: Line2D
    gap: Line2D


def draw_linear_map(figure: Figure) -> LinearMapArtists:
    """Fill a figure with the plane before and after the map; return what moves."""
    before, after = figure.subplots(1, 2)
    middle = _draw_before(before)
    place: dict[str, Any] = {"loc": "lower right", "bbox_to_anchor": (1.03, 1.0)}
    place["handletextpad"] = 0.2
    before.legend(handles=[middle], **place)
    artists = _draw_after(after)
    after.legend(handles=[artists.cross, artists.ring], columnspacing=1.0, ncols=2, **place)
    return artists


def update_linear_map(artists: LinearMapArtists, view: LinearMapView) -> None:
    """Show a map."""
    update_marks(artists.marks, view.marks)
    _update_segment(artists.ends, artists.middle, view.ends, view.middle)
    for name, end in zip(artists.names, view.ends, strict=True):
        name.set_position(end + NAME_AWAY)
    artists.cross.set_data([view.whole[0]], [view.whole[1]])
    artists.ring.set_data([view.parts[0]], [view.parts[1]])
    artists.gap.set_data(*np.array([view.whole, view.parts]).T)


def _draw_before(ax: Axes) -> Line2D:
    """Draw the plane before the map; return the mark of the midpoint."""
    update_marks(draw_marks(draw_plane(ax, REACH)), Marks.under(np.array))
    ax.set_title("Before")
    ends, middle = _draw_segment(ax)
    _update_segment(ends, middle, np.array([U, V]), (U + V) / 2)
    right: dict[str, Any] = {"xytext": (5, 5)}
    left: dict[str, Any] = {"xytext": (-5, -12), "ha": "right"}
    for point, name, where in ((U, "u", right), (V, "v", right), (2 * U + V, "2u + v", left)):
        ax.plot(*point, ".", markersize=7, color=INK)
        ax.annotate(name, (point[0], point[1]), textcoords="offset points", zorder=6, **where)
    return middle


def _draw_after(ax: Axes) -> LinearMapArtists:
    """Draw the marks that the map moves."""
    draw_plane(ax, REACH).set_title("After")
    marks = draw_marks(ax)
    ends, middle = _draw_segment(ax)
    look: dict[str, Any] = {"clip_on": True, "zorder": 6}
    names = [ax.text(0, 0, name, **look) for name in ("T(u)", "T(v)")]
    (ring,) = ax.plot([], [], "o", ms=12, mfc="none", mec=INK, zorder=6)
    (cross,) = ax.plot([], [], "x", ms=7, mew=2, color=INK, zorder=6)
    (gap,) = ax.plot([], [], ":", linewidth=1.5, color=INK, zorder=6)
    ring.set_label("2T(u) + T(v)")
    cross.set_label("T(2u + v)")
    return LinearMapArtists(marks, ends, names, middle, ring, cross, gap)


def _draw_segment(ax: Axes) -> tuple[Line2D, Line2D]:
    """Add what shows the segment from u to v, and its midpoint."""
    (ends,) = ax.plot([], [], ".--", markersize=7, linewidth=1.2, color=INK, zorder=3.5)
    look: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": INK}
    (middle,) = ax.plot([], [], "D", markersize=6, zorder=6, **look)
    middle.set_label("midpoint of u and v")
    return ends, middle


def _update_segment(line: Line2D, mark: Line2D, ends: Array, middle: Array) -> None:
    """Move the segment and the midpoint's image."""
    line.set_data(*ends.T)
    mark.set_data([middle[0]], [middle[1]])
