"""What a learning rate does: to the loss in a single step, and over a whole training."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from minidl.plots.style import CATEGORY_COLORS, INK, MUTED

Array = npt.NDArray[Any]

LOSS_RANGE = (0.03, 400.0)  # from a well-trained network to above the logarithm's clamp at −100
TICKS = 0.97  # how high the marks of the steps that rose stand, as a share of the axis
HALO = [withStroke(linewidth=3, foreground="white")]  # keeps words legible on a curve


@dataclass(frozen=True)
class RateView:
    """A training at one rate, and one of its steps at every rate.

    Attributes
    ----------
    losses : ndarray
        Before the first step and after each.
    after : ndarray
        The losses after the step on the left at every rate.
    rate, step
        The rate of the training, and which step the left picture looks at.
    """

    losses: Array
    after: Array
    rate: float
    step: int


@dataclass(frozen=True)
class RateArtists:
    """What moves in the picture."""

    before: Line2D
    after: Line2D
    here: Line2D
    curve: Line2D
    moment: Line2D
    rises: Line2D


def draw_learning_rate(figure: Figure, *, rates: Array, epochs: int) -> RateArtists:
    """Draw two pictures with a common loss axis: one step at many rates, many steps at one.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        An empty figure.
    rates : ndarray
        The rates on the left, in rising order.
    epochs : int
        The length of the training on the right.

    Returns
    -------
    RateArtists
    """
    one_step, training = figure.subplots(1, 2, sharey=True)
    one_step.set(xscale="log", yscale="log", xlim=(rates[0], rates[-1]), ylim=LOSS_RANGE)
    one_step.set(title="One step, at every rate", xlabel="Learning rate α", ylabel="Mean loss")
    for axis in (one_step.xaxis, one_step.yaxis):
        axis.set_major_formatter("{x:g}")
    training.set(title=f"{epochs} steps, at your rate", xlabel="Epoch", xlim=(0, epochs))
    return RateArtists(*_draw_one_step(one_step, rates), *_draw_training(training))


def _draw_one_step(ax: Axes, rates: Array) -> tuple[Line2D, Line2D, Line2D]:
    """Return the losses before and after a step, and the mark of the chosen rate."""
    (before,) = ax.plot(
        rates, np.ones(len(rates)), color=MUTED, linestyle="--", linewidth=1.4, label="before it"
    )
    (after,) = ax.plot(rates, np.ones(len(rates)), color=CATEGORY_COLORS[0], label="after it")
    (here,) = ax.plot(
        [1], [1], "o", color=CATEGORY_COLORS[1], markersize=9, markeredgecolor="white"
    )
    here.set(label="your rate", zorder=4, clip_on=False)
    ax.legend(loc="lower left")
    return before, after, here


def _draw_training(ax: Axes) -> tuple[Line2D, Line2D, Line2D]:
    """Return the curve, the mark of the step on the left, and the ticks of the steps that rose."""
    ax.axhline(math.log(2), color=MUTED, linewidth=1, linestyle=":")
    for words, place, units in (
        ("log 2: knows nothing", (1, math.log(2)), ("axes fraction", "data")),
        ("marks: the loss rose", (1, 0.88), "axes fraction"),
    ):
        ax.annotate(
            words, place, xycoords=units, xytext=(-4, 3), textcoords="offset points", ha="right",
            va="bottom", color=INK, fontsize=9, zorder=3, path_effects=HALO,
        )  # fmt: skip
    (curve,) = ax.plot([], [], color=CATEGORY_COLORS[1], linewidth=1.6)
    (moment,) = ax.plot([1], [1], "D", color=CATEGORY_COLORS[0], markersize=7)
    moment.set(markeredgecolor="white", label="the step on the left", zorder=4, clip_on=False)
    (rises,) = ax.plot(
        [], [], "|", color=INK, markersize=7, markeredgewidth=0.8,
        transform=ax.get_xaxis_transform(),
    )  # fmt: skip
    ax.legend(handles=[moment], loc="lower right")
    return curve, moment, rises


def update_learning_rate(artists: RateArtists, view: RateView) -> None:
    """Put the losses into the picture."""
    losses, step = view.losses, view.step
    artists.after.set_ydata(view.after)
    artists.before.set_ydata(np.full(len(view.after), losses[step - 1]))
    artists.here.set_data([view.rate], [losses[step]])
    artists.curve.set_data(range(len(losses)), losses)
    artists.moment.set_data([step], [losses[step]])
    rose = 1 + np.flatnonzero(np.diff(losses) > 0)
    artists.rises.set_data(rose, np.full(len(rose), TICKS))
