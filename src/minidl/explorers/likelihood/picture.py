"""The picture of the likelihood explorer: data under a distribution, and how surprised it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from minidl.explorers.likelihood.families import FAMILIES
from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED

Array = npt.NDArray[Any]

GOALS = 10
"""Whole numbers below this are shown."""
LIMITS = {"theta": (-1.0, 9.0), "p": (0.0, 3.2)}
"""Of the surprise and the loss, by the parameter's slider."""
SHARES = ((0.0, 0.6), (0.0, 1.05))
"""Of shares and probabilities: the first is large enough for most."""


@dataclass(frozen=True)
class LikelihoodView:
    """A distribution, some labels, and how surprised it is at them.

    Attributes
    ----------
    family : str
        The distribution's name.
    labels : ndarray, shape (N,)
        The data.
    spots, densities : ndarray
        Where the distribution is shown, and its densities or probabilities there.
    parameters, surprise, losses : ndarray
        The mean of −log density over the data, and minidl's loss, for every parameter.
    here, best : (parameter, surprise, loss)
        At the chosen parameter, and at the best that the axis has.
    """

    family: str
    labels: Array
    spots: Array
    densities: Array
    parameters: Array
    surprise: Array
    losses: Array
    here: tuple[float, float, float]
    best: tuple[float, float, float]


@dataclass(frozen=True)
class LikelihoodArtists:
    """What moves in the picture."""

    data: PolyCollection
    curve: Line2D
    dots: Line2D
    surprise: Line2D
    loss: Line2D
    lowest: Line2D
    here: list[Line2D]
    words: Text
    name: Text


def draw_likelihood(figure: Figure) -> LikelihoodArtists:
    """Fill a figure with the two panels; return what moves in them."""
    left, right = figure.subplots(1, 2)
    left.set(title="Data and distribution", xlabel="label y", ylabel="share, probability q")
    right.set(title="Surprise", ylabel="mean over the data")
    data, curve, dots = _draw_data(left)
    artists = LikelihoodArtists(data, curve, dots, *_draw_curves(right))
    handles = [data, curve, artists.surprise, artists.loss]
    figure.legend(handles=handles, loc="outside lower center", ncols=4)
    return artists


def update_likelihood(artists: LikelihoodArtists, view: LikelihoodView) -> None:
    """Show the data, the distribution, and both curves."""
    _update_data(artists, view)
    _update_curves(artists, view)


def _draw_data(ax: Axes) -> tuple[PolyCollection, Line2D, Line2D]:
    """Return the bars of the data, and a distribution as a curve and as dots."""
    data = PolyCollection([], facecolors="#BDBDBD", edgecolors="white", linewidths=0.8)
    data.set_label("data")
    ax.add_collection(data, autolim=False)
    (curve,) = ax.plot([], [], color=CATEGORY_COLORS[0], label="distribution")
    (dots,) = ax.plot([], [], "o", color=CATEGORY_COLORS[0], markersize=7, zorder=4)
    dots.set_markeredgecolor("white")
    ax.set(xlim=(-1, GOALS), ylim=SHARES[0])
    return data, curve, dots


def _draw_curves(ax: Axes) -> tuple[Line2D, Line2D, Line2D, list[Line2D], Text, Text]:
    """Return both curves, their lowest points, the chosen ones, and the words beside them."""
    (surprise,) = ax.plot([], [], color=CATEGORY_COLORS[0], label="mean of −log q")
    (loss,) = ax.plot([], [], "--", color=CATEGORY_COLORS[1], label="the loss")
    (lowest,) = ax.plot([], [], ":", color=INK, linewidth=1.4)
    here = [ax.plot([], [], "o", color=INK, markersize=8, zorder=5)[0] for _ in range(2)]
    for dot in here:
        dot.set(clip_on=False, in_layout=False)  # it may stand at the edge
    look: dict[str, Any] = {"fontsize": 9.5, "ha": "center", "va": "top", "color": INK}
    words = ax.text(0, 0.98, "", transform=ax.get_xaxis_transform(), **look)
    words.set_bbox({"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5})
    name = ax.text(
        1, 1.02, "", transform=ax.transAxes, fontsize=9.5, ha="right", va="bottom", color=INK
    )
    ax.set(xlim=(0, 6), ylim=LIMITS["theta"], xlabel="parameter")
    ax.axhline(0, color=MUTED, linewidth=0.9, zorder=1)
    return surprise, loss, lowest, here, words, name


def _update_data(artists: LikelihoodArtists, view: LikelihoodView) -> None:
    """Show which share of the labels has which value, and the distribution over them."""
    family = FAMILIES[view.family]
    values, counts = np.unique(view.labels, return_counts=True)
    artists.data.set_verts([bar(y, n / len(view.labels)) for y, n in zip(values, counts)])  # noqa: B905
    artists.curve.set_data(view.spots, view.densities)
    artists.curve.set_linestyle(":" if family.discrete else "-")
    artists.dots.set_data(view.spots, view.densities)
    artists.dots.set_visible(family.discrete)
    binary = family.control == "p"
    highest = max(float(view.densities.max()), counts.max() / len(view.labels))
    set_static(artists.curve.axes, ylim=SHARES[int(highest > 0.95 * SHARES[0][1])])
    set_static(artists.curve.axes, xlim=(-1.0, 2.0) if binary else (-1.0, float(GOALS)))
    set_static(
        artists.curve.axes, xlabel="label y" + (": 2 goals or more?" if binary else ": goals")
    )


def _update_curves(artists: LikelihoodArtists, view: LikelihoodView) -> None:
    """Show surprise and loss over the parameter, the chosen one, and where both are lowest."""
    family = FAMILIES[view.family]
    low, high = LIMITS[family.control]
    artists.surprise.set_data(view.parameters, view.surprise)
    artists.loss.set_data(view.parameters, view.losses)
    here, *values = view.here
    for dot, value in zip(artists.here, values, strict=True):
        dot.set_data([here], [min(max(value, low), high)])
        dot.set_marker("^" if value > high else "v" if value < low else "o")
    artists.lowest.set_data([view.best[0]] * 2, [low, high])
    artists.words.set_text(f"{family.center} of the labels")
    artists.words.set_x(np.clip(view.best[0], *_inside(family.control)))
    artists.name.set_text(f"dashed: {type(family.loss).__name__}")
    end = 1.0 if family.control == "p" else 6.0
    set_static(artists.loss.axes, xlim=(0.0, end), ylim=(low, high))
    set_static(artists.loss.axes, xlabel=f"parameter {family.symbol}")


def _inside(control: str) -> tuple[float, float]:
    """Return between which parameters there is room for words."""
    return (0.25, 0.75) if control == "p" else (1.5, 4.5)


def bar(y: float, share: float) -> Array:
    """Return the corners of a bar around y.

    Examples
    --------
    >>> bar(1.0, 0.5).tolist()
    [[0.6, 0.0], [1.4, 0.0], [1.4, 0.5], [0.6, 0.5]]
    """
    left, right = y - 0.4, y + 0.4
    return np.array([[left, 0.0], [right, 0.0], [right, share], [left, share]])
