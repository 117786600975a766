"""What a learning rate does: to the loss in a single step, and over a whole training."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minidl.plots.style import CATEGORY_COLORS, INK, MUTED

Array = npt.NDArray[Any]
Artists = dict[str, Any]

LOSS_RANGE = (0.03, 120.0)  # from a well-trained network to the clamp of the logarithm at −100


def draw_learning_rate(figure: Figure, *, rates: Array, epochs: int) -> Artists:
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
    dict
        The moving artists by name.
    """
    one_step, training = figure.subplots(1, 2, sharey=True)
    one_step.set(xscale="log", yscale="log", xlim=(rates[0], rates[-1]), ylim=LOSS_RANGE)
    one_step.set(title="One step, at every rate", xlabel="Learning rate α", ylabel="Mean loss")
    for axis in (one_step.xaxis, one_step.yaxis):
        axis.set_major_formatter("{x:g}")
    training.set(title=f"{epochs} steps, at your rate", xlabel="Epoch", xlim=(0, epochs))
    return {**_draw_one_step(one_step, rates), **_draw_training(training)}


def _draw_one_step(ax: Axes, rates: Array) -> Artists:
    (before,) = ax.plot(
        rates, np.ones(len(rates)), color=MUTED, linestyle="--", linewidth=1.4, label="before it"
    )
    (after,) = ax.plot(rates, np.ones(len(rates)), color=CATEGORY_COLORS[0], label="after it")
    (here,) = ax.plot(
        [1], [1], "o", color=CATEGORY_COLORS[1], markersize=9, markeredgecolor="white"
    )
    here.set(label="your rate", zorder=4, clip_on=False)
    ax.legend(loc="lower left")
    return {"before": before, "after": after, "here": here}


def _draw_training(ax: Axes) -> Artists:
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
    return {"curve": curve, "moment": moment}


def update_learning_rate(artists: Artists, data: dict[str, Any]) -> None:
    """Put the losses into the picture.

    Parameters
    ----------
    artists : dict
        What `draw_learning_rate` returned.
    data : dict
        `losses`, before the first step and after each; `step` and `rate`, the step on the left
        and its rate; `after`, the losses after this step at every rate.
    """
    losses, step = data["losses"], data["step"]
    artists["after"].set_ydata(data["after"])
    artists["before"].set_ydata(np.full(len(data["after"]), losses[step - 1]))
    artists["here"].set_data([data["rate"]], [losses[step]])
    artists["curve"].set_data(range(len(losses)), losses)
    artists["moment"].set_data([step], [losses[step]])
