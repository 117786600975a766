"""How much of a gradient arrives at each layer of a stack."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullFormatter

from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, CLASS_MARKERS, MUTED, new_axes, styled

Artists = dict[str, Any]

LAYERS = "Layer (the gradient goes from right to left)"
DEEPEST = 15
"""The largest number of layers that the explorer's picture has room for."""
BELOW, ABOVE = (9, -15), (9, 5)  # where the number stands beside its point, in points
FALLS = 1.5  # from this factor on between two layers the line falls visibly
ROOM_ABOVE, ROOM_BELOW = 1.6, 1.2  # powers of ten that a number beside its point needs
COMMON = (-8, 1)  # the powers of ten that the explorer always shows, so that choices compare
DECADES = 4  # beyond them its scale grows in steps of so many
BEFORE = "grey: the choice before"


def plot_gradient_sizes(sizes: Mapping[str, Sequence[float]], ax: Axes | None = None) -> Axes:
    """Plot the size of the gradient that arrives at each layer, on a logarithmic scale.

    Parameters
    ----------
    sizes : mapping of str to sequence
        For each network its name and a size for each layer, the first layer first.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    matplotlib.axes.Axes

    Examples
    --------
    >>> ax = plot_gradient_sizes({"Logistic": [0.002, 0.01, 0.05, 0.2]})
    >>> ax.get_yscale()
    'log'
    """
    ax = new_axes(ax, width=6.4, height=3.2)
    looks = zip(CATEGORY_COLORS, itertools.cycle(CLASS_MARKERS), strict=False)
    with styled():
        for (name, values), (color, mark) in zip(sizes.items(), looks, strict=False):
            ax.plot(range(1, len(values) + 1), values, marker=mark, color=color, label=name)
        _label(ax)
        ax.set(xlabel=LAYERS, xticks=range(1, 1 + max(map(len, sizes.values()))))
        ax.legend(loc="lower right")
    return ax


def draw_gradient_flow(figure: Figure) -> Artists:
    """Fill `figure` with the two panels of the explorer and return their moving parts."""
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1.2))
    _label(upper)
    upper.set(ylim=_limits([]), xlim=(0.4, DEEPEST + 0.6))
    upper.axhline(1, color=MUTED, linestyle=":", linewidth=1.5)
    lower.set(ylim=(0, 100), xlabel=LAYERS, yticks=(0, 50, 100), xticks=range(1, DEEPEST + 1))
    lower.set_title("Units with slope below 0.05, in %", fontsize=10)
    bars = LineCollection([], colors=CATEGORY_COLORS[1], linewidths=12)
    lower.add_collection(bars, autolim=False)
    look = {"color": CATEGORY_COLORS[0], "marker": "o", "markersize": 6}
    grey = {"color": MUTED, "marker": "o", "markersize": 4, "linewidth": 1.5, "alpha": 0.75}
    box = {"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 0.5}
    corner = {"xytext": (-4, 5), "textcoords": "offset points", "ha": "right"}
    return {
        "before": upper.plot([], [], "--", **grey, zorder=1.9)[0],
        "sizes": upper.plot([], [], **look)[0],
        "bars": bars,
        "label": upper.annotate("", (1, 1), BELOW, textcoords="offset points", bbox=box),
        "note": upper.annotate("", (1, 0), xycoords="axes fraction", color=MUTED, **corner),
    }


def update_gradient_flow(artists: Artists, data: dict[str, Any]) -> None:
    """Put the gradient's sizes and the shares of shut units into the picture.

    Parameters
    ----------
    artists : dict
        From `draw_gradient_flow`.
    data : dict
        `sizes` and `shut` (a share), each with a number for every layer, the first layer first;
        `before`, the sizes to show in grey, may be missing.
    """
    layers, before = np.arange(1, len(data["sizes"]) + 1), data.get("before", ())
    set_static(artists["sizes"].axes, ylim=_limits([*data["sizes"], *before]))
    artists["sizes"].set_data(layers, data["sizes"])
    artists["before"].set_data(np.arange(1, len(before) + 1), before)
    artists["note"].set_text(BEFORE if len(before) else "")
    artists["label"].xy = (1, data["sizes"][0])
    artists["label"].set_text(f"{data['sizes'][0]:.2g}")
    artists["label"].set_position(_clear_of_the_line(data["sizes"]))
    heights = 100 * np.asarray(data["shut"])
    artists["bars"].set_segments(
        [[(k, 0), (k, height)] for k, height in zip(layers, heights, strict=True)]
    )


def _label(ax: Axes) -> None:
    """Say what the axes show, with a line of the grid for every power of ten."""
    ax.set(title="Gradient that arrives at each layer", ylabel="size", yscale="log")
    ax.yaxis.set_minor_locator(LogLocator(numticks=99))
    ax.yaxis.set_minor_formatter(NullFormatter())
    ax.grid(axis="y", which="minor")
    ax.tick_params(axis="y", which="minor", length=0)


def _clear_of_the_line(sizes: Sequence[float]) -> tuple[int, int]:
    """Return the label's offset: above the first point where the line falls away from it."""
    return ABOVE if len(sizes) > 1 and sizes[0] > FALLS * sizes[1] else BELOW


def _limits(sizes: Sequence[float]) -> tuple[float, float]:
    """Return the common limits, or in coarse steps wider ones for sizes that leave them."""
    exponents = [math.log10(size) for size in sizes if size > 0] or [0.0]
    low, high = COMMON
    if min(exponents) - ROOM_BELOW < low:
        low = DECADES * math.floor((min(exponents) - ROOM_BELOW) / DECADES)
    if max(exponents) > 0:  # where the number stands above its point
        high = DECADES * math.ceil((max(exponents) + ROOM_ABOVE) / DECADES)
    return 10.0**low, 10.0**high
