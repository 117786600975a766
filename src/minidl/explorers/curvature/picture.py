"""The tries of L-BFGS over contours, and what each way has left after each gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from contourpy import contour_generator
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minidl.explorers.curvature.valley import MOST, Search, Valley
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED

Array = npt.NDArray[Any]

DESCENT, SEARCH = CATEGORY_COLORS[0], CATEGORY_COLORS[1]
LEVELS = (0.001, 0.01, 0.05, 0.15, 0.35, 0.7, 1.2, 2.5)
"""Contours, as shares of the first height."""
X, Y = np.linspace(-3, 3, 241), np.linspace(-2.6, 2.6, 209)  # fine: the inner ones are thin
GRID = np.stack(np.meshgrid(X, Y), axis=-1)
LOWEST, HIGHEST = 1e-9, 1e5  # above 1 there is room for the legend


@dataclass(frozen=True)
class CurvatureView:
    """A valley, two ways down, and how much of them is looked at.

    Attributes
    ----------
    valley : Valley
    search : Search
        The way of L-BFGS.
    descent : ndarray of shape (MOST, 2)
        The points at which plain descent asks for a gradient.
    rate : float
        Its rate.
    evaluations : int
        How many gradients each has asked for.
    done : int
        How many ends of directions, the start among them, lie within them.
    tries_left, way_left, descent_left : ndarray
        What share of the first height is left at each try, end and point.
    """

    valley: Valley
    search: Search
    descent: Array
    rate: float
    evaluations: int
    done: int
    tries_left: Array
    way_left: Array
    descent_left: Array


@dataclass(frozen=True)
class CurvatureArtists:
    """What moves in the picture; of heights, those up to the present gradient."""

    contours: LineCollection
    descent: Line2D
    under_way: Line2D
    way: Line2D
    tries: Line2D
    descent_left: Line2D
    way_left: Line2D
    tries_left: Line2D
    now: Line2D


def draw_curvature(figure: Figure) -> CurvatureArtists:
    """Fill an empty figure and return the moving artists.

    Parameters
    ----------
    figure : matplotlib.figure.Figure

    Returns
    -------
    CurvatureArtists
    """
    left, right = figure.subplots(1, 2, width_ratios=(1.15, 1))
    return CurvatureArtists(*_draw_valley(left), *_draw_heights(right))


def _draw_valley(ax: Axes) -> tuple[LineCollection, Line2D, Line2D, Line2D, Line2D]:
    contours = LineCollection([], colors=MUTED, linewidths=0.8, alpha=0.7)
    ax.add_collection(contours, autolim=False)
    ax.plot([0], [0], "+", color=INK, markersize=11)
    (descent,) = ax.plot([], [], ".-", color=DESCENT, linewidth=1.1, markersize=5)
    (under_way,) = ax.plot([], [], ":", color=SEARCH, linewidth=1.6)
    (way,) = ax.plot([], [], "o-", color=SEARCH, linewidth=1.6, markersize=6, zorder=4)
    (tries,) = ax.plot([], [], "o", color=SEARCH, markersize=8, fillstyle="none", zorder=5)
    ax.set(xlim=(X[0], X[-1]), ylim=(Y[0], Y[-1]), xlabel="x", ylabel="y", title="Ways down")
    ax.grid(visible=False)
    return contours, descent, under_way, way, tries


def _draw_heights(ax: Axes) -> tuple[Line2D, Line2D, Line2D, Line2D]:
    (descent,) = ax.plot([], [], color=DESCENT, linewidth=1.6, label="descent")
    (way,) = ax.plot([], [], "o-", color=SEARCH, linewidth=1.6, markersize=5, label="L-BFGS")
    (tries,) = ax.plot(
        [], [], "o", color=SEARCH, markersize=7, fillstyle="none", zorder=5, label="its other tries"
    )
    (now,) = ax.plot([], [], color=MUTED, linewidth=1)
    ax.set(yscale="log", xlim=(0, MOST), ylim=(LOWEST, HIGHEST), xlabel="Gradients asked for")
    ax.set(title="Share of the height left", yticks=[1e-9, 1e-6, 1e-3, 1])
    ax.legend(loc="upper right")
    return descent, way, tries, now


def update_curvature(artists: CurvatureArtists, view: CurvatureView) -> None:
    """Put a valley and two ways into the picture.

    Parameters
    ----------
    artists : CurvatureArtists
        What `draw_curvature` returned.
    view : CurvatureView
    """
    generator: Any = contour_generator(X, Y, view.valley.left(GRID))
    artists.contours.set_segments([line for level in LEVELS for line in generator.lines(level)])
    found, end = view.search, min(view.evaluations, len(view.search.tries))
    artists.descent.set_data(*view.descent[: view.evaluations].T)
    artists.way.set_data(*found.way[: view.done].T)
    others = np.setdiff1d(np.arange(end), found.taken[: view.done])
    artists.tries.set_data(*found.tries[others].T)
    pending = found.tries[found.ends[view.done - 1] : end]
    artists.under_way.set_data(*np.vstack([found.way[view.done - 1], *pending]).T)
    _update_heights(artists, view, others)


def _update_heights(artists: CurvatureArtists, view: CurvatureView, others: Array) -> None:
    """Show the heights of what the left picture shows."""

    def put(line: Line2D, gradients: Array, left: Array) -> None:
        line.set_data(gradients, left.clip(LOWEST / 10, HIGHEST * 10))

    count = np.arange(1, MOST + 1)
    put(artists.descent_left, count[: view.evaluations], view.descent_left[: view.evaluations])
    put(artists.way_left, view.search.ends[: view.done], view.way_left[: view.done])
    put(artists.tries_left, others + 1, view.tries_left[others])
    artists.now.set_data([view.evaluations] * 2, [LOWEST, HIGHEST])
