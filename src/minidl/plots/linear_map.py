"""A grid before and after a map of the plane, with marks that tell where its points went."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Polygon

from minidl.plots.style import CLASS_COLORS, INK, MUTED, new_axes, styled

Array = npt.NDArray[Any]
LETTER = np.array(
    [[0, 0], [0, 5], [3, 5], [3, 4], [1, 4], [1, 3], [2, 3], [2, 2], [1, 2], [1, 0]]
) * [0.4, 0.36] + [0.4, 0.4]
"""The outline of a letter F, which looks different in a mirror, shape (10, 2)."""
UNITS = np.eye(2)
"""The two unit vectors, whose images are the rows of W."""


def grid_lines(*, reach: int = 3, points: int = 25) -> Array:
    """Return the lines of a square grid: first those that go up, then those that go across.

    Returns
    -------
    ndarray, shape (2 (2 reach + 1), points, 2)
        Each line as a row of points, so that a map that bends it is seen to.

    Examples
    --------
    >>> grid_lines(reach=1, points=2).shape
    (6, 2, 2)
    """
    along = np.linspace(-reach, reach, points)
    places = np.arange(-reach, reach + 1, dtype=float)
    up = np.stack(np.broadcast_arrays(places[:, None], along), axis=-1)
    return np.concatenate([up, up[..., ::-1]])


def transform_lines(transform: Callable[[Array], Array], lines: Array) -> Array:
    """Return the images of lines, shape as given, under a function of points (N, 2)."""
    return np.asarray(transform(lines.reshape(-1, 2)), dtype=float).reshape(lines.shape)


@dataclass(frozen=True)
class Marks:
    """Where the marks of the plane are, or their images under a map.

    Attributes
    ----------
    lines : ndarray
        The grid, of the shape of `grid_lines()`.
    letter, units, origin : ndarray
        Of shapes (10, 2), (2, 2) and (2,).
    """

    lines: Array
    letter: Array
    units: Array
    origin: Array

    @classmethod
    def under(cls, transform: Callable[[Array], Array]) -> Marks:
        """Return the images of the marks under a function of points (N, 2)."""
        origin, units = transform(np.zeros((1, 2)))[0], transform(UNITS)
        return cls(transform_lines(transform, grid_lines()), transform(LETTER), units, origin)


@dataclass(frozen=True)
class MarkArtists:
    """What moves when the marks do; `home` stays where the origin was."""

    lines: LineCollection
    letter: Polygon
    units: list[FancyArrowPatch]
    home: Line2D
    origin: Line2D


@styled()
def plot_grid(
    transform: Callable[[Array], Array] | None = None, ax: Axes | None = None, *, reach: float = 6.0
) -> Axes:
    """Plot what a map of the plane does to a square grid, a letter F and the origin.

    Parameters
    ----------
    transform
        Function of points, (N, 2) → (N, 2); None leaves everything where it is.
    ax
        Axes to draw into; None makes new ones.
    reach
        The picture shows both coordinates from −reach to reach.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = plot_grid(lambda X: X @ np.array([[1.0, 0.0], [1.0, 1.0]]))
    """
    ax = new_axes(ax, width=3.8, height=3.8)
    update_marks(draw_marks(draw_plane(ax, reach)), Marks.under(transform or np.array))
    return ax


def draw_plane(ax: Axes, reach: float) -> Axes:
    """Give axes a square part of the plane with the coordinate axes in it."""
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal", xlabel="$x_1$")
    ax.set_ylabel("$x_2$", labelpad=-4)
    ax.grid(visible=False)
    for draw in (ax.axhline, ax.axvline):
        draw(0, color="#BBBBBB", linewidth=0.8, zorder=0.5)
    return ax


def draw_marks(ax: Axes) -> MarkArtists:
    """Add the moving marks to axes: grid, letter, unit vectors, the origin's image."""
    count = len(grid_lines()) // 2
    colors = [CLASS_COLORS[0]] * count + [CLASS_COLORS[1]] * count
    lines = LineCollection([], colors=colors, linewidths=1.0, alpha=0.75)
    ax.add_collection(lines, autolim=False)
    letter = Polygon(LETTER, closed=True, facecolor="#F0C75E", edgecolor=INK, zorder=3)
    ax.add_patch(letter)
    look: dict[str, Any] = {
        "arrowstyle": "-|>",
        "mutation_scale": 14,
        "linewidth": 2.4,
        "shrinkA": 0,
        "shrinkB": 0,
    }
    units = [
        FancyArrowPatch((0, 0), (1, 1), color=color, zorder=4, **look)
        for color in CLASS_COLORS[::-1]
    ]
    for arrow in units:
        ax.add_patch(arrow)
    hollow: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": MUTED}
    (home,) = ax.plot([0], [0], "o", markersize=7, zorder=4, **hollow)
    (origin,) = ax.plot([0], [0], "o", markersize=6, color=INK, zorder=5)
    return MarkArtists(lines, letter, units, home, origin)


def update_marks(artists: MarkArtists, marks: Marks) -> None:
    """Move grid, letter, unit vectors and the origin's image."""
    artists.lines.set_segments(list(marks.lines))
    artists.letter.set_xy(marks.letter)
    for arrow, tip in zip(artists.units, marks.units, strict=True):
        arrow.set_positions(tuple(marks.origin), tuple(tip))
    artists.origin.set_data([marks.origin[0]], [marks.origin[1]])
