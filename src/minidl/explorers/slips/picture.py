"""The picture of the explorer of slips: what a right loop prints, and what one with a slip does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minidl.plots.style import CATEGORY_COLORS, MUTED

Array = npt.NDArray[Any]

LOOKS_OF: dict[str, dict[str, Any]] = {
    "right": {"color": CATEGORY_COLORS[0], "linestyle": "-", "linewidth": 2.0},
    "slip": {"color": CATEGORY_COLORS[1], "linestyle": "--", "linewidth": 2.0},
}
KNOWS_NOTHING = float(np.log(10))
HIGHEST = 3.0
"""The loss at the upper edge; what is higher, or NaN, is drawn there."""


@dataclass(frozen=True)
class SlipsView:
    """Two trainings so far.

    Attributes
    ----------
    losses : ndarray of shape (2, epochs)
        As the right loop and the one with the slip print them.
    accuracies : ndarray of shape (2, epochs, looks)
        On the same new images, each time that they are judged.
    """

    losses: Array
    accuracies: Array


@dataclass(frozen=True)
class SlipsArtists:
    """What moves in the picture: first the right loop's, then the other's."""

    losses: list[Line2D]
    accuracies: list[Line2D]
    looks: Line2D


def draw_slips(figure: Figure, *, num_epochs: int) -> SlipsArtists:
    """Draw both axes; return the moving parts."""
    figure.set_layout_engine("constrained", rect=(0, 0, 0.985, 1))  # room for the last tick label
    left, right = figure.subplots(1, 2)
    left.set(title="The loss that the loop prints", ylabel="Mean loss of an epoch")
    left.set(ylim=(0, HIGHEST))
    left.axhline(KNOWS_NOTHING, color=MUTED, linewidth=1, linestyle=":")
    left.annotate("knows nothing: log 10", (num_epochs, KNOWS_NOTHING), (0, 12), color=MUTED,
                  textcoords="offset points", ha="right", fontsize=9, zorder=1,
                  bbox={"facecolor": "white", "edgecolor": "none", "pad": 1})  # fmt: skip
    right.set(title="New digits, judged five times", ylabel="Accuracy", ylim=(0, 1))
    right.axhline(0.1, color=MUTED, linewidth=1, linestyle=":")
    for ax in (left, right):
        ax.set(xlabel="Epoch", xlim=(0.5, num_epochs + 0.5), xticks=range(1, num_epochs + 1))
    losses, accuracies = ([_line(ax, name) for name in LOOKS_OF] for ax in (left, right))
    color = CATEGORY_COLORS[1]
    (looks,) = right.plot([], [], "o", color=color, markersize=4, alpha=0.6, clip_on=False)
    figure.legend(losses, ["right loop", "with the slip"], loc="outside lower center", ncols=2)
    return SlipsArtists(losses, accuracies, looks)


def update_slips(artists: SlipsArtists, view: SlipsView) -> None:
    """Put the trainings into the picture."""
    numbers = np.arange(1, view.losses.shape[1] + 1)
    shown = np.clip(np.nan_to_num(view.losses, nan=HIGHEST, posinf=HIGHEST), 0, HIGHEST)
    means = view.accuracies.mean(axis=2)
    for place in (0, 1):
        artists.losses[place].set_data(numbers, shown[place])
        artists.accuracies[place].set_data(numbers, means[place])
    each = view.accuracies[1]
    artists.looks.set_data(np.repeat(numbers, each.shape[1]), each.ravel())


def _line(ax: Axes, name: str) -> Line2D:
    (line,) = ax.plot([], [], clip_on=False, zorder=3, **LOOKS_OF[name])
    return line
