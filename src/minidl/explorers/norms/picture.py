"""The picture of the explorer of norms: accuracy against first scale, and against steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minidl.plots.style import CATEGORY_COLORS, MUTED

Array = npt.NDArray[Any]

LOOKS: dict[str, dict[str, Any]] = {
    "none": {"color": CATEGORY_COLORS[3], "linestyle": ":", "marker": "o"},
    "batch norm": {"color": CATEGORY_COLORS[0], "linestyle": "-", "marker": "s"},
    "layer norm": {"color": CATEGORY_COLORS[1], "linestyle": "--", "marker": "D"},
}
CHANCE = 0.1


@dataclass(frozen=True)
class NormsView:
    """Trainings so far, for each norm and each scale.

    Attributes
    ----------
    scales : ndarray of shape (K,)
        By what the first weights were multiplied.
    chosen : int
        The place of the scale looked at.
    steps : ndarray of shape (n,)
        When the accuracies were measured.
    accuracies : ndarray of shape (n, 3, K)
        On new images.
    """

    scales: Array
    chosen: int
    steps: Array
    accuracies: Array


@dataclass(frozen=True)
class NormsArtists:
    """What moves in the picture, a line for each norm."""

    by_scale: list[Line2D]
    by_step: list[Line2D]
    chosen: Line2D


def draw_norms(figure: Figure, *, scales: Array, steps: int) -> NormsArtists:
    """Draw both axes; return the moving parts.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        An empty figure.
    scales : ndarray
        Of the networks.
    steps : int
        The length of the training.

    Returns
    -------
    NormsArtists
    """
    figure.set_layout_engine("constrained", rect=(0, 0, 0.985, 1))  # room for the last tick label
    left, right = figure.subplots(1, 2, sharey=True)
    for ax in (left, right):
        ax.set(ylim=(0, 1), yticks=(0, 0.25, 0.5, 0.75, 1))
        ax.axhline(CHANCE, color=MUTED, linewidth=1, linestyle=":")
    left.set(xscale="log", xlim=(scales[0] / 1.2, scales[-1] * 1.2), ylabel="Accuracy")
    left.set(xlabel="First weights (× He)", title="By scale, so far")
    left.set_xticks(scales, [_fraction(scale) for scale in scales])
    left.set_xticks([], minor=True)
    right.set(xlim=(0, steps), xlabel="Step", title="By step, at the scale marked")
    by_scale, by_step = ([_line(ax, norm) for norm in LOOKS] for ax in (left, right))
    chosen = left.axvline(1, color=MUTED, linewidth=7, alpha=0.22, zorder=1)
    figure.legend(handles=by_scale, loc="outside lower center", ncols=3)
    return NormsArtists(by_scale, by_step, chosen)


def update_norms(artists: NormsArtists, view: NormsView) -> None:
    """Put the trainings into the picture."""
    for place, (by_scale, by_step) in enumerate(
        zip(artists.by_scale, artists.by_step, strict=True)
    ):
        by_scale.set_data(view.scales, view.accuracies[-1, place])
        by_step.set_data(view.steps, view.accuracies[:, place, view.chosen])
    artists.chosen.set_xdata([view.scales[view.chosen]] * 2)


def _line(ax: Axes, norm: str) -> Line2D:
    (line,) = ax.plot([], [], label=norm, markersize=5, clip_on=False, **LOOKS[norm])
    line.set(markeredgecolor="white", markeredgewidth=0.5, zorder=3)
    return line


def _fraction(scale: float) -> str:
    return f"{scale:g}" if scale >= 1 else f"1/{1 / scale:g}"
