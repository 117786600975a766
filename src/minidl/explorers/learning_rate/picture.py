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

from minidl.plots.style import CATEGORY_COLORS, INK, MUTED

Array = npt.NDArray[Any]

LOSS_RANGE = (0.03, 120.0)  # from a well-trained network to the clamp of the logarithm at −100


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


def _draw_training(ax: Axes) -> tuple[Line2D, Line2D]:
    """Return the curve of the losses, and the mark of the step on the left."""
    ax.axhline(math.log(2), color=MUTED, linewidth=1, linestyle=":")
    label = "log 2: knows nothing"
    ax.annotate(
        label, (1, math.log(2)), xycoords=("axes fraction", "data"), xytext=(-4, 3),
        textcoords="offset points", ha="right", va="bottom", color=INK, fontsize=9,
    )  # fmt: skip
    (curve,) = ax.plot([], [], color=CATEGORY_COLORS[1], linewidth=1.6)
    (moment,) = ax.plot([1], [1], "D", color=CATEGORY_COLORS[0], markersize=7)
    moment.set(markeredgecolor="white", label="the step on the left", zorder=4, clip_on=False)
    ax.legend(handles=[moment], loc="lower right")
    return curve, moment


def update_learning_rate(artists: RateArtists, view: RateView) -> None:
    """Put the losses into the picture."""
    losses, step = view.losses, view.step
    artists.after.set_ydata(view.after)
    artists.before.set_ydata(np.full(len(view.after), losses[step - 1]))
    artists.here.set_data([view.rate], [losses[step]])
    artists.curve.set_data(range(len(losses)), losses)
    artists.moment.set_data([step], [losses[step]])
