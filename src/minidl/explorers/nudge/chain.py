"""Where the chain's boxes and links stand in the picture, and the words in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from minidl.explorers.nudge.view import NudgeView
from minidl.plots.numbers import significant
from minidl.plots.style import INK, PASS_COLORS
from minidl.plots.words import Word

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
GREEN, PURPLE = PASS_COLORS["forward"], PASS_COLORS["backward"]
LEGEND = {"value → nudged": GREEN, "slope of y": PURPLE, "· factor of a link": INK}


class Ends(NamedTuple):
    """Where an edge begins and ends."""

    x: tuple[float, float]
    y: tuple[float, float]


def middle(name: str) -> tuple[float, float]:
    """Return the middle of a box, in pixels from the upper left.

    Examples
    --------
    >>> middle("w"), middle("x")
    ((64.0, 40.0), (222.0, 142.0))
    """
    column, row = PLACES[name]
    return COLUMNS[column], ROWS[row]


def ends_of(start: str, end: str) -> Ends:
    """Return where a link begins and ends: level to the right, or upright from below.

    Examples
    --------
    >>> ends_of("w", "p").x, ends_of("x", "p").x
    ((122.0, 164.0), (222.0, 222.0))
    """
    (x0, y0), (x1, y1) = middle(start), middle(end)
    if y0 == y1:
        half = BOX[0] / 2 + GAP
        return Ends((x0 + half, x1 - half), (y0, y1))
    half = BOX[1] / 2 + GAP
    return Ends((x0, x1), (y0 - half, y1 + half))


def names_and_legend() -> Iterator[Word]:
    """Yield the names in the boxes and, in the free place below w, what the colours mean."""
    for name in PLACES:
        x, y = middle(name)
        yield Word(x, y - 19, TITLES.get(name, name), weight="bold", size=9.5)
    for row, (text, color) in enumerate(LEGEND.items()):
        yield Word(8, ROWS[1] + 19 * (row - 1), text, "left", color=color)


def numbers(view: NudgeView) -> Iterator[Word]:
    """Yield the factors beside the links, and in each box its value and its slope."""
    for link, factor in view.factors.items():
        yield _factor(link, factor)
    for name in PLACES:
        (x, y), value = middle(name), significant(view.before[name])
        if view.moved(name):
            value = f"{value} → {significant(view.after[name])}"
        yield Word(x, y + 1, value, color=GREEN, size=9)
        slope = significant(view.slopes[name]) if name in view.slopes else ""
        yield Word(x, y + 20, slope, weight="bold", color=PURPLE, size=9)


def _factor(link: tuple[str, str], factor: float) -> Word:
    """Return a link's factor: above a level one, right of an upright one."""
    (x0, x1), (y0, y1) = ends_of(*link)
    text, x, y = f"· {significant(factor)}", (x0 + x1) / 2, (y0 + y1) / 2
    if y0 == y1:
        return Word(x, y - 12, text, weight="bold")
    return Word(x + 8, y, text, "left", weight="bold")
