"""The chain of the nudge explorer: boxes with their values, links with their factors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from minidl.explorers.nudge.machine import LINKS, RESULTS
from minidl.explorers.nudge.view import NudgeView
from minidl.plots.numbers import significant
from minidl.plots.style import INK, MUTED, PASS_COLORS
from minidl.plots.words import Word, add_words, show_words

WIDTH, HEIGHT = 760, 178  # in pixels
BOX = (108.0, 64.0)
COLUMNS, ROWS = (64.0, 222.0, 380.0, 538.0, 696.0), (40.0, 142.0)
PLACES = {
    "w": (0, 0),
    "p": (1, 0),
    "z": (2, 0),
    "a": (3, 0),
    "y": (4, 0),
    "x": (1, 1),
    "b": (2, 1),
    "v": (4, 1),
}
"""The column and the row of each box."""
TITLES = {"p": "p = w·x", "z": "z = p + b", "a": "a = max(z, 0)", "y": "y = a·v"}
GAP = 4.0  # between a box and the ends of its edges
EDGE = "#ABABAB"
GREEN, PURPLE = PASS_COLORS["forward"], PASS_COLORS["backward"]
LEGEND = {"value → nudged": GREEN, "slope of y": PURPLE, "· factor of a link": INK}


class Ends(NamedTuple):
    """Where an edge begins and ends."""

    x: tuple[float, float]
    y: tuple[float, float]


@dataclass(frozen=True)
class ChainArtists:
    """What moves in the chain."""

    frames: list[FancyBboxPatch]
    edges: list[Line2D]
    words: PathCollection


def draw_chain(ax: Axes) -> ChainArtists:
    """Draw boxes, edges and names into axes of WIDTH × HEIGHT pixels; return what moves."""
    ax.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0), autoscale_on=False)
    ax.axis("off")
    edges = []
    for link in LINKS:
        ax.plot(*_ends(*link), color=EDGE, linewidth=1.3)
        (edge,) = ax.plot(*_ends(*link), linewidth=2.4, marker="o", markersize=5, visible=False)
        edges.append(edge)
    frames = []
    for name in PLACES:
        ax.add_patch(_box(name, edgecolor=MUTED, facecolor="white"))
        frames.append(_box(name, fill=False, linewidth=2.6, visible=False))
        ax.add_patch(frames[-1])
    show_words(add_words(ax), [*map(_title, PLACES), *_legend()])
    return ChainArtists(frames, edges, add_words(ax))


def update_chain(artists: ChainArtists, view: NudgeView) -> None:
    """Put the numbers into the boxes, and mark what is reached."""
    color = PURPLE if view.returns else GREEN
    for name, frame in zip(PLACES, artists.frames, strict=True):
        frame.set(visible=name in view.turn, edgecolor=color)
    for (start, end), edge in zip(LINKS, artists.edges, strict=True):
        taken = start in view.slopes if view.returns else end in view.after and view.moved(start)
        edge.set(visible=taken, color=color, markevery=[0 if view.returns else 1])
    factors = [_factor(link, factor) for link, factor in view.factors.items()]
    show_words(artists.words, [*factors, *(word for name in PLACES for word in _words(view, name))])


def _title(name: str) -> Word:
    x, y = _middle(name)
    return Word(x, y - 19, TITLES.get(name, name), weight="bold", size=9.5)


def _legend() -> list[Word]:
    """Return what the colours mean, for the free place below w."""
    return [
        Word(8, ROWS[1] + 19 * (row - 1), text, "left", color=color)
        for row, (text, color) in enumerate(LEGEND.items())
    ]


def _words(view: NudgeView, name: str) -> tuple[Word, Word]:
    """Return a value, with where the nudge has moved it, and the slope below it."""
    (x, y), value = _middle(name), significant(view.before[name])
    if view.moved(name):
        value = f"{value} → {significant(view.after[name])}"
    slope = significant(view.slopes[name]) if name in view.slopes else ""
    return (
        Word(x, y + 1, value, color=GREEN, size=9),
        Word(x, y + 20, slope, weight="bold", color=PURPLE, size=9),
    )


def _factor(link: tuple[str, str], factor: float) -> Word:
    """Return a link's factor: above a level edge, right of an upright one."""
    (x0, x1), (y0, y1) = _ends(*link)
    text, x, y = f"· {significant(factor)}", (x0 + x1) / 2, (y0 + y1) / 2
    if y0 == y1:
        return Word(x, y - 12, text, weight="bold")
    return Word(x + 8, y, text, "left", weight="bold")


def _middle(name: str) -> tuple[float, float]:
    column, row = PLACES[name]
    return COLUMNS[column], ROWS[row]


def _box(name: str, **look: Any) -> FancyBboxPatch:
    """Return a dial's box, a rectangle, or a result's, rounded."""
    (x, y), (width, height) = _middle(name), BOX
    style = f"round,pad=0,rounding_size={16 if name in RESULTS else 1}"
    return FancyBboxPatch((x - width / 2, y - height / 2), width, height, boxstyle=style, **look)


def _ends(start: str, end: str) -> Ends:
    """Return where an edge begins and ends: level to the right, or upright from below."""
    (x0, y0), (x1, y1) = _middle(start), _middle(end)
    if y0 == y1:
        half = BOX[0] / 2 + GAP
        return Ends((x0 + half, x1 - half), (y0, y1))
    half = BOX[1] / 2 + GAP
    return Ends((x0, x1), (y0 - half, y1 + half))
