"""The picture of the regularization explorer: a fitted curve, its losses, its weights."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import StepPatch
from matplotlib.text import Text
from matplotlib.ticker import LogLocator, NullLocator

from minidl.explorers.regularization.limits import LOSS_LIMITS, loss_limits, weight_limit
from minidl.explorers.regularization.view import RegularizationView, inputs_of_curves
from minidl.plots.numbers import two_digits
from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED, SPLIT_COLORS, SPLIT_LINES

Array = npt.NDArray[Any]

FIT_COLOR = CATEGORY_COLORS[1]
WEIGHT_COLOR = CATEGORY_COLORS[0]
POINT_LOOKS: dict[str, dict[str, Any]] = {
    "train": {
        "marker": "o",
        "markersize": 6.5,
        "color": SPLIT_COLORS["train"],
        "markeredgecolor": "white",
        "zorder": 3,
    },
    "dev": {
        "marker": "s",
        "markersize": 3.6,
        "color": SPLIT_COLORS["dev"],
        "markerfacecolor": "white",
        "markeredgewidth": 0.9,
    },
}
BINS = 40
SHARES = (0.1, 0.2, 0.5, 1.0)
CLOSE_TICKS = (1.0, 2.0, 5.0)
"""What a decade of a logarithmic axis shows, if there are less than two decades."""
WHITE_BOX = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5}


@dataclass(frozen=True)
class FitArtists:
    """What moves among the points: marks and curves."""

    train_points: Line2D
    dev_points: Line2D
    true: Line2D
    fit: Line2D


@dataclass(frozen=True)
class LossArtists:
    """What moves among the losses."""

    gap: PolyCollection
    noise: Line2D
    train_curve: Line2D
    dev_curve: Line2D
    stop: Line2D
    stop_words: Text
    best: Line2D
    gap_words: Text


@dataclass(frozen=True)
class WeightArtists:
    """What moves among the weights: the histograms of now and of the first weights."""

    now: StepPatch
    first: StepPatch
    words: Text


@dataclass(frozen=True)
class RegularizationArtists:
    """What moves in the picture."""

    curves: FitArtists
    losses: LossArtists
    weights: WeightArtists


def draw_regularization(figure: Figure, *, first: int, last: int) -> RegularizationArtists:
    """Fill `figure` with axes for curves, losses and weights; return the moving parts.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        An empty figure.
    first, last : int
        The steps at which the losses are measured first, and last if nothing stops training.

    Returns
    -------
    RegularizationArtists
    """
    layout: list[Any] = [["fit", "loss"], ["fit", "weights"]]
    figure.set_layout_engine("constrained", rect=(0, 0, 0.985, 1))  # room for the last tick label
    axes = figure.subplot_mosaic(layout, width_ratios=[1.15, 1], height_ratios=[1.6, 1])
    artists = RegularizationArtists(
        _draw_fit(axes["fit"]),
        _draw_losses(axes["loss"], first, last),
        _draw_weights(axes["weights"]),
    )
    figure.legend(handles=_handles(artists), loc="outside lower center", ncols=5)
    artists.losses.noise.set_visible(False)  # until its height is known; the legend keeps it
    return artists


def update_regularization(artists: RegularizationArtists, view: RegularizationView) -> None:
    """Put a trained network, its losses and its weights into the picture."""
    _update_fit(artists.curves, view)
    _update_losses(artists.losses, view)
    _update_weights(artists.weights, view.weights, view.first_weights)


def _update_fit(artists: FitArtists, view: RegularizationView) -> None:
    """Show the points and the curves."""
    for points, (X, y) in ((artists.train_points, view.train), (artists.dev_points, view.dev)):
        points.set_data(X[:, 0], y[:, 0])
    artists.train_points.set_markersize(float(np.clip(40 / np.sqrt(len(view.train[0])), 4, 6.5)))
    x = inputs_of_curves()[:, 0]
    artists.fit.set_data(x, view.fit)
    artists.true.set_data(x, view.true)
    low = -1.0 if min(view.true) >= 0 else -2.0
    set_static(artists.fit.axes, ylim=(low, 2.0))


def _draw_fit(ax: Axes) -> FitArtists:
    """Return the marks of both sets, the true curve and the network's."""
    train, dev = (
        ax.plot([], [], linestyle="", **POINT_LOOKS[split])[0] for split in ("train", "dev")
    )
    (true,) = ax.plot([], [], color=MUTED, linestyle=(0, (4, 2)), linewidth=1.6)
    (fit,) = ax.plot([], [], color=FIT_COLOR, linewidth=2.2, zorder=4)
    ax.set(xlim=(-1.05, 1.05), ylim=(-1, 2), xlabel="$x$", ylabel="$y$", title="Points and fit")
    return FitArtists(train, dev, true, fit)


def _draw_losses(ax: Axes, first: int, last: int) -> LossArtists:
    """Return the gap, the curves and what is said about them."""
    gap = PolyCollection([], facecolors=SPLIT_COLORS["dev"], alpha=0.18, linewidths=0)
    ax.add_collection(gap, autolim=False)
    noise = ax.axhline(1, color=MUTED, linestyle=":", linewidth=1.4)
    train, dev = (
        ax.plot([], [], SPLIT_LINES[split], linewidth=1.8, color=SPLIT_COLORS[split])[0]
        for split in ("train", "dev")
    )
    stop = ax.axvline(first, color=INK, linewidth=1.2, visible=False)
    words: dict[str, Any] = {"fontsize": 9.5, "bbox": WHITE_BOX, "zorder": 5}
    across = ax.get_xaxis_transform()
    stop_words = ax.text(first, 0.03, " stopped early ", transform=across, **words)
    stop_words.set_visible(False)
    best_look: dict[str, Any] = {
        "marker": "*",
        "markersize": 14,
        "color": SPLIT_COLORS["dev"],
        "zorder": 6,
    }
    (best,) = ax.plot([], [], linestyle="", markeredgecolor="white", **best_look)
    right: dict[str, Any] = {"transform": ax.transAxes, "ha": "right", "va": "bottom"}
    gap_words = ax.text(1, 1.02, "", fontsize=9.5, **right)  # where no curve can be
    ax.set(xscale="log", yscale="log", xlim=(first, last), ylim=LOSS_LIMITS)
    ax.set(xlabel="Step", title="Mean squared error")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(LogLocator(subs=CLOSE_TICKS))
        axis.set_major_formatter("{x:g}")
        axis.set_minor_locator(NullLocator())
    return LossArtists(gap, noise, train, dev, stop, stop_words, best, gap_words)


def _handles(artists: RegularizationArtists) -> list[Line2D]:
    """Return what the legend shows: for the sets, marks and curves in one."""
    looks = {split: {**look, "ls": SPLIT_LINES[split]} for split, look in POINT_LOOKS.items()}
    sets = [Line2D([], [], label=split, **look) for split, look in looks.items()]
    others = (artists.curves.true, artists.curves.fit, artists.losses.noise)
    for line, label in zip(others, ("true curve", "network", "noise σ²"), strict=True):
        line.set_label(label)
    return [*sets, *others]


def _draw_weights(ax: Axes) -> WeightArtists:
    """Return both histograms and the sum of the squares."""
    edges, none = np.linspace(-1, 1, BINS + 1), np.zeros(BINS)
    now = ax.stairs(none, edges, fill=True, color=WEIGHT_COLOR, alpha=0.55, label="now")
    first = ax.stairs(none, edges, color=INK, linewidth=1.1, label="at first")
    look: dict[str, Any] = {"transform": ax.transAxes, "fontsize": 9.5, "bbox": WHITE_BOX}
    words = ax.text(0.02, 0.96, "", va="top", **look)
    ax.set(xlim=(-1, 1), ylim=(0, 0.1), ylabel="Share", title="Weights")
    ax.legend(loc="upper right", handlelength=1.2, borderaxespad=0.1)
    return WeightArtists(now, first, words)


def _update_losses(artists: LossArtists, view: RegularizationView) -> None:
    """Show the curves, the gap between them, and where training was stopped."""
    steps, train, dev = view.steps, view.train_losses, view.dev_losses
    artists.train_curve.set_data(steps, train)
    artists.dev_curve.set_data(steps, dev)
    there, back = np.column_stack([steps, dev]), np.column_stack([steps, train])[::-1]
    artists.gap.set_verts([np.concatenate([there, back])])
    ax: Any = artists.gap.axes
    low, high = loss_limits([*train, *dev])
    locator: Any = ax.yaxis.get_major_locator()
    locator.set_params(subs=CLOSE_TICKS if high < 100 * low else (1.0,))
    set_static(ax, ylim=(low, high))
    variance = view.noise**2
    artists.noise.set(visible=variance > 0, ydata=[variance, variance])
    _update_words(artists, view)


def _update_words(artists: LossArtists, view: RegularizationView) -> None:
    """Write the gap over the axes, and mark the end of training if it came early."""
    end, train, dev = view.steps[-1], view.train_losses[-1], view.dev_losses[-1]
    ax: Any = artists.gap.axes
    first, last = ax.get_xlim()
    side = {"x": end, "ha": "left" if end < math.sqrt(first * last) else "right"}
    artists.gap_words.set_text(f"gap {two_digits(dev - train)}")
    early = view.stopped is not None
    artists.stop.set(visible=early, xdata=[end, end])
    artists.stop_words.set(visible=early, **side)
    at = [] if view.best is None else [view.steps.index(view.best)]
    artists.best.set_data([view.steps[i] for i in at], [view.dev_losses[i] for i in at])


def _update_weights(artists: WeightArtists, weights: Array, first: Array) -> None:
    """Show which share of the weights lies in which bin, and the sum of their squares."""
    limit = weight_limit(first)
    edges = np.linspace(-limit, limit, BINS + 1)
    shares = [
        np.histogram(np.clip(w, -limit, limit), edges)[0] / max(w.size, 1) for w in (weights, first)
    ]
    for histogram, values in zip((artists.now, artists.first), shares, strict=True):
        histogram.set_data(values, edges)
    highest = max(float(values.max()) for values in shares)
    top = next(share for share in SHARES if share >= highest)
    set_static(artists.now.axes, xlim=(-limit, limit), ylim=(0.0, top))
    artists.words.set_text(f"ΣW² = {two_digits(float(np.sum(np.square(weights))))}")
