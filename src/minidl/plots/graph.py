"""A computational graph: its nodes in columns from the inputs to the result."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes

from minidl.graph import Constant, Node
from minidl.plots.graph_layout import Layout, layout_of
from minidl.plots.graph_parts import (
    MARGIN,
    PITCH,
    Drawing,
    add_numbers,
    draw_legend,
    draw_structure,
)
from minidl.plots.numbers import array_text
from minidl.plots.picture import DPI
from minidl.plots.style import new_axes, styled
from minidl.plots.words import add_words, show_words

LEGEND = 26.0  # pixels below a graph
MOST_NODES = 60


@styled()
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
    drawing = Drawing(*lay_out(node))
    columns, rows = drawing.layout.size
    width, height = columns * PITCH[0] + 2 * MARGIN, rows * PITCH[1] + MARGIN + LEGEND
    ax = new_axes(ax, width=width / DPI, height=height / DPI)
    measure_in_pixels(ax, width, height)
    ax.set_aspect("equal")
    draw_structure(ax, drawing)
    show_words(add_words(ax), add_numbers(drawing.boxes(), *node_texts(drawing.nodes)))
    return ax


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


def lay_out(node: Node) -> tuple[list[Node], Layout]:
    """Return the nodes of a graph in topological order, and where they stand.

    Raises
    ------
    ValueError
        If there are more than can be read.
    """
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


def measure_in_pixels(ax: Axes, width: float, height: float) -> None:
    """Give axes a pixel of the picture as their unit, y pointing down, and the colours' legend."""
    ax.set(xlim=(0, width), ylim=(height, 0), autoscale_on=False)
    ax.axis("off")
    draw_legend(ax, height - LEGEND / 2)
