"""The picture of the gradient explorer: what arrives at each layer, and how many units are shut."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Annotation

from minidl.plots.gradient_flow import LAYERS, label_sizes
from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, MUTED

DEEPEST = 15
"""The largest number of layers that the explorer's picture has room for."""
BELOW, ABOVE = (9, -15), (9, 5)  # where the number stands beside its point, in points
FALLS = 1.5  # from this factor on between two layers the line falls visibly
ROOM_ABOVE, ROOM_BELOW = 1.6, 1.2  # powers of ten that a number beside its point needs
COMMON = (-8, 1)  # the powers of ten that the explorer always shows, so that choices compare
DECADES = 4  # beyond them its scale grows in steps of so many
BEFORE = "grey: the choice before"


@dataclass(frozen=True)
class GradientView:
    """A gradient on its way back, the first layer first.

    Attributes
    ----------
    sizes : sequence of float
        Its size at each layer.
    shut : sequence of float
        The share of each layer's units with little slope.
    before : sequence of float
        The sizes to show in grey, if any.
    """

    sizes: Sequence[float]
    shut: Sequence[float]
    before: Sequence[float] = ()


@dataclass(frozen=True)
class GradientArtists:
    """What moves in the picture."""

    before: Line2D
    sizes: Line2D
    bars: LineCollection
    label: Annotation
    note: Annotation


def draw_gradient_flow(figure: Figure) -> GradientArtists:
    """Fill `figure` with the two panels of the explorer and return their moving parts."""
    upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1.2))
    label_sizes(upper)
    upper.set(ylim=_limits([]), xlim=(0.4, DEEPEST + 0.6))
    upper.axhline(1, color=MUTED, linestyle=":", linewidth=1.5)
    lower.set(ylim=(0, 100), xlabel=LAYERS, yticks=(0, 50, 100), xticks=range(1, DEEPEST + 1))
    lower.set_title("Units with slope below 0.05, in %", fontsize=10)
    bars = LineCollection([], colors=CATEGORY_COLORS[1], linewidths=12)
    lower.add_collection(bars, autolim=False)
    look: dict[str, Any] = {"color": CATEGORY_COLORS[0], "marker": "o", "markersize": 6}
    grey: dict[str, Any] = {"color": MUTED, "marker": "o", "markersize": 4, "linewidth": 1.5}
    box: dict[str, Any] = {"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 0.5}
    corner: dict[str, Any] = {"xytext": (-4, 5), "textcoords": "offset points", "ha": "right"}
    return GradientArtists(
        before=upper.plot([], [], "--", **grey, alpha=0.75, zorder=1.9)[0],
        sizes=upper.plot([], [], **look)[0],
        bars=bars,
        label=upper.annotate("", (1, 1), BELOW, textcoords="offset points", bbox=box),
        note=upper.annotate("", (1, 0), xycoords="axes fraction", color=MUTED, **corner),
    )


def update_gradient_flow(artists: GradientArtists, view: GradientView) -> None:
    """Put the gradient's sizes and the shares of shut units into the picture."""
    layers, before = np.arange(1, len(view.sizes) + 1), view.before
    set_static(artists.sizes.axes, ylim=_limits([*view.sizes, *before]))
    artists.sizes.set_data(layers, view.sizes)
    artists.before.set_data(np.arange(1, len(before) + 1), before)
    artists.note.set_text(BEFORE if len(before) else "")
    artists.label.xy = (1, view.sizes[0])
    artists.label.set_text(f"{view.sizes[0]:.2g}")
    artists.label.set_position(_clear_of_the_line(view.sizes))
    heights = 100 * np.asarray(view.shut)
    artists.bars.set_segments(
        [[(k, 0), (k, height)] for k, height in zip(layers, heights, strict=True)]
    )


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
