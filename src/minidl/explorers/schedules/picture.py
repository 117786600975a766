"""The picture of the schedule explorer: the rate over time, and what it does to the loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minidl.plots.style import CATEGORY_COLORS, MUTED

Array = npt.NDArray[Any]

RATE_LIMITS = (1e-4, 10.0)
LOSS_LIMITS = (0.2, 1.0)
LOSS_TICKS = (0.2, 0.25, 0.3, 0.4, 0.6, 1.0)
COLORS = (CATEGORY_COLORS[1], CATEGORY_COLORS[0], MUTED)
STYLES = ("-", "--", ":")
NAMES = ("your schedule", "constant, same largest rate", "constant 0.5")


@dataclass(frozen=True)
class ScheduleView:
    """Trainings under three schedules so far: the reader's and two constant rates.

    Attributes
    ----------
    rates : ndarray of shape (3, steps)
        Of each step, the median of all seeds.
    steps : ndarray of shape (n,)
        When the losses were measured.
    losses : ndarray of shape (n, 3, seeds)
        On new points.
    """

    rates: Array
    steps: Array
    losses: Array


@dataclass(frozen=True)
class ScheduleArtists:
    """What moves in the picture: for each schedule a rate, a mean loss and a band."""

    rates: list[Line2D]
    means: list[Line2D]
    bands: list[PolyCollection]


def mean_and_error(losses: Array) -> tuple[Array, Array]:
    """Return mean and standard error over the last axis, the seeds.

    Examples
    --------
    >>> mean, error = mean_and_error(np.array([1.0, 3.0]))
    >>> float(mean), round(float(error), 6)
    (2.0, 1.0)
    """
    return losses.mean(axis=-1), losses.std(axis=-1, ddof=1) / np.sqrt(losses.shape[-1])


def draw_schedules(figure: Figure, *, steps: int) -> ScheduleArtists:
    """Draw axes for rates and losses; return the moving parts.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        An empty figure.
    steps : int
        The length of the training.

    Returns
    -------
    ScheduleArtists
    """
    figure.set_layout_engine("constrained", rect=(0, 0, 0.985, 1))  # room for the last tick label
    left, right = figure.subplots(1, 2, width_ratios=[1, 1.25])
    for ax in (left, right):
        ax.set(xlim=(0, steps), yscale="log", xlabel="Step", xticks=np.arange(5) * steps // 4)
    left.set(ylim=RATE_LIMITS, title="Learning rate")
    left.yaxis.set_major_formatter("{x:g}")
    right.set(ylim=LOSS_LIMITS, title="Loss on new points, mean of ten seeds")
    right.set_yticks(LOSS_TICKS, [f"{loss:g}" for loss in LOSS_TICKS])
    right.set_yticks([], minor=True)
    rates = [_line(left, place) for place in range(3)]
    bands = [_band(right, color) for color in COLORS]
    means = [_line(right, place) for place in range(3)]
    figure.legend(handles=means, loc="outside lower center", ncols=3)
    return ScheduleArtists(rates, means, bands)


def update_schedules(artists: ScheduleArtists, view: ScheduleView) -> None:
    """Put rates and losses into the picture."""
    means, errors = mean_and_error(view.losses)
    steps = view.steps
    for place in range(3):
        # A logarithmic axis has no 0, where a schedule may end.
        rates = np.maximum(view.rates[place], RATE_LIMITS[0])
        artists.rates[place].set_data(np.arange(len(rates)), rates)
        artists.means[place].set_data(steps, means[:, place])
        low, high = means[:, place] - errors[:, place], means[:, place] + errors[:, place]
        there, back = np.column_stack([steps, high]), np.column_stack([steps, low])[::-1]
        artists.bands[place].set_verts([np.concatenate([there, back])])


def _line(ax: Axes, place: int) -> Line2D:
    (line,) = ax.plot([], [], STYLES[place], color=COLORS[place], zorder=5 - place)
    line.set(linewidth=2.2 if place == 0 else 1.6, label=NAMES[place])
    return line


def _band(ax: Axes, color: str) -> PolyCollection:
    band = PolyCollection([], facecolors=color, alpha=0.16, linewidths=0)
    ax.add_collection(band, autolim=False)
    return band
