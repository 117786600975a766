"""The way down a bowl, its losses, and what a step leaves of the distance at every rate."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minidl.explorers.descent.bowl import GOAL, STEEP, STEPS, DescentView
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED

LEVELS = STEEP / 2 * np.array([0.1, 0.4, 0.8, 1.2, 1.6, 2.0, 2.4]) ** 2
CIRCLE = np.stack([f(np.linspace(0, 2 * np.pi, 121)) for f in (np.cos, np.sin)], axis=-1)
FAR = 100.0  # further out, a way is not drawn
LOWEST, HIGHEST = 1e-8, 1e4
ALONG_X, ALONG_Y, WAY = CATEGORY_COLORS[0], CATEGORY_COLORS[1], INK


@dataclass(frozen=True)
class DescentArtists:
    """What moves in the picture; of pairs, the first belongs to x."""

    contours: LineCollection
    way: Line2D
    start: Line2D
    losses: Line2D
    curves: list[Line2D]
    here: list[Line2D]


def draw_descent(figure: Figure) -> DescentArtists:
    """Fill an empty figure and return the moving artists.

    Parameters
    ----------
    figure : matplotlib.figure.Figure

    Returns
    -------
    DescentArtists
    """
    axes = figure.subplot_mosaic([["way", "loss"], ["way", "factor"]], width_ratios=(1.15, 1))
    return DescentArtists(
        *_draw_way(axes["way"]), _draw_losses(axes["loss"]), *_draw_factors(axes["factor"])
    )


def _draw_way(ax: Axes) -> tuple[LineCollection, Line2D, Line2D]:
    contours = LineCollection([], colors=MUTED, linewidths=0.8, alpha=0.7)
    ax.add_collection(contours, autolim=False)
    ax.plot([0], [0], "+", color=INK, markersize=11)
    (way,) = ax.plot([], [], ".-", color=WAY, linewidth=1.2, markersize=6)
    (start,) = ax.plot([], [], "o", color=CATEGORY_COLORS[2], markersize=9)
    start.set(markeredgecolor="white", zorder=4)
    ax.set(xlim=(-2.7, 2.7), ylim=(-2.4, 2.4), xlabel="x", ylabel="y", title="The way down")
    ax.grid(visible=False)
    return contours, way, start


def _draw_losses(ax: Axes) -> Line2D:
    ax.axhline(GOAL, color=MUTED, linestyle=":", linewidth=1.2)
    (losses,) = ax.plot([], [], color=WAY, linewidth=1.6)
    ax.set(yscale="log", xlim=(0, STEPS), ylim=(LOWEST, HIGHEST), title="Loss at each step")
    ax.set_yticks([1e-8, 1e-4, 1, 1e4])
    return losses


def _draw_factors(ax: Axes) -> tuple[list[Line2D], list[Line2D]]:
    ax.axhline(1, color=MUTED, linestyle=":", linewidth=1.2)
    names = (("along x", ALONG_X, "--"), ("along y", ALONG_Y, "-"))
    curves = [ax.plot([], [], line, color=c, label=name)[0] for name, c, line in names]
    here = [ax.plot([], [], "o", color=c, markersize=8)[0] for _, c, _ in names]
    for mark in here:
        mark.set(markeredgecolor="white", zorder=4, clip_on=False)
    ax.set(xlim=(0, 0.5), ylim=(0, 1.5), xlabel="Learning rate α")
    ax.set_title("Distance left by a step")
    ax.legend(loc="lower right")
    return curves, here


def update_descent(artists: DescentArtists, view: DescentView) -> None:
    """Put a way and its factors into the picture.

    Parameters
    ----------
    artists : DescentArtists
        What `draw_descent` returned.
    view : DescentView
    """
    radii = np.sqrt(2 * LEVELS[:, None] / np.array(view.curvatures))
    artists.contours.set_segments([radius * CIRCLE for radius in radii])
    outside = np.flatnonzero(np.abs(view.way).max(axis=1) > FAR)
    seen = view.way[: outside[0]] if len(outside) else view.way
    artists.way.set_data(seen[:, 0], seen[:, 1])
    artists.start.set_data(*view.way[:1].T)
    artists.losses.set_data(np.arange(STEPS + 1), view.losses.clip(LOWEST / 10, HIGHEST * 10))
    for curve, values in zip(artists.curves, view.curves, strict=True):
        curve.set_data(view.rates, values)
    for mark, factor in zip(artists.here, view.factors, strict=True):
        mark.set_data([view.lr], [min(factor, 1.5)])
