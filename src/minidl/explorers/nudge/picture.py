"""The picture of the nudge explorer: the chain, y along one dial, and four slopes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text

from minidl.explorers.nudge import chain
from minidl.explorers.nudge.chain import BOX, GREEN, PLACES, PURPLE
from minidl.explorers.nudge.machine import DIALS, LINKS, RESULTS
from minidl.explorers.nudge.view import NudgeView
from minidl.plots.picture import set_static
from minidl.plots.style import INK, MUTED
from minidl.plots.words import add_words, show_words

Array = npt.NDArray[Any]

WIDTH, HEIGHT = chain.WIDTH, 412  # of the picture, in pixels
TOP = chain.HEIGHT + 32  # of the two panels below the chain
TALL = HEIGHT - TOP - 46
TURNED = (-3.0, 4.0)
"""From where to where a dial is turned in the left panel."""
LADDER = (1.0, 2.0, 3.0, 5.0, 10.0, 15.0, 20.0, 30.0, 50.0)
"""Where axes may end, so that they seldom change."""
EDGE = "#ABABAB"
ROOM, LEAST = 1.15, 1 / 8  # beyond the end, and of the larger end that the other keeps


@dataclass(frozen=True)
class ChainArtists:
    """What moves in the chain."""

    frames: list[FancyBboxPatch]
    edges: list[Line2D]
    words: PathCollection


@dataclass(frozen=True)
class NudgeArtists:
    """What moves in the picture."""

    chain: ChainArtists
    curve: Line2D
    tangent: Line2D
    here: Line2D
    there: Line2D
    name: Text
    bars: LineCollection
    measured: Line2D


def draw_nudge(figure: Figure) -> NudgeArtists:
    """Fill `figure` with the chain and the two panels below it; return the moving parts."""
    figure.set_layout_engine("none")  # a pixel here is a pixel of the picture
    parts = _draw_chain(_panel(figure, 0, 0, WIDTH, chain.HEIGHT))
    along = _panel(figure, 62, TOP, 318, TALL)
    along.set(xlim=TURNED, ylabel="y", title="y along the dial")
    look: dict[str, Any] = {"linestyle": "none", "markersize": 9, "markeredgecolor": "white"}
    (curve,) = along.plot([], [], color=INK)
    (tangent,) = along.plot([], [], "--", color=PURPLE, linewidth=1.6)
    (here,) = along.plot([], [], marker="o", color=INK, zorder=4, **look)
    (there,) = along.plot([], [], marker="D", color=GREEN, zorder=5, **look)
    name = along.text(0.5, -0.27, "", transform=along.transAxes, ha="center", fontweight="bold")
    bars, measured = _draw_slopes(_panel(figure, 452, TOP, 298, TALL))
    return NudgeArtists(parts, curve, tangent, here, there, name, bars, measured)


def update_nudge(artists: NudgeArtists, view: NudgeView) -> None:
    """Show one step."""
    _update_chain(artists.chain, view)
    _update_curve(artists, view)
    known = [(place, view.slopes[name]) for place, name in enumerate(DIALS) if name in view.slopes]
    artists.bars.set_segments([[(place, 0), (place, slope)] for place, slope in known])
    heights = [view.measured[name] for name in DIALS]
    artists.measured.set_data(np.arange(len(DIALS)), heights)
    set_static(artists.measured.axes, ylim=_limits([*heights, *(slope for _, slope in known)]))


def _panel(figure: Figure, left: float, top: float, width: float, height: float) -> Axes:
    """Return axes at a place in pixels from the upper left."""
    place = (left / WIDTH, 1 - (top + height) / HEIGHT, width / WIDTH, height / HEIGHT)
    axes: Axes = figure.add_axes(place)
    return axes


def _draw_chain(ax: Axes) -> ChainArtists:
    """Draw boxes, links and names into axes of the chain's size; return what moves."""
    ax.set(xlim=(0, WIDTH), ylim=(chain.HEIGHT, 0), autoscale_on=False)
    ax.axis("off")
    edges = []
    for link in LINKS:
        ends = chain.ends_of(*link)
        ax.plot(*ends, color=EDGE, linewidth=1.3)
        edges.append(ax.plot(*ends, linewidth=2.4, marker="o", markersize=5, visible=False)[0])
    frames = []
    for name in PLACES:
        ax.add_patch(_box(name, edgecolor=MUTED, facecolor="white"))
        frames.append(_box(name, fill=False, linewidth=2.6, visible=False))
        ax.add_patch(frames[-1])
    show_words(add_words(ax), chain.names_and_legend())
    return ChainArtists(frames, edges, add_words(ax))


def _box(name: str, **look: Any) -> FancyBboxPatch:
    """Return a dial's box, a rectangle, or a result's, rounded."""
    (x, y), (width, height) = chain.middle(name), BOX
    style = f"round,pad=0,rounding_size={16 if name in RESULTS else 1}"
    return FancyBboxPatch((x - width / 2, y - height / 2), width, height, boxstyle=style, **look)


def _draw_slopes(ax: Axes) -> tuple[LineCollection, Line2D]:
    """Return the bars of the slopes and the marks of what nudging measures."""
    ax.set(xlim=(-0.6, len(DIALS) - 0.4), title="How many times as far y moves")
    ax.set_xticks(range(len(DIALS)), DIALS, fontweight="bold")
    ax.axhline(0, color=MUTED, linewidth=0.8)
    bars = LineCollection([], colors=PURPLE, linewidths=16, capstyle="butt")
    ax.add_collection(bars, autolim=False)
    look: dict[str, Any] = {"color": GREEN, "markersize": 8, "markeredgecolor": "white"}
    (measured,) = ax.plot([], [], "D", **look, zorder=4, label="nudged alone")
    sample = Line2D([], [], color=PURPLE, linewidth=8, label="walked back")
    place: dict[str, Any] = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.13)}
    ax.legend(handles=[measured, sample], ncols=2, handlelength=1.2, **place)
    return bars, measured


def _update_chain(artists: ChainArtists, view: NudgeView) -> None:
    """Put the numbers into the boxes, and mark what is reached."""
    color = PURPLE if view.returns else GREEN
    for name, frame in zip(PLACES, artists.frames, strict=True):
        frame.set(visible=name in view.turn, edgecolor=color)
    for (start, end), edge in zip(LINKS, artists.edges, strict=True):
        taken = start in view.slopes if view.returns else end in view.after and view.moved(start)
        edge.set(visible=taken, color=color, markevery=[0 if view.returns else 1])
    show_words(artists.words, chain.numbers(view))


def _update_curve(artists: NudgeArtists, view: NudgeView) -> None:
    """Show y along the nudged dial, both points, and the line of the slope once it is known."""
    dial, y = view.curve
    set_static(artists.curve.axes, ylim=_limits(y))
    artists.curve.set_data(dial, y)
    start, height = view.before[view.dial], view.before["y"]
    artists.here.set_data([start], [height])
    arrived = [view.after["y"]] if "y" in view.after else []
    artists.there.set_data([view.after[view.dial]] * len(arrived), arrived)
    ends = np.array(TURNED) if view.dial in view.slopes else np.array([])
    artists.tangent.set_data(ends, height + view.slopes.get(view.dial, 0.0) * (ends - start))
    artists.name.set_text(view.dial)


def _limits(values: Any) -> tuple[float, float]:
    """Return limits from a coarse ladder that hold 0 and the values.

    Examples
    --------
    >>> [round(end, 2) for end in _limits([0.0, -7.5])]
    [-11.5, 1.44]
    """
    low, high = min(0.0, *values), max(0.0, *values)
    ends = [next(rung for rung in LADDER if rung >= end) for end in (-low, high)]
    below, above = (max(end, LEAST * max(ends)) for end in ends)
    return -ROOM * below, ROOM * above
