"""A grid before and after a map of the plane, with marks that tell where its points went."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Polygon

from minidl.plots.style import CLASS_COLORS, INK, MUTED, new_axes

Array = npt.NDArray[Any]
Artists = dict[str, Any]

REACH = 4.0
"""Both panels show x₁ and x₂ from −REACH to REACH."""
LETTER = np.array(
    [[0, 0], [0, 5], [3, 5], [3, 4], [1, 4], [1, 3], [2, 3], [2, 2], [1, 2], [1, 0]]
) * [0.4, 0.36] + [0.4, 0.4]
"""The outline of a letter F, which looks different in a mirror, shape (10, 2)."""
U, V = np.array([1.0, -1.5]), np.array([-2.5, 2.5])
"""The points of the linearity test: is T(2u + v) the same as 2T(u) + T(v)?

2u + v lies near the origin, so that a shift b, which moves 2T(u) + T(v) by 3b, leaves it in sight.
"""
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
    run = transform or np.array
    artists = _draw_marks(_draw_plane(ax, reach))
    images = {"lines": transform_lines(run, grid_lines()), "letter": run(LETTER)}
    _update_marks(artists, {**images, "units": run(UNITS), "origin": run(np.zeros((1, 2)))[0]})
    return ax


def draw_linear_map(figure: Figure) -> Artists:
    """Fill a figure with the plane before and after the map; return what moves."""
    before, after = figure.subplots(1, 2)
    lines = grid_lines()
    still = {"lines": lines, "letter": LETTER, "units": UNITS, "origin": np.zeros(2)}
    _update_marks(_draw_marks(_draw_plane(before, REACH)), still)
    before.set_title("Before")
    still_ends, still_middle = _draw_segment(before)
    _update_segment({"ends": still_ends, "middle": still_middle}, np.array([U, V]), (U + V) / 2)
    right, left = {"xytext": (5, 5)}, {"xytext": (-5, -12), "ha": "right"}
    for point, name, where in ((U, "u", right), (V, "v", right), (2 * U + V, "2u + v", left)):
        before.plot(*point, ".", markersize=7, color=INK)
        before.annotate(name, point, textcoords="offset points", zorder=6, **where)
    place = {"loc": "lower right", "bbox_to_anchor": (1.03, 1.0), "handletextpad": 0.2}
    before.legend(handles=[still_middle], **place)
    _draw_plane(after, REACH).set_title("After")
    artists = _draw_marks(after)
    ends, middle = _draw_segment(after)
    (ring,) = after.plot([], [], "o", ms=12, mfc="none", mec=INK, zorder=6)
    (cross,) = after.plot([], [], "x", ms=7, mew=2, color=INK, zorder=6)
    (gap,) = after.plot([], [], ":", linewidth=1.5, color=INK, zorder=6)
    ring.set_label("2T(u) + T(v)")
    cross.set_label("T(2u + v)")
    after.legend(handles=[cross, ring], columnspacing=1.0, ncols=2, **place)
    moving = {"ends": ends, "middle": middle, "ring": ring, "cross": cross, "gap": gap}
    return {**artists, **moving}


def update_linear_map(artists: Artists, data: dict[str, Any]) -> None:
    """Show a map.

    Parameters
    ----------
    artists
        What `draw_linear_map` returned.
    data
        Images of the marks: `lines` (shape of `grid_lines`), `letter`, `units`, `origin`; `ends`,
        those of u and v, (2, 2), with `middle`, that of their midpoint; and `whole`, T(2u + v),
        beside `parts`, 2T(u) + T(v), which differ unless T is linear.
    """
    _update_marks(artists, data)
    _update_segment(artists, data["ends"], data["middle"])
    artists["cross"].set_data([data["whole"][0]], [data["whole"][1]])
    artists["ring"].set_data([data["parts"][0]], [data["parts"][1]])
    artists["gap"].set_data(*np.array([data["whole"], data["parts"]]).T)


def _draw_plane(ax: Axes, reach: float) -> Axes:
    """Give axes a square part of the plane with the coordinate axes in it."""
    ax.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal", xlabel="$x_1$")
    ax.set_ylabel("$x_2$", labelpad=-4)
    ax.grid(visible=False)
    for draw in (ax.axhline, ax.axvline):
        draw(0, color="#BBBBBB", linewidth=0.8, zorder=0.5)
    return ax


def _draw_marks(ax: Axes) -> Artists:
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
    return {"lines": lines, "letter": letter, "units": units, "home": home, "origin": origin}


def _draw_segment(ax: Axes) -> tuple[Line2D, Line2D]:
    """Add what shows the segment from u to v, and its midpoint."""
    (ends,) = ax.plot([], [], ".--", markersize=7, linewidth=1.2, color=INK, zorder=3.5)
    look: dict[str, Any] = {"markerfacecolor": "white", "markeredgecolor": INK}
    (middle,) = ax.plot([], [], "D", markersize=6, zorder=6, **look)
    middle.set_label("midpoint of u and v")
    return ends, middle


def _update_segment(artists: Artists, ends: Array, middle: Array) -> None:
    """Move the segment and the midpoint's image."""
    artists["ends"].set_data(*ends.T)
    artists["middle"].set_data([middle[0]], [middle[1]])


def _update_marks(artists: Artists, data: dict[str, Any]) -> None:
    """Move grid, letter, unit vectors and the origin's image."""
    artists["lines"].set_segments(data["lines"])
    artists["letter"].set_xy(data["letter"])
    for arrow, tip in zip(artists["units"], data["units"], strict=True):
        arrow.set_positions(tuple(data["origin"]), tuple(tip))
    artists["origin"].set_data([data["origin"][0]], [data["origin"][1]])
