"""A computational graph: its nodes in columns from the inputs to the result."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from minidl.graph import Constant, Node
from minidl.plots.backpropagation import COLORS
from minidl.plots.graph_layout import Layout, layout_of
from minidl.plots.graph_parts import (
    MARGIN,
    PITCH,
    Box,
    Drawing,
    add_numbers,
    array_text,
    draw_legend,
    draw_structure,
)
from minidl.plots.picture import DPI
from minidl.plots.style import new_axes
from minidl.plots.words import Word, add_words, show_words

Artists = dict[str, Any]

__all__ = [
    "HEIGHT",
    "WIDTH",
    "array_text",
    "draw_graph",
    "draw_graph_steps",
    "edges_of",
    "node_texts",
    "update_graph_steps",
]

WIDTH, HEIGHT = 760, 420  # of the stepper's picture, in pixels
HEADING, LEGEND = 62.0, 26.0  # pixels above the graph of a stepper, and below any
LARGEST = 1.3  # how much larger than in `draw_graph` a small graph may be in the stepper
MOST_NODES = 60


def draw_graph(node: Node, *, ax: Axes | None = None) -> Axes:
    """Draw the graph of a node: all that it was computed from, with values and gradients.

    Variables are rectangles with their name, constants bare numbers, operations rounded boxes
    with their sign; the first operand enters on top. Below stand the value and, where there was
    a `backward`, the gradient: a number, or the shape of an array.

    Parameters
    ----------
    node : Node
        The last node.
    ax : matplotlib.axes.Axes, optional
        Where to draw; new axes of a fitting size by default.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If the graph has more nodes than can be read.

    Examples
    --------
    >>> from minidl.graph import Variable
    >>> w, x = Variable(3.0, name="w"), Variable(2.0, name="x")
    >>> ax = draw_graph(w * x + 1)
    """
    drawing = Drawing(*_laid_out(node))
    columns, rows = drawing.layout.size
    width, height = columns * PITCH[0] + 2 * MARGIN, rows * PITCH[1] + MARGIN + LEGEND
    ax = new_axes(ax, width=width / DPI, height=height / DPI)
    _measure_in_pixels(ax, width, height)
    ax.set_aspect("equal")
    draw_structure(ax, drawing)
    show_words(add_words(ax), add_numbers(drawing.boxes(), *node_texts(drawing.nodes)))
    return ax


def draw_graph_steps(figure: Figure, node: Node) -> Artists:
    """Draw the structure of a graph for a stepper and return the moving parts of the picture.

    Parameters
    ----------
    figure : Figure
        An empty figure of WIDTH × HEIGHT pixels.
    node : Node
        The last node. Its numbers are left to `update_graph_steps`.

    Raises
    ------
    ValueError
        If the graph has more nodes than can be read.
    """
    figure.set_layout_engine("none")  # a pixel here is a pixel of the picture
    ax = figure.add_axes((0, 0, 1, 1))
    _measure_in_pixels(ax, WIDTH, HEIGHT)
    drawing = _fitted(*_laid_out(node))
    resting = draw_structure(ax, drawing)
    boxes = zip(drawing.boxes(), drawing.nodes, strict=True)
    frames = [box.patch(node, fill=False, linewidth=2.6, visible=False) for box, node in boxes]
    curves = [drawing.curve(edge) for edge in drawing.layout.edges]
    return {
        "frames": [ax.add_patch(frame) for frame in frames],
        "resting": resting,
        "edges": [ax.plot(*curve, lw=2.2, ms=6, visible=False)[0] for curve in curves],
        "words": add_words(ax),
    }


def update_graph_steps(artists: Artists, data: dict[str, Any]) -> None:
    """Show one step.

    Parameters
    ----------
    artists : dict
        What `draw_graph_steps` returned.
    data : dict
        `values` and `gradients`: a text for each node, in topological order, "" where there is
        none yet (see `node_texts`); `active`: for each node, whether it is framed; `edges`: for
        each edge, whether it is coloured (see `edges_of`); `direction`: "forward" or "backward",
        which gives their colour; `heading` and `note`: two lines above the graph.
    """
    color = COLORS[data["direction"]]
    for frame, active in zip(artists["frames"], data["active"], strict=True):
        frame.set(visible=active, edgecolor=color)
    marker, end = (5, -1) if data["direction"] == "forward" else (4, 0)
    for line, active in zip(artists["edges"], data["edges"], strict=True):
        line.set(visible=active, color=color, marker=marker, markevery=[end])
    for line, active in zip(artists["resting"], data["edges"], strict=True):
        line.set_visible(not active)  # its head would stick out at the other end
    boxes = [Box.of(frame) for frame in artists["frames"]]
    numbers = add_numbers(boxes, data["values"], data["gradients"])
    heading = Word(MARGIN, 20, data["heading"], "left", "bold", color, size=11)
    note = Word(MARGIN, 42, data["note"], "left", size=9.5)
    show_words(artists["words"], [heading, note, *numbers])


def edges_of(nodes: Sequence[Node]) -> list[tuple[int, int]]:
    """Return the edges of a graph as (parent, child), numbers of nodes in topological order.

    They stand by children and, for each child, in the order of its operands; a node used twice
    has two.

    Examples
    --------
    >>> from minidl.graph import Variable
    >>> a = Variable(2.0)
    >>> edges_of((a * a).topological_order())
    [(0, 1), (0, 1)]
    """
    number = {node: i for i, node in enumerate(nodes)}
    return [(number[parent], number[node]) for node in nodes for parent in node.parents]


def node_texts(nodes: Sequence[Node]) -> tuple[list[str], list[str]]:
    """Return the value and the gradient of each node as they stand in the picture.

    A constant has neither, since its value is its name; a gradient that is not there yet is "".

    Examples
    --------
    >>> from minidl.graph import Variable
    >>> w = Variable([1.0, 2.0])
    >>> node_texts((2 * w).sum().topological_order())
    (['', '(2,)', '(2,)', '6'], ['', '', '', ''])
    """
    values = ["" if isinstance(node, Constant) else array_text(node.value) for node in nodes]
    grads = [None if isinstance(node, Constant) else node.grad for node in nodes]
    return values, ["" if grad is None else array_text(grad) for grad in grads]


def _laid_out(node: Node) -> tuple[list[Node], Layout]:
    nodes = node.topological_order()
    if len(nodes) > MOST_NODES:
        raise ValueError(
            f"expected a graph of at most {MOST_NODES} nodes, received {len(nodes)}; "
            "try one sample, or arrays in place of single numbers"
        )
    parents: list[list[int]] = [[] for _ in nodes]
    for parent, child in edges_of(nodes):
        parents[child].append(parent)
    return nodes, layout_of(parents)


def _fitted(nodes: list[Node], layout: Layout) -> Drawing:
    """Return a drawing in the middle of the stepper's picture, as large as there is room."""
    columns, rows = layout.size
    room = (WIDTH - 2 * MARGIN, HEIGHT - HEADING - LEGEND)
    pitch = (
        min(LARGEST * PITCH[0], room[0] / columns),
        min(LARGEST * PITCH[1], room[1] / rows),
    )
    left = (WIDTH - columns * pitch[0]) / 2
    top = HEADING + (room[1] - rows * pitch[1]) / 2
    return Drawing(nodes, layout, (left, top), pitch)


def _measure_in_pixels(ax: Axes, width: float, height: float) -> None:
    ax.set(xlim=(0, width), ylim=(height, 0), autoscale_on=False)
    ax.axis("off")
    draw_legend(ax, height - LEGEND / 2)
