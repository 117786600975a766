"""A line that learns from one point at a time, its way over the error surface, and its error."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from minidl.plots.picture import set_static
from minidl.plots.plane import Extent
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED

Array = npt.NDArray[Any]
Artists = dict[str, Any]

REACH = 10.0
"""Inputs lie between −REACH and REACH."""
SURFACE: Extent = (-0.5, 3.5, -0.5, 2.5)
"""What the picture shows of the plane of w (first) and b."""
LEVELS = (0.5, 1, 2, 4, 8)
ERRORS = (0.001, 100.0)
"""What the picture shows of the mean errors."""
_HEIGHTS = LinearSegmentedColormap.from_list("minidl_error", ["#FFFFFF", "#C9DFEE", "#8DBBDB"])


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


def draw_adaline(figure: Figure, *, target: tuple[float, float]) -> Artists:
    """Fill an empty figure: the line among its points, its path over the error surface, its error.

    Parameters
    ----------
    figure : Figure
        An empty figure.
    target : (float, float)
        Slope and intercept of the line that the points lie on.

    Returns
    -------
    dict
        The moving artists by name.
    """
    parts = figure.subplot_mosaic(
        [["plane", "surface"], ["errors", "errors"]], width_ratios=(1, 1.1), height_ratios=(2, 1)
    )
    return {
        **_draw_plane(parts["plane"], target),
        **_draw_surface(parts["surface"], target),
        **_draw_errors(parts["errors"]),
    }


def _draw_plane(ax: Axes, target: tuple[float, float]) -> Artists:
    ends = np.array([-REACH, REACH])
    ax.set(xlim=(-10.5, 10.5), ylim=(-26, 26), xlabel="x", ylabel="y", title="The line")
    ax.plot(ends, target[0] * ends + target[1], "--", color=MUTED, lw=1.4, label="target")
    (points,) = ax.plot([], [], "o", color=CATEGORY_COLORS[0], ms=5, mec="white", mew=0.6)
    points.set_label("points seen")
    (line,) = ax.plot([], [], color=CATEGORY_COLORS[1], label="learned")
    ax.legend(loc="upper left")
    return {"points": points, "line": line}


def _draw_surface(ax: Axes, target: tuple[float, float]) -> Artists:
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
    return {"path": path, "end": end, "goal": goal}


def _draw_errors(ax: Axes) -> Artists:
    ax.set(yscale="log", ylim=ERRORS, xlim=(0, 10), xlabel="Points seen", ylabel="Mean |error|")
    decades = [0.001, 0.01, 0.1, 1, 10, 100]
    ax.set_yticks(decades, [f"{height:g}" for height in decades])
    ax.set_yticks([], minor=True)
    ax.xaxis.set_major_locator(MaxNLocator(6, integer=True, prune="upper"))  # 1000 would stick out
    (errors,) = ax.plot([], [], color=CATEGORY_COLORS[1], lw=1.0)
    return {"errors": errors}


def update_adaline(artists: Artists, data: dict[str, Any]) -> None:
    """Put a training into the picture.

    Parameters
    ----------
    artists : dict
        What `draw_adaline` returned.
    data : dict
        `x` and `y`, the points in their order, shape (N,); `path`, the values of w and b before
        the first and after each of them, shape (N + 1, 2); `errors`, their mean errors, of shape
        (N + 1,).
    """
    w, b = data["path"][-1]
    ends = np.array([-REACH, REACH])
    artists["points"].set_data(data["x"], data["y"])
    artists["line"].set_data(ends, w * ends + b)
    artists["path"].set_data(*np.transpose(data["path"]))
    artists["end"].set_data([w], [b])
    artists["errors"].set_data(range(len(data["errors"])), np.maximum(data["errors"], ERRORS[0]))
    set_static(artists["errors"].axes, xlim=(0, max(10, len(data["x"]))))
