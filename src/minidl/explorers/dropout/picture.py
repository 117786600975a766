"""The picture of the dropout explorer: who is left in a pass, and what many passes average to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from minidl.plots.numbers import plain
from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED

Array = npt.NDArray[Any]

KEPT, UNSCALED = CATEGORY_COLORS[:2]
PALE = "#BBBBBB"
"""Outlines and connections of dropped units."""
UNIT_AREA, OUTPUT_AREA = 360.0, 1000.0  # square points
OUTPUT_PLACE = (1.0, 0.5)
WHITE_BOX = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
HEADROOM = 1.05
LIMIT_STEP = 0.5  # of the outputs' axis, so that few changes of a control move it


@dataclass(frozen=True)
class DropoutView:
    """The last pass, and the averages over all passes so far.

    Attributes
    ----------
    keep_prob : float
        With which each unit is kept.
    values, kept, weights : ndarray, shape (units,)
        What dropout made of the units in the last pass, which of them it kept, and the weights to
        the output.
    output : float
        What came out of the last pass.
    shares, outputs, means : ndarray, shape (passes,)
        For each pass the mean kept share so far, its output, and the mean output so far.
    evaluation : float
        The output in evaluation.
    extremes : (float, float)
        The smallest and the largest output to make room for.
    """

    keep_prob: float
    values: Array
    kept: Array
    weights: Array
    output: float
    shares: Array
    outputs: Array
    means: Array
    evaluation: float
    extremes: tuple[float, float]


@dataclass(frozen=True)
class LayerArtists:
    """What moves in the picture of the last pass."""

    connections: LineCollection
    units: PathCollection
    disc: PathCollection
    values: list[Text]
    output: Text
    count: Text
    weights: list[Text]


@dataclass(frozen=True)
class DropoutArtists:
    """What moves in the picture."""

    layer: LayerArtists
    keep_prob: Line2D
    shares: Line2D
    last_shares: Line2D
    outputs: Line2D
    evaluation: Line2D
    means: Line2D
    unscaled: Line2D
    last_means: Line2D


def draw_dropout(figure: Figure, *, units: int, passes: int) -> DropoutArtists:
    """Fill `figure` with a layer of units, kept shares and outputs; return the moving parts.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        An empty figure.
    units : int
        Units in the layer.
    passes : int
        The largest number of passes.

    Returns
    -------
    DropoutArtists
    """
    layout: list[Any] = [["units", "shares"], ["units", "outputs"]]
    figure.set_layout_engine("constrained", rect=(0, 0, 0.985, 1))  # room for the last tick label
    axes = figure.subplot_mosaic(layout, width_ratios=[1, 1.35], height_ratios=[1, 1.7])
    for name in ("shares", "outputs"):
        axes[name].set(xscale="log", xlim=(1, passes))
        axes[name].xaxis.set_major_formatter("{x:g}")
    artists = DropoutArtists(
        _draw_units(axes["units"], units),
        *_draw_shares(axes["shares"]),
        *_draw_outputs(axes["outputs"]),
    )
    handles = [artists.evaluation, artists.means, artists.unscaled, artists.outputs]
    figure.legend(handles=handles, loc="outside lower center", ncols=4, columnspacing=1.4)
    return artists


def update_dropout(artists: DropoutArtists, view: DropoutView) -> None:
    """Put the last pass and the averages over all passes so far into the picture."""
    _update_units(artists.layer, view)
    passes = np.arange(1, len(view.outputs) + 1)
    p, evaluation = view.keep_prob, view.evaluation
    artists.shares.set_data(passes, view.shares)
    artists.keep_prob.set_ydata([p, p])
    artists.outputs.set_data(passes, view.outputs)
    artists.means.set_data(passes, view.means)
    artists.unscaled.set_data(passes, p * view.means)
    artists.evaluation.set_ydata([evaluation, evaluation])
    artists.last_shares.set_data(passes[-1:], view.shares[-1:])
    artists.last_means.set_data(passes[-1:], view.means[-1:])
    set_static(artists.outputs.axes, ylim=output_limits(*view.extremes))


def output_limits(low: float, high: float) -> tuple[float, float]:
    """Return limits around 0 and the outputs, in coarse steps.

    Examples
    --------
    >>> output_limits(0.3, 1.6)
    (0.0, 2.0)
    """
    below, above = math.floor(min(low, 0.0) / LIMIT_STEP), math.ceil(HEADROOM * high / LIMIT_STEP)
    return LIMIT_STEP * below, LIMIT_STEP * max(above, below + 1)


def _places(units: int) -> Array:
    """Return where the units stand, from above."""
    return np.column_stack([np.zeros(units), (np.arange(units)[::-1] + 0.5) / units])


def _draw_units(ax: Axes, units: int) -> LayerArtists:
    """Draw the names of the columns; return units, connections and numbers."""
    places, end = _places(units), np.array([OUTPUT_PLACE])
    connections = LineCollection([(place, OUTPUT_PLACE) for place in places], zorder=1)
    words: dict[str, Any] = {"ha": "center", "va": "center", "zorder": 4}
    ax.add_collection(connections, autolim=False)
    circles = ax.scatter(places[:, 0], places[:, 1], UNIT_AREA, linewidths=1.6, zorder=2)
    disc = ax.scatter(end[:, 0], end[:, 1], OUTPUT_AREA, ["white"], zorder=2)
    disc.set(edgecolor=INK, linewidth=1.6)
    values = [ax.text(x, y, "", fontsize=7.5, **words) for x, y in places]
    output = ax.text(*OUTPUT_PLACE, "", fontsize=9.5, weight="bold", **words)
    count = ax.text(0.5, 1.04, "", fontsize=9.5, **words)
    between = [(0.6 * place + 0.4 * end[0]) for place in places]
    look = {"fontsize": 7.5, "bbox": WHITE_BOX, **words, "zorder": 3}
    weights = [ax.text(x, y, "", **look) for x, y in between]
    for x, name in ((0.0, "unit / p"), (0.45, "· weight"), (OUTPUT_PLACE[0], "= output")):
        ax.text(x, -0.06, name, fontsize=9.5, **words)
    ax.set(xlim=(-0.35, 1.3), ylim=(-0.1, 1.08), title="The last pass")
    ax.axis("off")
    return LayerArtists(connections, circles, disc, values, output, count, weights)


def _draw_shares(ax: Axes) -> tuple[Line2D, Line2D, Line2D]:
    """Return the keep probability, the mean kept share and its end."""
    keep_prob = ax.axhline(1, color=INK, linestyle="--", linewidth=1.4)
    (shares,) = ax.plot([], [], color=KEPT)
    last = _end_mark(ax)
    ax.set(ylim=(0, 1.05), title="Kept share of the units")
    ax.tick_params(labelbottom=False)
    return keep_prob, shares, last


def _draw_outputs(ax: Axes) -> tuple[Line2D, Line2D, Line2D, Line2D, Line2D]:
    """Return the outputs, the one in evaluation, their mean, that without 1/p, and an end."""
    dots: dict[str, Any] = {"linestyle": "", "marker": ".", "markersize": 3.5, "alpha": 0.55}
    (outputs,) = ax.plot([], [], color=MUTED, label="a pass", **dots)
    expected = "p; output in evaluation"
    evaluation = ax.axhline(1, color=INK, linestyle="--", linewidth=1.4, label=expected)
    (means,) = ax.plot([], [], color=KEPT, label="mean over the passes")
    (unscaled,) = ax.plot([], [], ":", color=UNSCALED, linewidth=1.8, label="mean without 1/p")
    last = _end_mark(ax)
    ax.set(ylim=(0, 1), xlabel="Passes", title="Output")
    return outputs, evaluation, means, unscaled, last


def _end_mark(ax: Axes) -> Line2D:
    """Return a mark for the present end of a line, which also shows a single pass."""
    look: dict[str, Any] = {"color": KEPT, "markeredgecolor": "white", "zorder": 4}
    return ax.plot([], [], "o", markersize=7, clip_on=False, **look)[0]


def _update_units(artists: LayerArtists, view: DropoutView) -> None:
    """Fill the units that were kept, empty the others, and write down what goes on."""
    kept = view.kept
    colors = [KEPT if alive else PALE for alive in kept]
    artists.units.set_facecolor([KEPT if alive else "white" for alive in kept])
    artists.units.set_edgecolor(colors)
    artists.connections.set_color(colors)
    artists.connections.set_linestyle(["-" if alive else (0, (1, 3)) for alive in kept])
    for text, value, alive in zip(artists.values, view.values, kept, strict=True):
        text.set(text=f"{value:.2f}" if alive else "0", color="white" if alive else MUTED)
    for text, weight, alive in zip(artists.weights, view.weights, kept, strict=True):
        text.set(text=plain(weight), color=INK if alive else MUTED)
    artists.output.set_text(plain(view.output))
    artists.count.set_text(f"{np.count_nonzero(kept)} of {len(kept)} units kept")
