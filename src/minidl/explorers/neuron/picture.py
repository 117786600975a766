"""A neuron in the plane: where its net activation is zero, and how it grows on either side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch
from matplotlib.text import Text

from minidl.plots.picture import set_static
from minidl.plots.shading import shade
from minidl.plots.style import INK, MUTED

Array = npt.NDArray[Any]

REACH = 4.0
"""The plane is shown for x₁ and x₂ from −REACH to REACH."""
LEVELS = (-6, -4, -2, 2, 4, 6)
"""Values of z beside 0 whose lines are drawn."""
RING = {"color": INK, "markersize": 9, "markerfacecolor": "white", "markeredgewidth": 1.8}
"""How the place looks at which a walk along the arrow crosses the line."""
HEAD = 16
"""Size of the arrow's head in points."""
SHOWN = {
    "z": {"ylim": (-8.0, 8.0), "ylabel": "net activation z"},
    "a": {"ylim": (-0.05, 1.05), "ylabel": "output σ(z)"},
}
"""What the shading and the curve show: the net activation or its logistic function."""


@dataclass(frozen=True)
class NeuronView:
    """A neuron over the plane and along its arrow; NaN stands for no line.

    Attributes
    ----------
    w : ndarray, shape (2,)
        The arrow.
    shown : str
        What the shading and the curve show, "z" or "a".
    shade : ndarray
        Values in [0, 1] over the plane, shape (rows, columns), from the bottom up.
    t, value : ndarray
        The profile's curve.
    line : (ndarray, float)
        The pair (w, b) of the line w·x + b = 0, which for a wrong neuron is not the arrow's.
    offset : float
        Where the line cuts the arrow's axis.
    fault : str
        Where the neuron is wrong, in words; empty if it is right.
    """

    w: Array
    shown: str
    shade: Array
    t: Array
    value: Array
    line: tuple[Array, float]
    offset: float
    fault: str = ""


@dataclass(frozen=True)
class NeuronArtists:
    """What moves in the picture."""

    shade: AxesImage
    levels: list[Line2D]
    line: Line2D
    walk: Line2D
    rings: list[Line2D]
    arrow: FancyArrowPatch
    arrow_name: Text
    origin: Line2D
    crossing: Line2D
    curve: Line2D


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


def draw_neuron(figure: Figure) -> NeuronArtists:
    """Fill a figure with the plane and the profile of a neuron; return what moves."""
    plane, profile = figure.subplots(1, 2, width_ratios=[1.0, 0.85])
    shading, levels, line = _draw_plane(plane)
    (walk,) = plane.plot([], [], ":", color=INK, linewidth=1.4)
    arrow, name, origin = _draw_arrow(plane)
    crossing, curve = _draw_profile(profile)
    rings = [ax.plot([], [], "o", **RING)[0] for ax in (plane, profile)]
    return NeuronArtists(shading, levels, line, walk, rings, arrow, name, origin, crossing, curve)


def update_neuron(artists: NeuronArtists, view: NeuronView) -> None:
    """Show a neuron."""
    w, b = view.line
    artists.shade.set_data(view.shade)
    artists.line.set_data(*level_line(w, b).T)
    for line, level in zip(artists.levels, LEVELS, strict=True):
        line.set_data(*level_line(w, b, level).T)
    _point_arrow(artists.arrow, artists.arrow_name, view.w)
    artists.curve.set_data(view.t, view.value)
    artists.crossing.set_xdata([view.offset] * 2)
    _update_walk(artists, view)
    set_static(artists.curve.axes, **SHOWN[view.shown])


def _update_walk(artists: NeuronArtists, view: NeuronView) -> None:
    """Show the way along the arrow, and where it crosses the line, in both panels."""
    length = float(np.hypot(*view.w))
    along = view.w / length if length else np.full(2, np.nan)
    artists.walk.set_data(*np.outer(along, view.t[[0, -1]]))
    height = 0.5 if view.shown == "a" else 0.0
    places = np.array([view.offset * along, (view.offset, height)])
    for ring, place in zip(artists.rings, places, strict=True):
        ring.set_data(*place[:, np.newaxis])


def _draw_plane(ax: Axes) -> tuple[AxesImage, list[Line2D], Line2D]:
    """Return the shading of the plane, its level lines and the line where z is 0."""
    square = (-REACH, REACH)
    ax.set(xlim=square, ylim=square, aspect="equal", xlabel="$x_1$", ylabel="$x_2$")
    ax.set_title("The plane of inputs")
    shading = shade(ax, (*square, *square))
    (line,) = ax.plot([], [], color=INK, linewidth=2.5)
    levels = [ax.plot([], [], color="white", linewidth=1.0)[0] for _ in LEVELS]
    return shading, levels, line


def _draw_arrow(ax: Axes) -> tuple[FancyArrowPatch, Text, Line2D]:
    """Return the weights as an arrow, its name and the origin."""
    look: dict[str, Any] = {
        "arrowstyle": "-|>",
        "mutation_scale": HEAD,
        "linewidth": 1.8,
        "color": INK,
    }
    arrow = FancyArrowPatch((0, 0), (1, 1), shrinkA=0, shrinkB=0, **look)
    ax.add_patch(arrow)
    name = ax.text(0, 0, "w", ha="center", va="center", fontweight="bold", fontsize=12)
    origin = ax.plot([0], [0], "o", color=INK, markersize=4)[0]
    return arrow, name, origin


def _draw_profile(ax: Axes) -> tuple[Line2D, Line2D]:
    """Return the line's crossing, and the neuron's value along the direction of its weights."""
    ax.set(xlim=(-REACH, REACH), title="Along the arrow's direction", **SHOWN["z"])
    ax.set_xlabel("position along w")
    (crossing,) = ax.plot([0, 0], [-9, 9], "--", color=MUTED, linewidth=1.2)
    (curve,) = ax.plot([], [], color=INK)
    return crossing, curve


def _point_arrow(arrow: FancyArrowPatch, name: Text, w: Array) -> None:
    """Let the arrow point from the origin to w, its name beside the tip, off the walk."""
    length = float(np.hypot(*w))
    for artist in (arrow, name):
        artist.set_visible(length > 0)
    if length > 0:
        arrow.set_positions((0, 0), tuple(w))
        arrow.set_mutation_scale(HEAD * min(1.0, 2.5 * length))  # a head no longer than its arrow
        name.set_position(tuple(w + 0.35 * np.array([-w[1], w[0]]) / length))
