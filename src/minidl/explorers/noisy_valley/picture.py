"""The picture of the noisy valley: walkers in it, their rate and their mean loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from minidl.plots.style import CATEGORY_COLORS, INK, MUTED

Array = npt.NDArray[Any]

REACH = 5.0
LOSS_LIMITS = (1e-3, 20.0)
RATE_LIMITS = (1e-3, 2.0)
HIGHEST_DOT = REACH**2 / 2


@dataclass(frozen=True)
class ValleyView:
    """A descent of many walkers.

    Attributes
    ----------
    rates : ndarray of shape (steps,)
        Of each step.
    losses : ndarray of shape (steps + 1,)
        The mean loss of infinitely many walkers.
    best : ndarray of shape (steps + 1,)
        The same, had each rate been the best for its step.
    floor : float
        What the loss would end at if the last rate went on for ever.
    one : ndarray of shape (steps + 1,)
        The loss of a single walker.
    step : int
        The step looked at.
    walkers : ndarray
        Where some walkers are after it.
    """

    rates: Array
    losses: Array
    best: Array
    floor: float
    one: Array
    step: int
    walkers: Array


@dataclass(frozen=True)
class ValleyArtists:
    """What moves in the picture."""

    walkers: Line2D
    rates: Line2D
    rate_now: Line2D
    one: Line2D
    losses: Line2D
    best: Line2D
    floor: Line2D
    loss_now: Line2D


def draw_valley(figure: Figure, *, steps: int) -> ValleyArtists:
    """Draw the valley and axes for rates and losses; return the moving parts.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        An empty figure.
    steps : int
        The length of the descent.

    Returns
    -------
    ValleyArtists
    """
    layout: list[Any] = [["valley", "rates"], ["valley", "losses"]]
    figure.set_layout_engine("constrained", rect=(0, 0, 0.985, 1))  # room for the last tick label
    axes = figure.subplot_mosaic(layout, width_ratios=[1, 1.3], height_ratios=[1, 1.7])
    for name in ("rates", "losses"):
        axes[name].set(yscale="log", xlim=(0, steps))
        axes[name].yaxis.set_major_formatter("{x:g}")
    artists = ValleyArtists(
        _draw_walkers(axes["valley"]), *_draw_rates(axes["rates"]), *_draw_losses(axes["losses"])
    )
    handles = [artists.losses, artists.one, artists.floor, artists.best]
    figure.legend(handles=handles, loc="outside lower center", ncols=4, columnspacing=1.4)
    return artists


def update_valley(artists: ValleyArtists, view: ValleyView) -> None:
    """Put a descent into the picture."""
    steps, now = np.arange(len(view.losses)), view.step
    heights = np.minimum(view.walkers**2 / 2, HIGHEST_DOT)
    artists.walkers.set_data(np.clip(view.walkers, -REACH, REACH), heights)
    last = min(now, len(view.rates) - 1)
    artists.rates.set_data(steps[:-1], np.maximum(view.rates, RATE_LIMITS[0]))
    artists.rate_now.set_data([last], [max(view.rates[last], RATE_LIMITS[0])])
    for line, losses in ((artists.losses, view.losses), (artists.one, view.one)):
        line.set_data(steps, np.maximum(losses, LOSS_LIMITS[0]))
    artists.best.set_data(steps, np.maximum(view.best, LOSS_LIMITS[0]))
    artists.floor.set(ydata=[view.floor, view.floor], visible=LOSS_LIMITS[0] < view.floor)
    artists.loss_now.set_data([now], [max(view.losses[now], LOSS_LIMITS[0])])


def _draw_walkers(ax: Axes) -> Line2D:
    w = np.linspace(-REACH, REACH, 101)
    ax.plot(w, w**2 / 2, color=MUTED, linewidth=1.4)
    (walkers,) = ax.plot([], [], "o", color=CATEGORY_COLORS[0], alpha=0.45, zorder=3)
    walkers.set(markersize=7, markeredgecolor="white", markeredgewidth=0.6, clip_on=False)
    ax.set(xlabel="$w$", ylabel="$L = w^2 / 2$", title="100 walkers")
    ax.set(xlim=(-REACH, REACH), ylim=(-0.4, HIGHEST_DOT))
    return walkers


def _draw_rates(ax: Axes) -> tuple[Line2D, Line2D]:
    (rates,) = ax.plot([], [], color=CATEGORY_COLORS[1])
    ax.set(ylim=RATE_LIMITS, yticks=(0.001, 0.01, 0.1, 1), title="Learning rate α")
    ax.tick_params(labelbottom=False)
    return rates, _now(ax)


def _draw_losses(ax: Axes) -> tuple[Line2D, Line2D, Line2D, Line2D, Line2D]:
    (one,) = ax.plot([], [], color=CATEGORY_COLORS[0], linewidth=0.8, alpha=0.45)
    one.set_label("one walker")
    (best,) = ax.plot([], [], ":", color=CATEGORY_COLORS[2], label="best rate at each step")
    (losses,) = ax.plot([], [], color=CATEGORY_COLORS[1], label="mean loss", zorder=4)
    floor = ax.axhline(1, color=INK, linestyle="--", linewidth=1.2, label="floor of the last rate")
    ax.set(ylim=LOSS_LIMITS, xlabel="Step", title="Loss")
    return one, losses, best, floor, _now(ax)


def _now(ax: Axes) -> Line2D:
    """Return a mark for the step looked at."""
    look: dict[str, Any] = {"color": CATEGORY_COLORS[0], "markeredgecolor": "white", "zorder": 5}
    return ax.plot([], [], "D", markersize=7, clip_on=False, **look)[0]
