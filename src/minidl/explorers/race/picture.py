"""The picture of the race: ways over contours, and the height that is left."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from contourpy import contour_generator
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minidl.explorers.race.landscapes import Landscape
from minidl.explorers.race.racers import GOAL, RACERS, STEPS
from minidl.explorers.race.session import RaceSession
from minidl.plots.picture import Still, set_static
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED

Array = npt.NDArray[Any]

BLUE, VERMILION, PURPLE, BLACK, GREEN = CATEGORY_COLORS[:5]
LOOKS = {
    "SGD": (BLUE, "-"),
    "momentum": (BLUE, "--"),
    "Nesterov": (BLUE, ":"),
    "ASGD": (BLUE, "-."),
    "Adagrad": (VERMILION, "-"),
    "RMSprop": (VERMILION, "--"),
    "Adadelta": (VERMILION, ":"),
    "Adam": (PURPLE, "-"),
    "AdamW": (PURPLE, ":"),
    "Adamax": (PURPLE, "--"),
    "Rprop": (BLACK, "-"),
    "LBFGS": (GREEN, "-"),
}
"""A colour for each family, and a dash for each of its members."""
LEVELS = (0.001, 0.01, 0.05, 0.15, 0.35, 0.7, 1.2, 2.5)
"""Contours, as shares of the first height."""
LOWEST, HIGHEST = 1e-6, 100.0
FAR = 1e3  # beyond it, ways are cut off
PALE = 0.25  # how opaque those are in the legend who don't race


@dataclass(frozen=True)
class RaceArtists:
    """What moves in the picture; ways, heads and curves in the order of `RACERS`."""

    contours: LineCollection
    valleys: Line2D
    ways: list[Line2D]
    heads: list[Line2D]
    curves: list[Line2D]
    now: Line2D
    entries: Still


def draw_race(figure: Figure) -> RaceArtists:
    """Fill an empty figure and return the moving artists.

    Parameters
    ----------
    figure : matplotlib.figure.Figure

    Returns
    -------
    RaceArtists
    """
    left, right = figure.subplots(1, 2, width_ratios=(1.15, 1))
    contours = LineCollection([], colors=MUTED, linewidths=0.8, alpha=0.7)
    left.add_collection(contours, autolim=False)
    (valleys,) = left.plot([], [], "+", color=INK, markersize=11)
    left.set(xlabel="x", ylabel="y", title="Ways to the valley")
    left.grid(visible=False)
    ways = [left.plot([], [], line, color=c, linewidth=1.5)[0] for c, line in LOOKS.values()]
    heads = [left.plot([], [], "o", color=c, markersize=7)[0] for c, _ in LOOKS.values()]
    for head in heads:
        head.set(markeredgecolor="white", zorder=4)
    return RaceArtists(contours, valleys, ways, heads, *_draw_heights(right))


def _draw_heights(ax: Axes) -> tuple[list[Line2D], Line2D, Still]:
    """Return the curves, the line of the step, and the legend's entries, a line and a word each."""
    ax.axhline(GOAL, color=MUTED, linestyle=":", linewidth=1.2)
    (now,) = ax.plot([], [], color=MUTED, linewidth=1)
    curves = [
        ax.plot([], [], line, color=c, linewidth=1.6, label=name)[0]
        for name, (c, line) in LOOKS.items()
    ]
    ax.set(yscale="log", xlim=(0, STEPS), ylim=(LOWEST, HIGHEST), xlabel="Step")
    ax.set(title="Share of the height left", yticks=[1e-6, 1e-4, 1e-2, 1, 100])
    legend = ax.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), handlelength=1.8, fontsize=9)
    entries = Still([*zip(legend.legend_handles, legend.get_texts(), strict=True)])
    return curves, now, entries


def update_race(artists: RaceArtists, session: RaceSession) -> None:
    """Put a race, as it is at its step, into the picture.

    Parameters
    ----------
    artists : RaceArtists
        What `draw_race` returned.
    session : RaceSession
    """
    landscape, end = session.landscape, session.step + 1
    left, right, bottom, top = landscape.extent
    x, y = landscape.labels
    set_static(artists.valleys.axes, xlim=(left, right), ylim=(bottom, top), xlabel=x, ylabel=y)
    artists.contours.set_segments(contours_of(landscape))
    artists.valleys.set_data(*np.transpose(landscape.valleys))
    for name, way, head, curve in zip(
        RACERS, artists.ways, artists.heads, artists.curves, strict=True
    ):
        points = session.ways.get(name, np.empty((0, 2)))[:end]
        points = points[: _first_beyond(points)]
        way.set_data(points[:, 0], points[:, 1])
        head.set_data(points[-1:, 0], points[-1:, 1])
        heights = session.left.get(name, np.empty(0))
        shown = np.nan_to_num(heights, nan=np.inf).clip(LOWEST / 10, HIGHEST * 10)
        curve.set_data(np.arange(len(heights)), shown)
    artists.now.set_data([session.step] * 2, [LOWEST, HIGHEST])
    for name, entry in zip(RACERS, artists.entries.artists, strict=True):
        for artist in entry:
            set_static(artist, alpha=1.0 if name in session.ways else PALE)


def plot_landscape(landscape: Landscape, ax: Axes) -> Axes:
    """Plot a landscape alone: contours, the start as a dot and valleys as crosses.

    Parameters
    ----------
    landscape : Landscape
    ax : matplotlib.axes.Axes

    Returns
    -------
    matplotlib.axes.Axes
    """
    left, right, bottom, top = landscape.extent
    ax.add_collection(LineCollection(contours_of(landscape), colors=MUTED, linewidths=0.7))
    ax.plot(*landscape.start, "o", color=VERMILION, markersize=5)
    ax.plot(*np.transpose(landscape.valleys), "+", color=INK, markersize=9)
    ax.set(xlim=(left, right), ylim=(bottom, top), xticks=[], yticks=[])
    ax.set_title(landscape.title, fontsize=9)
    return ax


def _first_beyond(points: Array) -> int:
    """Return how many points lie near the landscape before the first that does not."""
    beyond = np.flatnonzero(~(np.abs(points).max(axis=1, initial=0) < FAR))
    return int(beyond[0]) if len(beyond) else len(points)


@cache
def contours_of(landscape: Landscape) -> list[Array]:
    """Return the contours of a landscape, lines of points."""
    left, right, bottom, top = landscape.extent
    x, y = np.linspace(left, right, 121), np.linspace(bottom, top, 97)
    points = np.stack(np.meshgrid(x, y), axis=-1)
    generator: Any = contour_generator(x, y, landscape.share_left(points))
    return [line for level in LEVELS for line in generator.lines(level)]
