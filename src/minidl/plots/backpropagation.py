"""A network as a row of operators, with what flows through the one that is looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from minidl.plots.matrices import LEFT, cells_of, place
from minidl.plots.style import CATEGORY_COLORS, CLASS_MAP, GRID, INK, MUTED
from minidl.plots.words import Word, add_words, show_words

Array = npt.NDArray[Any]
Artists = dict[str, Any]

WIDTH, HEIGHT = 760, 372  # of the picture, in the pixels in which everything here is measured
COLORS = {"forward": CATEGORY_COLORS[4], "backward": CATEGORY_COLORS[2]}
MARKS = {"agrees": "✓ agrees", "differs": "✗ differs", "": ""}
TOP, BOTTOM = 34, 82  # of the operators' boxes
FORWARD_Y, BACKWARD_Y = 48, 68  # of the arrows


def draw_backpropagation(figure: Figure, names: Sequence[str], kinds: Sequence[str]) -> Artists:
    """Draw a row of boxes and return the moving parts of the picture.

    Parameters
    ----------
    figure : Figure
        An empty figure.
    names, kinds : sequence of str
        What stands in the boxes, "data" and "loss" included: `fc1`, and below it `Linear`.
    """
    figure.set_layout_engine("none")  # a pixel here is a pixel of the picture
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set(xlim=(0, WIDTH), ylim=(HEIGHT, 0), autoscale_on=False)
    ax.axis("off")
    slot = WIDTH / max(len(names), 1)
    box = 0.6 * slot
    centers = [slot * (i + 0.5) for i in range(len(names))]
    for center, name, kind in zip(centers, names, kinds, strict=True):
        ax.add_patch(_box(center, box, edgecolor=MUTED, facecolor="white"))
        _text(ax, center, 51, name, weight="bold", size=min(10, box / 5))
        _text(ax, center, 67, kind, size=min(8, 1.5 * box / max(len(kind), 1)), color=MUTED)
    gaps = [(a + box / 2 + 3, b - box / 2 - 3) for a, b in pairwise(centers)]
    for gap in gaps:
        for y in (FORWARD_Y, BACKWARD_Y):
            ax.plot(gap, (y, y), color=GRID, lw=1.2)
    cells = PolyCollection([], edgecolor="white", linewidth=1.0)
    ax.add_collection(cells, autolim=False)
    return {
        "frames": [_frame(ax, center, box) for center in centers],
        "forward": [_arrow(ax, gap, "forward") for gap in gaps],
        "backward": [_arrow(ax, gap, "backward") for gap in gaps],
        "cells": cells,
        "words": add_words(ax),
    }


def update_backpropagation(artists: Artists, data: dict[str, Any]) -> None:
    """Show one step: which operator it is at, what has flowed so far, and its matrices."""
    for position, frame in enumerate(artists["frames"]):
        frame.set_visible(position == data["at"])
        frame.set_edgecolor(COLORS[data["direction"]])
    for direction in COLORS:
        for arrow, label in zip(artists[direction], data[direction], strict=True):
            arrow.set_visible(bool(label))
    placed, titles = place(data["columns"], data["signs"], width=WIDTH)
    corners, values, numbers = cells_of(placed)
    artists["cells"].set_verts(corners)
    artists["cells"].set_facecolor(CLASS_MAP(0.5 + 0.5 * np.array(values)))
    show_words(artists["words"], [*_row_words(data), *_headings(data), *titles, *numbers])


def _row_words(data: dict[str, Any]) -> Iterator[Word]:
    """Yield the shapes at the arrows, the loss, and the outcomes of the checks."""
    slot = WIDTH / len(data["checks"])
    for direction, y in (("forward", 28), ("backward", 94)):
        for position, label in enumerate(data[direction]):
            yield Word(slot * (position + 1), y, label, color=COLORS[direction])
    yield Word(WIDTH - slot / 2, 20, data["value"], color=COLORS["forward"], size=9)
    for position, check in enumerate(data["checks"]):
        word = Word(slot * (position + 0.5), 94, MARKS[check])
        differs = check == "differs"
        yield word._replace(weight="bold", color=CATEGORY_COLORS[1]) if differs else word


def _headings(data: dict[str, Any]) -> Iterator[Word]:
    color = COLORS[data["direction"]]
    yield Word(LEFT, 128, data["heading"], "left", "bold", color, size=11)
    yield Word(LEFT, 147, data["note"], "left", size=9.5)


def _box(center: float, width: float, **look: Any) -> FancyBboxPatch:
    corner = (center - width / 2 + 4, TOP + 4)
    size = (width - 8, BOTTOM - TOP - 8)
    return FancyBboxPatch(corner, *size, boxstyle="round,pad=4", **look)


def _frame(ax: Axes, center: float, width: float) -> Any:
    """Return the thick frame that marks a box as the present one."""
    return ax.add_patch(_box(center, width, fill=False, linewidth=2.6, visible=False))


def _arrow(ax: Axes, gap: tuple[float, float], direction: str) -> Any:
    forward = direction == "forward"
    y = FORWARD_Y if forward else BACKWARD_Y
    (arrow,) = ax.plot(gap, (y, y), color=COLORS[direction], lw=1.8, marker=5 if forward else 4)
    arrow.set_markevery([1 if forward else 0])
    return arrow


def _text(ax: Axes, x: float, y: float, text: str, **look: Any) -> None:
    ax.text(x, y, text, **{"ha": "center", "va": "center", "color": INK, **look})
