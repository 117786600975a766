"""Noisy values with their average, and the weights of the values in it."""

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

LOW = 0.001
"""The smallest weight that the picture shows."""


@dataclass(frozen=True)
class AveragesView:
    """Values and their averages.

    Attributes
    ----------
    wave, values, averages : ndarray of shape (steps,)
        What lies below the noise, what is seen, and the average after each value.
    weights : ndarray of shape (steps,)
        What each value weighs in the average after `step`.
    step : int
        Counted from 1.
    """

    wave: Array
    values: Array
    averages: Array
    weights: Array
    step: int


@dataclass(frozen=True)
class AveragesArtists:
    """What moves in the picture."""

    values: Line2D
    averages: Line2D
    here: Line2D
    stems: Line2D
    tips: Line2D


def draw_averages(figure: Figure, steps: int) -> AveragesArtists:
    """Fill an empty figure with both axes and return the moving artists.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    steps : int
        How many values there are.

    Returns
    -------
    AveragesArtists
    """
    left, right = figure.subplots(1, 2, width_ratios=(1.4, 1))
    t = np.arange(1, steps + 1)
    left.plot(t, 1 + 0.5 * np.sin(2 * np.pi * t / steps), "--", color=MUTED, label="wave")
    (values,) = left.plot([], [], "o", color=MUTED, markersize=3.5, alpha=0.8, label="value")
    (averages,) = left.plot([], [], color=CATEGORY_COLORS[0], label="average")
    left.set(xlim=(0, steps), ylim=(-0.6, 2.8), xlabel="Step t", title="Values and average")
    left.legend(loc="upper right", ncols=3)
    (here,) = left.plot([], [], "o", color=CATEGORY_COLORS[1], markersize=9)
    here.set(markeredgecolor="white", zorder=4)
    return AveragesArtists(values, averages, here, *_draw_weights(right, steps))


def _draw_weights(ax: Axes, steps: int) -> tuple[Line2D, Line2D]:
    (stems,) = ax.plot([], [], color=CATEGORY_COLORS[1], linewidth=1.2)
    (tips,) = ax.plot([], [], "o", color=CATEGORY_COLORS[1], markersize=3.5)
    ax.set(xlim=(0, steps), yscale="log", ylim=(LOW, 1.5), xlabel="Value of step")
    ax.set_title("What a value weighs")
    ax.yaxis.set_major_formatter("{x:g}")
    return stems, tips


def update_averages(artists: AveragesArtists, view: AveragesView) -> None:
    """Put values, averages and weights into the picture.

    Parameters
    ----------
    artists : AveragesArtists
        What `draw_averages` returned.
    view : AveragesView
    """
    t = np.arange(1, len(view.values) + 1)
    artists.values.set_data(t, view.values)
    artists.averages.set_data(t, view.averages)
    artists.here.set_data([view.step], [view.averages[view.step - 1]])
    seen = view.weights >= LOW
    at, weights = t[seen], view.weights[seen]
    artists.tips.set_data(at, weights)
    gaps = np.full(len(at), np.nan)
    stems = np.stack([np.full(len(at), LOW), weights, gaps], axis=1)
    artists.stems.set_data(np.repeat(at, 3), stems.ravel())
