"""A line that learns from one point at a time, its way over the error surface, and its error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from minidl.plots.picture import set_static
from minidl.plots.plane import Extent
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED

Array = npt.NDArray[Any]

REACH = 10.0
"""Inputs lie between −REACH and REACH."""
SURFACE: Extent = (-0.5, 3.5, -0.5, 2.5)
"""What the picture shows of the plane of w (first) and b."""
LEVELS = (0.5, 1, 2, 4, 8)
ERRORS = (0.001, 100.0)
"""What the picture shows of the mean errors."""
_HEIGHTS = LinearSegmentedColormap.from_list("minidl_error", ["#FFFFFF", "#C9DFEE", "#8DBBDB"])


@dataclass(frozen=True)
class AdalineView:
    """A training, one point after another.

    Attributes
    ----------
    x, y : ndarray, shape (N,)
        The points in their order.
    path : ndarray, shape (N + 1, 2)
        The values of w and b before the first and after each of them.
    errors : ndarray, shape (N + 1,)
        Their mean errors.
    """

    x: Array
    y: Array
    path: Array
    errors: Array


@dataclass(frozen=True)
class AdalineArtists:
    """What moves in the picture."""

    points: Line2D
    line: Line2D
    path: Line2D
    end: Line2D
    goal: Line2D
    errors: Line2D


def mean_absolute_error(w: Any, b: Any, target: tuple[float, float]) -> Any:
    """Return the mean of |w·x + b − (w*·x + b*)| over all x from −10 to 10.

    With A = |w − w*| and C = |b − b*| it is C where C ≥ 10·A, since the two lines do not cross
    there, and 5·A + C²/(20·A) elsewhere.

    Parameters
    ----------
    w, b : float or ndarray
        The line.
    target : (float, float)
        The slope w* and the intercept b* of the line to be learned.

    Returns
    -------
    float or ndarray

    Examples
    --------
    >>> (
    ...     float(mean_absolute_error(3.0, 1.0, (2.0, 1.0))),
    ...     float(mean_absolute_error(2, 4, (2, 1))),
    ... )
    (5.0, 3.0)
    """
    tilt, shift = np.abs(np.subtract(w, target[0])), np.abs(np.subtract(b, target[1]))
    apart = shift >= REACH * tilt
    steep = np.where(apart, 1.0, tilt)  # no division by zero where the other case holds
    return np.where(apart, shift, REACH / 2 * steep + shift**2 / (2 * REACH * steep))


def draw_adaline(figure: Figure, *, target: tuple[float, float]) -> AdalineArtists:
    """Fill an empty figure: the line among its points, its path over the error surface, its error.

    Parameters
    ----------
    figure : Figure
        An empty figure.
    target : (float, float)
        Slope and intercept of the line that the points lie on.

    Returns
    -------
    AdalineArtists
    """
    parts = figure.subplot_mosaic(
        [["plane", "surface"], ["errors", "errors"]], width_ratios=(1, 1.1), height_ratios=(2, 1)
    )
    points, line = _draw_plane(parts["plane"], target)
    path, end, goal = _draw_surface(parts["surface"], target)
    return AdalineArtists(points, line, path, end, goal, _draw_errors(parts["errors"]))


def _draw_plane(ax: Axes, target: tuple[float, float]) -> tuple[Line2D, Line2D]:
    """Draw the target; return the points and the line."""
    ends = np.array([-REACH, REACH])
    ax.set(xlim=(-10.5, 10.5), ylim=(-26, 26), xlabel="x", ylabel="y", title="The line")
    ax.plot(ends, target[0] * ends + target[1], "--", color=MUTED, lw=1.4, label="target")
    (points,) = ax.plot([], [], "o", color=CATEGORY_COLORS[0], ms=5, mec="white", mew=0.6)
    points.set_label("points seen")
    (line,) = ax.plot([], [], color=CATEGORY_COLORS[1], label="learned")
    ax.legend(loc="upper left")
    return points, line


def _draw_surface(ax: Axes, target: tuple[float, float]) -> tuple[Line2D, Line2D, Line2D]:
    """Draw the surface of the error; return the way over it, its end and the goal."""
    left, right, bottom, top = SURFACE
    w, b = np.meshgrid(np.linspace(left, right, 121), np.linspace(bottom, top, 121))
    heights = mean_absolute_error(w, b, target)
    ax.contourf(w, b, heights, levels=128, cmap=_HEIGHTS)
    lines = ax.contour(w, b, heights, levels=LEVELS, colors=MUTED, linewidths=0.7)
    ax.clabel(lines, levels=LEVELS[1:], fmt="{:g}".format, fontsize=8)
    ax.set(xlim=(left, right), ylim=(bottom, top), title="Its way over the mean |error|")
    ax.set(xlabel="w", ylabel="b")
    ax.grid(visible=False)
    (path,) = ax.plot([], [], "-", color=CATEGORY_COLORS[1], lw=1.0, alpha=0.85)
    (end,) = ax.plot([], [], "o", color=CATEGORY_COLORS[1], ms=6, mec="white", mew=0.7, zorder=4)
    goal_at = [[value] for value in target]
    (goal,) = ax.plot(*goal_at, "*", mfc="none", mec=INK, ms=11, mew=1.1, zorder=5)
    goal.set_label("target")
    end.set_label("now")
    ax.legend(handles=[end, goal], loc="upper right")
    return path, end, goal


def _draw_errors(ax: Axes) -> Line2D:
    """Return the curve of the errors."""
    ax.set(yscale="log", ylim=ERRORS, xlim=(0, 10), xlabel="Points seen", ylabel="Mean |error|")
    decades = [0.001, 0.01, 0.1, 1, 10, 100]
    ax.set_yticks(decades, [f"{height:g}" for height in decades])
    ax.set_yticks([], minor=True)
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True, prune="upper"))  # 1000 would stick out
    (errors,) = ax.plot([], [], color=CATEGORY_COLORS[1], lw=1.0)
    return errors


def update_adaline(artists: AdalineArtists, view: AdalineView) -> None:
    """Put a training into the picture."""
    w, b = view.path[-1]
    ends = np.array([-REACH, REACH])
    artists.points.set_data(view.x, view.y)
    artists.line.set_data(ends, w * ends + b)
    artists.path.set_data(*np.transpose(view.path))
    artists.end.set_data([w], [b])
    artists.errors.set_data(range(len(view.errors)), np.maximum(view.errors, ERRORS[0]))
    set_static(artists.errors.axes, xlim=(0, max(10, len(view.x))))
