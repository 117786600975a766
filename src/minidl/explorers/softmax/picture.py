"""The picture of the softmax explorer: scores, probabilities, loss, gradient."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text

from minidl.plots.numbers import plain, significant
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED

Array = npt.NDArray[Any]

HEIGHT = 10.0
"""Scores are shown from −HEIGHT to HEIGHT; a larger one ends at the edge, its number says more."""
TOP = 6.0
"""The loss is shown from 0 to TOP."""
OTHER, RIGHT = CATEGORY_COLORS[0], CATEGORY_COLORS[1]


@dataclass(frozen=True)
class SoftmaxView:
    """What follows from three scores.

    Attributes
    ----------
    scores : ndarray, shape (3,)
        As the temperature leaves them.
    probabilities : ndarray, shape (3,)
        Their softmax.
    label : int
        The right class.
    loss : float
        Minus the logarithm of its probability.
    gradient : ndarray, shape (3,)
        Of the loss, with respect to the scores.
    """

    scores: Array
    probabilities: Array
    label: int
    loss: float
    gradient: Array


@dataclass(frozen=True)
class BarArtists:
    """Three bars, and a number at the end of each."""

    bars: list[Rectangle]
    words: list[Text]


@dataclass(frozen=True)
class SoftmaxArtists:
    """What moves in the picture."""

    scores: BarArtists
    probabilities: BarArtists
    gradient: BarArtists
    point: Line2D
    drop: Line2D


def draw_softmax(figure: Figure) -> SoftmaxArtists:
    """Fill a figure with four panels; return what moves in them."""
    scores, probabilities, loss, gradient = figure.subplots(1, 4)
    scores.set(title="Scores s / T", ylim=(-1.18 * HEIGHT, 1.18 * HEIGHT))
    probabilities.set(title="Probabilities p", ylim=(0, 1.12))
    gradient.set(title="Gradient p − y", ylim=(-1.18, 1.18))
    for ax in (scores, gradient):
        ax.axhline(0, color=MUTED, linewidth=1.0)
    return SoftmaxArtists(
        _draw_bars(scores), _draw_bars(probabilities), _draw_bars(gradient), *_draw_loss(loss)
    )


def update_softmax(artists: SoftmaxArtists, view: SoftmaxView) -> None:
    """Show scores, probabilities, loss and gradient; the right class has a colour of its own."""
    shown = np.clip(view.scores, -HEIGHT, HEIGHT)
    texts = [significant(score) for score in view.scores]
    _update_bars(artists.scores, shown, texts, view.label, gap=0.05 * HEIGHT)
    for bars, values in (
        (artists.probabilities, view.probabilities),
        (artists.gradient, view.gradient),
    ):
        _update_bars(bars, values, [plain(value) for value in values], view.label, gap=0.03)
    p, height = view.probabilities[view.label], min(view.loss, TOP)
    artists.point.set_data([p], [height])
    artists.point.set_marker("o" if view.loss <= TOP else "^")
    artists.drop.set_data([p, p], [0, height])


def _draw_bars(ax: Axes) -> BarArtists:
    """Return three bars of no height, with their numbers."""
    ax.set(xlim=(-0.6, 2.6), xticks=range(3), xlabel="class")
    ax.grid(visible=False, axis="x")
    bars = list(ax.bar(range(3), [0.0] * 3, width=0.72, color=OTHER))
    words = [ax.text(k, 0, "", ha="center", fontsize=9, color=INK) for k in range(3)]
    return BarArtists(bars, words)


def _draw_loss(ax: Axes) -> tuple[Line2D, Line2D]:
    """Draw the curve −log p; return the point on it, and the line down from there."""
    grid = np.geomspace(np.exp(-TOP), 1, 100)
    ax.plot(grid, -np.log(grid), color=MUTED, linewidth=1.6)
    ax.set(title="Loss −log p", xlim=(-0.05, 1.05), ylim=(0, 1.08 * TOP), xlabel="p of the right")
    (drop,) = ax.plot([], [], ":", color=RIGHT, linewidth=1.4)
    (point,) = ax.plot([], [], "o", color=RIGHT, markersize=8, zorder=5, clip_on=False)
    point.set_in_layout(False)
    return point, drop


def _update_bars(
    artists: BarArtists, values: Array, texts: list[str], label: int, *, gap: float
) -> None:
    """Set the bars' heights, and write the numbers beyond their ends."""
    for k, (bar, words) in enumerate(zip(artists.bars, artists.words, strict=True)):
        below = values[k] < 0
        bar.set_height(values[k])
        bar.set_facecolor(RIGHT if k == label else OTHER)
        words.set_text(texts[k])
        words.set_position((k, values[k] - gap if below else values[k] + gap))
        words.set_verticalalignment("top" if below else "bottom")
