"""The picture of the winner's curse: the trials of one search, and the winners of many."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED, SPLIT_COLORS

Array = npt.NDArray[Any]

WIDTHS = (0.02, 0.05, 0.1, 0.2, 0.5)
"""Half the width of the axes, of which the smallest is taken that shows what there is."""
DEVIATIONS = 4.2  # of the scores, to both sides, are seen
BINS = 40


@dataclass(frozen=True)
class CurseView:
    """The trials of one search, and the winners of many.

    Attributes
    ----------
    skills, scores : ndarray of shape (trials,)
        Of the first search: accuracies in truth and on dev.
    winner : int
        Which of these has won.
    promised, true : ndarray of shape (searches,)
        The winners' accuracies, on dev and in truth.
    typical : float
        The mean accuracy of all trials.
    reach : float
        The standard deviation of the scores.
    dev_size : int
        How many images a score is made of.
    """

    skills: Array
    scores: Array
    winner: int
    promised: Array
    true: Array
    typical: float
    reach: float
    dev_size: int


@dataclass(frozen=True)
class CurseArtists:
    """What moves in the picture."""

    trials: Line2D
    fall: Line2D
    winner: Line2D
    typical: Line2D
    promised: Line2D
    true: Line2D
    promised_mean: Line2D
    true_mean: Line2D


def draw_curse(figure: Figure, *, searches: int) -> CurseArtists:
    """Draw axes for one search and for the winners of many; return the moving parts."""
    figure.set_layout_engine("constrained", rect=(0, 0, 0.985, 1))  # room for the last tick label
    left, right = figure.subplots(1, 2, width_ratios=[1, 1.35])
    artists = CurseArtists(*_draw_search(left), *_draw_winners(right, searches))
    handles = [artists.typical, artists.promised, artists.true]
    figure.legend(handles=handles, loc="outside lower center", ncols=3)
    return artists


def update_curse(artists: CurseArtists, view: CurseView) -> None:
    """Put searches into the picture."""
    low, high = limits(view.typical, view.reach)
    set_static(artists.trials.axes, xlim=(low, high), ylim=(low, high))
    set_static(artists.typical.axes, xlim=(low, high))
    artists.trials.set_data(view.skills, view.scores)
    skill, score = view.skills[view.winner], view.scores[view.winner]
    artists.fall.set_data([skill, skill], [score, skill])
    artists.winner.set_data([skill], [score])
    artists.typical.set_xdata([view.typical] * 2)
    for line, mean, values, grain in (
        (artists.promised, artists.promised_mean, view.promised, 1 / view.dev_size),
        (artists.true, artists.true_mean, view.true, 0.0),
    ):
        line.set_data(*stairs(values, low, high, grain))
        mean.set_xdata([values.mean()] * 2)


def limits(typical: float, reach: float) -> tuple[float, float]:
    """Return the ends of the axes: the smallest of a few widths that shows nearly all scores.

    Examples
    --------
    >>> limits(0.9, 0.026)
    (0.7, 1.0)
    """
    wanted = DEVIATIONS * reach
    width = next((each for each in WIDTHS if each >= wanted), WIDTHS[-1])
    middle = round(typical / 0.01) * 0.01
    return max(round(middle - width, 3), 0.0), min(round(middle + width, 3), 1.0)


def stairs(values: Array, low: float, high: float, grain: float = 0.0) -> tuple[Array, Array]:
    """Return the outline of a histogram whose highest bar is 1.

    Each value is spread evenly over a grain around it: scores of n images, which are multiples of
    1/n, would else fall into bars by twos here and by threes there.

    Examples
    --------
    >>> x, y = stairs(np.array([0.1, 0.1, 0.9]), 0, 1)
    >>> sorted(set(y.round(9).tolist()))
    [0.0, 0.5, 1.0]
    """
    edges = np.linspace(low, high + 1e-9, BINS + 1)
    grain = max(grain, 1e-12)
    below = np.clip((edges[:, np.newaxis] - values) / grain + 0.5, 0, 1).mean(axis=1)
    shares = np.diff(below)
    heights = np.repeat(shares / (shares.max() or 1), 2)
    return np.repeat(edges, 2), np.concatenate([[0.0], heights, [0.0]])


def _draw_search(ax: Axes) -> tuple[Line2D, Line2D, Line2D]:
    ax.plot([0, 1], [0, 1], color=MUTED, linewidth=1)
    look: dict[str, Any] = {"markeredgecolor": "white", "clip_on": False}
    (trials,) = ax.plot([], [], "o", color=CATEGORY_COLORS[0], alpha=0.6, markersize=6, **look)
    (fall,) = ax.plot([], [], color=CATEGORY_COLORS[1], linewidth=1.5)
    (winner,) = ax.plot([], [], "D", color=CATEGORY_COLORS[1], markersize=9, zorder=4, **look)
    ax.set(title="One search", xlabel="Accuracy in truth", ylabel="Accuracy on dev")
    ax.set(xlim=(0.7, 1), ylim=(0.7, 1))
    _mark_hundredths(ax, "both", 5)
    return trials, fall, winner


def _draw_winners(ax: Axes, searches: int) -> tuple[Line2D, ...]:
    typical = ax.axvline(0.9, color=INK, linewidth=1.2, label="a typical trial")
    dev, true = SPLIT_COLORS["dev"], SPLIT_COLORS["test"]
    (promised,) = ax.plot([], [], color=dev, linewidth=1.8, label="the winner on dev, mean dashed")
    (real,) = ax.plot([], [], color=true, linewidth=1.8, label="the winner in truth, mean dashed")
    means = [ax.axvline(0.9, color=color, linestyle="--", linewidth=1.4) for color in (dev, true)]
    ax.set(title=f"Winners of {searches} searches", xlabel="Accuracy")
    ax.set(xlim=(0.7, 1), ylim=(0, 1.08), yticks=[])
    _mark_hundredths(ax, "x", 6)
    return typical, promised, real, *means


def _mark_hundredths(ax: Axes, which: Any, most: int) -> None:
    """Give all ticks two decimals, so that labels need the same room whatever the axes show."""
    ax.locator_params(axis=which, nbins=most)
    ax.xaxis.set_major_formatter("{x:.2f}")
    if which == "both":
        ax.yaxis.set_major_formatter("{x:.2f}")
