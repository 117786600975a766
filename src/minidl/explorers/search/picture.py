"""The picture of the search explorer: a map of dev losses, and repeats of the best."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import PolyCollection
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from minidl.explorers.search.trials import WHOLE, Trials, Window
from minidl.plots.numbers import significant
from minidl.plots.style import CATEGORY_COLORS, GRID, INK, MUTED

Array = npt.NDArray[Any]

TOP = 5
COLORS, LOSSES = "viridis", (0.2, 0.7)
"""From a well-trained network to one that knows nothing, log 2."""
TICKS = (0.2, 0.3, 0.4, 0.5, 0.7)
TOP_OF_ROW = -0.56
"""Where a row of the five best begins, above its star."""


@dataclass(frozen=True)
class SearchView:
    """A search so far.

    Attributes
    ----------
    trials : Trials
        The settings.
    losses : ndarray of shape (K,)
        Their dev losses; NaN where a network has diverged.
    epoch : int
        How many epochs the newest trials have had.
    window : Window or None
        Where the finer part of the search is.
    repeats : ndarray of shape (5, seeds) or None
        Dev losses of the five best settings from other first weights, once the search is over.
    """

    trials: Trials
    losses: Array
    epoch: int
    window: Window | None = None
    repeats: Array | None = None

    @property
    def top(self) -> Array:
        """The numbers of the five best trials, the best first."""
        return np.argsort(self.losses, kind="stable")[:TOP]

    @property
    def best(self) -> int:
        """The number of the best trial."""
        return int(self.top[0])

    def repeated(self, repeats: Array) -> SearchView:
        """Return the same search with repeats of its best."""
        return replace(self, repeats=repeats)


@dataclass(frozen=True)
class SearchArtists:
    """What moves in the picture."""

    cells: PolyCollection
    failed: Line2D
    window: Line2D
    best: Line2D
    found: Line2D
    repeats: Line2D
    means: Line2D
    names: list[Text]


def draw_search(figure: Figure) -> SearchArtists:
    """Draw the empty map and the axes beside it; return the moving parts.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        An empty figure.

    Returns
    -------
    SearchArtists
    """
    chart, beside = figure.subplots(1, 2, width_ratios=[1.25, 1])
    return SearchArtists(*_draw_map(figure, chart), *_draw_best(beside))


def _draw_map(figure: Figure, ax: Axes) -> tuple[PolyCollection, Line2D, Line2D, Line2D]:
    """Return the cells, the crosses of those that diverged, the window and the best."""
    rates, l2 = ([10**end for end in ends] for ends in WHOLE)
    ax.set(xscale="log", yscale="log", xlim=rates, ylim=l2, title="Dev loss of each trial")
    ax.set(xlabel="Learning rate α", ylabel="Penalty λ")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_formatter(lambda value, _: significant(value))
    ax.grid(False)
    colors: dict[str, Any] = {"cmap": COLORS, "norm": LogNorm(*LOSSES)}
    cells = PolyCollection([], edgecolors="white", linewidths=0.6, **colors)
    ax.add_collection(cells, autolim=False)
    bar = figure.colorbar(ScalarMappable(**colors), ax=ax, extend="both", pad=0.02, aspect=30)
    bar.set_ticks(TICKS, labels=[f"{tick:g}" for tick in TICKS])
    bar.ax.minorticks_off()
    (failed,) = ax.plot([], [], "x", color=MUTED, markersize=5, markeredgewidth=1.2)
    (window,) = ax.plot([], [], "--", color=INK, linewidth=1.4)
    (best,) = ax.plot([], [], "*", color=CATEGORY_COLORS[1], markersize=15)
    best.set(markeredgecolor="white", markeredgewidth=1, zorder=6)
    return cells, failed, window, best


def _draw_best(ax: Axes) -> tuple[Line2D, Line2D, Line2D, list[Text]]:
    """Return the dev losses found, those of the repeats, their means, and the settings."""
    ax.set(xscale="log", xlim=LOSSES, ylim=(TOP + 0.25, -0.75), xlabel="Dev loss")
    ax.set(title="The five best, and again")
    ax.set_xticks(TICKS, [f"{tick:g}" for tick in TICKS])
    ax.set_xticks([], minor=True)
    ax.set_yticks(range(TOP), [f"{place + 1}." for place in range(TOP)])
    ax.grid(False, axis="y")  # lines between the rows: each setting is with the dots below it
    ax.hlines(np.arange(1, TOP + 1) + TOP_OF_ROW, *LOSSES, color=GRID, linewidth=0.8)
    (repeats,) = ax.plot([], [], "o", color=CATEGORY_COLORS[0], markersize=5, alpha=0.75)
    (means,) = ax.plot([], [], "|", color=CATEGORY_COLORS[0], markersize=16, markeredgewidth=2)
    (found,) = ax.plot([], [], "*", color=CATEGORY_COLORS[1], markersize=13)
    repeats.set_label("again")
    means.set_label("mean")
    found.set(label="found", markeredgecolor="white", zorder=5)
    shown = [found, repeats, means]
    ax.legend(handles=shown, loc="lower center", ncols=3, columnspacing=1, handlelength=1)
    names = [
        ax.text(LOSSES[1] / 1.03, place - 0.33, "", ha="right", va="center", fontsize=9)
        for place in range(TOP)
    ]
    return found, repeats, means, names


def update_search(artists: SearchArtists, view: SearchView) -> None:
    """Put a search into the picture."""
    trials, losses, top = view.trials, view.losses, view.top
    artists.cells.set_verts(list(corners_of(trials)))
    artists.cells.set_array(np.ma.masked_invalid(losses))
    bad = ~np.isfinite(losses)
    artists.failed.set_data(trials.rates[bad], trials.l2[bad])
    artists.window.set_data(*outline_of(view.window))
    artists.best.set_data([trials.rates[view.best]], [trials.l2[view.best]])
    artists.found.set_data(losses[top], range(len(top)))
    for name, number in zip(artists.names, top, strict=True):
        rate, l2 = (significant(part[number], 2) for part in trials[:2])
        name.set_text(f"α {rate}, λ {l2}")
    repeats = np.empty((TOP, 0)) if view.repeats is None else view.repeats
    places = np.repeat(np.arange(TOP), repeats.shape[1])
    artists.repeats.set_data(repeats.ravel(), places + 0.18)
    shown = np.arange(TOP if repeats.size else 0)
    artists.means.set_data(repeats.mean(axis=1) if repeats.size else [], shown + 0.18)


def corners_of(trials: Trials) -> Array:
    """Return the four corners of each trial's cell, shape (K, 4, 2)."""
    across = np.array([-0.5, 0.5, 0.5, -0.5]) * trials.widths[:, np.newaxis]
    up = np.array([-0.5, -0.5, 0.5, 0.5]) * trials.heights[:, np.newaxis]
    x, y = trials.rates[:, np.newaxis] * 10**across, trials.l2[:, np.newaxis] * 10**up
    return np.stack([x, y], axis=-1)


def outline_of(window: Window | None) -> tuple[list[float], list[float]]:
    """Return the outline of a window, x and y; of none, nothing.

    Examples
    --------
    >>> outline_of(Window((0, 1), (-1, 0)))
    ([1, 10, 10, 1, 1], [0.1, 0.1, 1, 1, 0.1])
    """
    if window is None:
        return [], []
    (left, right), (low, high) = ([10**end for end in ends] for ends in window)
    return [left, right, right, left, left], [low, low, high, high, low]
