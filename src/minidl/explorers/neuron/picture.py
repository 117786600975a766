"""A neuron in the plane: where its net activation is zero, and how it grows on either side."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from minidl.plots.picture import set_static
from minidl.plots.shading import shade
from minidl.plots.style import INK, MUTED

Array = npt.NDArray[Any]
Artists = dict[str, Any]

REACH = 4.0
"""The plane is shown for x₁ and x₂ from −REACH to REACH."""
LEVELS = (-6, -4, -2, 2, 4, 6)
"""Values of z beside 0 whose lines are drawn."""
VIEWS = {
    "z": {"ylim": (-8.0, 8.0), "ylabel": "net activation z"},
    "a": {"ylim": (-0.05, 1.05), "ylabel": "output σ(z)"},
}
"""What the shading and the curve show: the net activation or its logistic function."""


def level_line(w: Array, b: float, level: float = 0.0, *, reach: float = REACH) -> Array:
    """Return two far ends of the line w·x + b = level, shape (2, 2); NaN if w is zero.

    The line runs through level − b times w/‖w‖², at a right angle to w.

    Parameters
    ----------
    w
        Weights, shape (2,).
    b, level
        Bias, and the value of w·x + b on the line.
    reach
        How far the picture goes; the ends lie outside it.

    Examples
    --------
    >>> level_line(np.array([0.0, 2.0]), -2.0, reach=1.0)
    array([[ 4.,  1.],
           [-4.,  1.]])
    """
    length = float(np.hypot(*w))
    if length == 0.0:
        return np.full((2, 2), np.nan)
    foot = w * (level - b) / length**2
    along = np.array([w[1], -w[0]]) / length
    return np.array([foot + 4 * reach * along, foot - 4 * reach * along])


def draw_neuron(figure: Figure) -> Artists:
    """Fill a figure with the plane and the profile of a neuron; return what moves."""
    plane, profile = figure.subplots(1, 2, width_ratios=[1.0, 0.85])
    return {**_draw_plane(plane), **_draw_profile(profile)}


def update_neuron(artists: Artists, data: dict[str, Any]) -> None:
    """Show a neuron.

    Parameters
    ----------
    artists
        What `draw_neuron` returned.
    data
        `w` (2,), the arrow; `line`, the pair (w, b) of the line w·x + b = 0, which for a wrong
        neuron is not that of the arrow; `view`, "z" or "a"; `shade`, values in [0, 1] over the
        plane, shape (rows, columns) from the bottom up; `t` and `value`, the profile's curve;
        `offset`, where the line cuts the arrow's axis. NaN stands for no line.
    """
    w, b = data["line"]
    artists["shade"].set_data(data["shade"])
    artists["line"].set_data(*level_line(w, b).T)
    for line, level in zip(artists["levels"], LEVELS, strict=True):
        line.set_data(*level_line(w, b, level).T)
    _point_arrow(artists["arrow"], artists["arrow_name"], data["w"])
    artists["curve"].set_data(data["t"], data["value"])
    artists["crossing"].set_xdata([data["offset"]] * 2)
    set_static(artists["curve"].axes, **VIEWS[data["view"]])


def _draw_plane(ax: Axes) -> Artists:
    """Draw axes with shading, level lines and the weights as an arrow."""
    square = (-REACH, REACH)
    ax.set(xlim=square, ylim=square, aspect="equal", xlabel="$x_1$", ylabel="$x_2$")
    ax.set_title("The plane of inputs")
    shading = shade(ax, (*square, *square))
    (line,) = ax.plot([], [], color=INK, linewidth=2.5)
    levels = [ax.plot([], [], color="white", linewidth=1.0)[0] for _ in LEVELS]
    look: dict[str, Any] = {
        "arrowstyle": "-|>",
        "mutation_scale": 16,
        "linewidth": 1.8,
        "color": INK,
    }
    arrow = FancyArrowPatch((0, 0), (1, 1), shrinkA=0, shrinkB=0, **look)
    ax.add_patch(arrow)
    name = ax.text(0, 0, "w", ha="center", va="center", fontweight="bold", fontsize=12)
    origin = ax.plot([0], [0], "o", color=INK, markersize=4)[0]
    return {
        "shade": shading,
        "levels": levels,
        "line": line,
        "arrow": arrow,
        "arrow_name": name,
        "origin": origin,
    }


def _draw_profile(ax: Axes) -> Artists:
    """Draw axes for the neuron's value along the direction of its weights."""
    ax.set(xlim=(-REACH, REACH), title="Along the arrow's direction", **VIEWS["z"])
    ax.set_xlabel("position along w")
    (crossing,) = ax.plot([0, 0], [-9, 9], "--", color=MUTED, linewidth=1.2)
    (curve,) = ax.plot([], [], color=INK)
    return {"crossing": crossing, "curve": curve}


def _point_arrow(arrow: FancyArrowPatch, name: Text, w: Array) -> None:
    """Let the arrow point from the origin to w, its name just beyond the tip."""
    length = float(np.hypot(*w))
    for artist in (arrow, name):
        artist.set_visible(length > 0)
    if length > 0:
        arrow.set_positions((0, 0), tuple(w))
        name.set_position(tuple(w * (1 + 0.35 / length)))
