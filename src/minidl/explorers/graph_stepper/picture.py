"""The picture of the graph stepper: a graph, the node whose turn it is, and what flows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy.typing as npt
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import FancyBboxPatch

from minidl.explorers.graph_stepper.trace import GraphTrace, Turn
from minidl.graph import Node
from minidl.plots.graph import LEGEND, lay_out, measure_in_pixels
from minidl.plots.graph_layout import Layout
from minidl.plots.graph_parts import MARGIN, PITCH, Box, Drawing, add_numbers, draw_structure
from minidl.plots.picture import each_artist
from minidl.plots.style import PASS_COLORS
from minidl.plots.words import Word, add_words, show_words

Array = npt.NDArray[Any]

WIDTH, HEIGHT = 760, 420  # of the picture, in pixels
HEADING = 62.0  # pixels above the graph
LARGEST = 1.3  # how much larger than in `draw_graph` a small graph may be


@dataclass(frozen=True)
class GraphView:
    """One turn of a pass through a graph.

    Attributes
    ----------
    graph : str
        The name of the graph.
    trace, turn : GraphTrace, Turn
        The whole pass, and the turn of this step.
    faults : dict of int to float, or None
        The measured slopes of variables whose gradients differ; None before the last step.
    values, gradients : list of str
        A text for each node in topological order, "" where there is none yet.
    active : list of bool
        For each node, whether it is framed.
    edges : list of bool
        For each edge, whether it is coloured; see `minidl.plots.graph.edges_of`.
    heading, note : str
        Two lines above the graph.
    """

    graph: str
    trace: GraphTrace
    turn: Turn
    faults: dict[int, float] | None
    values: list[str]
    gradients: list[str]
    active: list[bool]
    edges: list[bool]
    heading: str
    note: str

    @property
    def direction(self) -> str:
        """Where the step goes, "forward" or "backward"; it gives the colour."""
        return self.turn.direction


@dataclass(frozen=True)
class GraphArtists:
    """What moves in the picture of one graph."""

    frames: list[FancyBboxPatch]
    resting: list[Line2D]
    edges: list[Line2D]
    words: PathCollection


@dataclass(frozen=True)
class StepperArtists:
    """What moves in the pictures of all graphs, of which one is visible."""

    graphs: list[GraphArtists]


def draw_graph_steps(figure: Figure, node: Node) -> GraphArtists:
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
    measure_in_pixels(ax, WIDTH, HEIGHT)
    drawing = _fitted(*lay_out(node))
    resting = draw_structure(ax, drawing)
    boxes = zip(drawing.boxes(), drawing.nodes, strict=True)
    frames = [box.patch(node, fill=False, linewidth=2.6, visible=False) for box, node in boxes]
    curves = [drawing.curve(edge) for edge in drawing.layout.edges]
    for frame in frames:
        ax.add_patch(frame)
    edges = [ax.plot(*curve, lw=2.2, ms=6, visible=False)[0] for curve in curves]
    return GraphArtists(frames, resting, edges, words=add_words(ax))


def show_graph(graph: GraphArtists, *, shown: bool) -> None:
    """Show or hide all that belongs to one graph."""
    ax: Any = graph.words.axes
    if ax.get_visible() != shown:  # else the background is drawn anew each time
        ax.set_visible(shown)
    for artist in each_artist(graph):
        artist.set_visible(shown)


def update_graph_steps(artists: GraphArtists, view: GraphView) -> None:
    """Show one step."""
    color = PASS_COLORS[view.direction]
    for frame, active in zip(artists.frames, view.active, strict=True):
        frame.set(visible=active, edgecolor=color)
    marker, end = (5, -1) if view.direction == "forward" else (4, 0)
    for line, active in zip(artists.edges, view.edges, strict=True):
        line.set(visible=active, color=color, marker=marker, markevery=[end])
    for line, active in zip(artists.resting, view.edges, strict=True):
        line.set_visible(not active)  # its head would stick out at the other end
    boxes = [Box.of(frame) for frame in artists.frames]
    numbers = add_numbers(boxes, view.values, view.gradients)
    heading = Word(MARGIN, 20, view.heading, "left", "bold", color, size=11)
    note = Word(MARGIN, 42, view.note, "left", size=9.5)
    show_words(artists.words, [heading, note, *numbers])


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
