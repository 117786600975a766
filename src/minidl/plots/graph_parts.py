"""The parts of a graph's picture: boxes, titles, edges, numbers, in pixels from the top left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from minidl.graph import Constant, Node
from minidl.plots.graph_layout import Edge, Layout
from minidl.plots.numbers import array_text
from minidl.plots.style import MUTED, PASS_COLORS
from minidl.plots.words import Word, add_words, show_words, word_path

Array = npt.NDArray[Any]

PITCH = (104.0, 80.0)  # from column to column and from row to row, where there is just room
BOX = (76.0, 60.0)
MARGIN = 12.0
GAP = 4.0  # between a box and the ends of its edges
EDGE = "#ABABAB"
NAME_SIZE, SIGN_SIZE = 10.5, 14.0  # points of a name, and of a sign such as "·"


class Box(NamedTuple):
    """The middle of a node's box, and its size relative to BOX."""

    x: float
    y: float
    scale: float

    @classmethod
    def of(cls, patch: FancyBboxPatch) -> Box:
        """Return the box that was drawn as this patch."""
        width, height = patch.get_width(), patch.get_height()
        return cls(patch.get_x() + width / 2, patch.get_y() + height / 2, height / BOX[1])

    def patch(self, node: Node, **look: Any) -> FancyBboxPatch:
        """Return the outline: a rectangle for a variable, rounded for an operation."""
        width, height = BOX[0] * self.scale, BOX[1] * self.scale
        rounding = self.scale * (16 if node.parents else 1)
        style = f"round,pad=0,rounding_size={rounding}"
        corner = (self.x - width / 2, self.y - height / 2)
        return FancyBboxPatch(corner, width, height, boxstyle=style, **look)

    def title(self, node: Node) -> Word:
        """Return a node's name, its operation, or both; of a constant the number."""
        if isinstance(node, Constant):
            text = node.name or array_text(node.value)
            return Word(self.x, self.y, text, size=9.5 * self.scale)
        text = " = ".join(part for part in (node.name.strip(), node.operation) if part)
        text = text or "variable"
        size = SIGN_SIZE if text == node.operation and len(text) == 1 else NAME_SIZE
        word = Word(self.x, self.y - 17 * self.scale, text, weight="bold", size=size * self.scale)
        room = 0.9 * BOX[0] * self.scale / word_path(word).get_extents().width
        return word._replace(size=word.size * min(1, room))

    def numbers(self, value: str, gradient: str) -> Iterator[Word]:
        """Yield the value and below it the gradient."""
        texts = {"forward": (2, value), "backward": (19, gradient)}
        for direction, (below, text) in texts.items():
            y, size = self.y + below * self.scale, 9 * self.scale
            yield Word(self.x, y, text, color=PASS_COLORS[direction], size=size)


class Drawing(NamedTuple):
    """A graph's nodes and layout, and how the layout is brought into the picture."""

    nodes: list[Node]
    layout: Layout
    corner: tuple[float, float] = (MARGIN, MARGIN)
    pitch: tuple[float, float] = PITCH

    @property
    def scale(self) -> float:
        """How large the boxes are, relative to BOX."""
        return min(self.pitch[0] / PITCH[0], self.pitch[1] / PITCH[1])

    def x(self, column: float) -> float:
        """Return the middle of a column."""
        return self.corner[0] + self.pitch[0] * (column + 0.5)

    def y(self, row: float) -> float:
        """Return the middle of a row."""
        return self.corner[1] + self.pitch[1] * (row + 0.5)

    def boxes(self) -> list[Box]:
        """Return the box of each node."""
        places = zip(self.layout.columns, self.layout.rows, strict=True)
        return [Box(self.x(column), self.y(row), self.scale) for column, row in places]

    def curve(self, edge: Edge) -> tuple[Array, Array]:
        """Return an edge: level where it passes a column, a smooth step in each gap."""
        first, last = self.layout.columns[edge.parent], self.layout.columns[edge.child]
        half = self.scale * BOX[0] / 2
        bare = isinstance(self.nodes[edge.parent], Constant)  # no box: begin near the number
        t = np.linspace(0, 1, 24)
        x, y = [], []
        for column, (above, below) in enumerate(pairwise(edge.rows), start=first):
            start, end = self.x(column) + half, self.x(column + 1) - half
            if column == first:
                start += GAP - 0.6 * half * bare
            if column + 1 == last:
                end -= GAP
            x.append(start + t * (end - start))
            y.append(self.y(above) + t * t * (3 - 2 * t) * (self.y(below) - self.y(above)))
        return np.concatenate(x), np.concatenate(y)


def draw_structure(ax: Axes, drawing: Drawing) -> list[Line2D]:
    """Draw what a graph looks like before anything is computed, and return its edges."""
    curves = [drawing.curve(edge) for edge in drawing.layout.edges]
    look: dict[str, Any] = {"color": EDGE, "lw": 1.3, "marker": 5, "markevery": [-1], "ms": 5}
    edges = [ax.plot(*curve, **look)[0] for curve in curves]
    boxes = list(zip(drawing.boxes(), drawing.nodes, strict=True))
    for box, node in boxes:
        if not isinstance(node, Constant):
            ax.add_patch(box.patch(node, edgecolor=MUTED, facecolor="white"))
    show_words(add_words(ax), [box.title(node) for box, node in boxes])
    return edges


def draw_legend(ax: Axes, y: float) -> None:
    """Say what the colours mean."""
    value = Word(MARGIN, y, "value", "left", color=PASS_COLORS["forward"])
    gradient = Word(MARGIN + 46, y, "gradient", "left", color=PASS_COLORS["backward"])
    show_words(add_words(ax), [value, gradient])


def add_numbers(
    boxes: Sequence[Box], values: Sequence[str], gradients: Sequence[str]
) -> list[Word]:
    """Return the words that stand in all boxes."""
    texts = zip(boxes, values, gradients, strict=True)
    return [word for box, value, gradient in texts for word in box.numbers(value, gradient)]
