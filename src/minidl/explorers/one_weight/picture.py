"""The loss as a function of a single weight, and its tangent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from minidl.plots.numbers import plain
from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, INK

Array = npt.NDArray[Any]
Point = tuple[float, float]
"""A weight and the loss there."""

STEP = 0.05  # limits of the loss axis are multiples of it, so that they seldom change


@dataclass(frozen=True)
class OneWeightView:
    """The loss along one weight.

    Attributes
    ----------
    weights, losses : ndarray
        The curve.
    here, landing : (weight, loss)
        The present point, and the one after a step.
    gradient, slope : float
        What backward says at the present point, and what central differences measure.
    blurred : float
        How large the numbers are that rounding blurs.
    """

    weights: Array
    losses: Array
    here: Point
    landing: Point
    gradient: float
    slope: float
    blurred: float


@dataclass(frozen=True)
class OneWeightArtists:
    """What moves in the picture."""

    curve: Line2D
    tangent: Line2D
    path: Line2D
    landing: Line2D
    here: Line2D
    outside: Line2D
    note: Text


def draw_one_weight(figure: Figure) -> OneWeightArtists:
    """Draw the axes and return the curve, the tangent and the two points, which move."""
    ax = figure.subplots()
    ax.set(xlabel="Value of the weight", ylabel="Loss", title="All other numbers stay as they are")
    (curve,) = ax.plot([], [], color=CATEGORY_COLORS[0], label="loss")
    (tangent,) = ax.plot([], [], "--", color=CATEGORY_COLORS[1], label="slope = gradient")
    (path,) = ax.plot([], [], ":", color=CATEGORY_COLORS[2], lw=1.6)
    look: dict[str, Any] = {
        "markeredgecolor": "white",
        "markersize": 10,
        "linestyle": "none",
        "zorder": 4,
    }
    (here,) = ax.plot([], [], "o", color=INK, label="here", **look)
    (landing,) = ax.plot([], [], "D", color=CATEGORY_COLORS[2], label="after one step", **look)
    (outside,) = ax.plot([], [], color=CATEGORY_COLORS[2], clip_on=False, **look)
    note = ax.text(1.05, 0.55, "", color=CATEGORY_COLORS[2], va="top", transform=ax.transAxes)
    note.set_fontsize(10)
    for artist in (outside, note):
        artist.set_in_layout(False)  # at the edge, and below the legend, which makes the room
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return OneWeightArtists(curve, tangent, path, landing, here, outside, note)


def update_one_weight(artists: OneWeightArtists, view: OneWeightView) -> None:
    """Put the curve, its tangent and the step into the picture."""
    weights, losses = view.weights, view.losses
    room = max(0.06 * np.ptp(losses), STEP / 2)
    low = STEP * np.floor((losses.min() - room) / STEP)
    high = STEP * np.ceil((losses.max() + room) / STEP)
    limits = {"xlim": (float(weights[0]), float(weights[-1])), "ylim": (float(low), float(high))}
    set_static(artists.curve.axes, **limits)
    artists.curve.set_data(weights, losses)
    weight, loss = view.here
    ends = np.array([weight - 2, weight + 2])
    artists.tangent.set_data(ends, loss + view.gradient * (ends - weight))
    artists.here.set_data([weight], [loss])
    artists.landing.set_data([view.landing[0]], [view.landing[1]])
    artists.path.set_data([weight, view.landing[0]], [loss, view.landing[1]])
    outside = _mark_outside(artists.outside, view.here, view.landing, limits)
    target, after = map(plain, view.landing)
    artists.note.set_text(f"off the picture:\nweight {target}\nloss {after}" if outside else "")


def _mark_outside(
    marker: Line2D, here: Point, landing: Point, limits: dict[str, tuple[float, float]]
) -> bool:
    """Put an arrowhead where the path leaves the picture, and return whether it does."""
    leaves = []
    for axis, signs in ((0, "<>"), (1, "v^")):
        way = landing[axis] - here[axis]
        edge = limits["xy"[axis] + "lim"][int(way > 0)]
        if abs(way) > abs(edge - here[axis]):
            leaves.append(((edge - here[axis]) / way, signs[int(way > 0)]))
    if not leaves:
        marker.set_data([], [])
        return False
    part, sign = min(leaves)
    marker.set_marker(sign)
    marker.set_data(*([h + part * (end - h)] for h, end in zip(here, landing, strict=True)))
    return True
