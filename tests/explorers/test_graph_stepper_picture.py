"""The picture of a step through a graph."""

from __future__ import annotations

from dataclasses import replace

import pytest
from matplotlib.colors import to_rgb

from minidl.explorers.graph_stepper.picture import (
    HEIGHT,
    WIDTH,
    GraphView,
    draw_graph_steps,
    update_graph_steps,
)
from minidl.explorers.graph_stepper.trace import GraphTrace, Turn
from minidl.plots.graph import edges_of, node_texts
from minidl.plots.picture import Picture
from minidl.plots.style import PASS_COLORS
from tests.plots.graphs import (
    GRAPHS,
    adaline,
)


def stepped(loss, *, direction="backward", **changes):
    nodes = loss.topological_order()
    values, gradients = node_texts(nodes)
    view = GraphView(
        graph="", trace=GraphTrace([], [], []), turn=Turn(direction, 0, {}, []), faults=None,
        values=values, gradients=gradients,
        active=[False] * len(nodes), edges=[False] * len(edges_of(nodes)),
        heading="Backward through ·", note="What it received, times the other factor.",
    )  # fmt: skip
    picture = Picture(lambda figure: draw_graph_steps(figure, loss), width=WIDTH, height=HEIGHT)
    update_graph_steps(picture.artists, replace(view, **changes))
    return picture


def test_a_step_frames_the_active_node_and_colours_its_edges():
    loss = adaline()
    nodes = loss.topological_order()
    number = next(i for i, node in enumerate(nodes) if node.operation == "·")
    active = [i == number for i in range(len(nodes))]
    edges = [child == number for _, child in edges_of(nodes)]
    for direction in ("forward", "backward"):
        artists = stepped(loss, active=active, edges=edges, direction=direction).artists
        assert [frame.get_visible() for frame in artists.frames] == active
        assert [line.get_visible() for line in artists.edges] == edges
        assert to_rgb(artists.frames[number].get_edgecolor()[:3]) == to_rgb(PASS_COLORS[direction])
        assert {line.get_color() for line in artists.edges} == {PASS_COLORS[direction]}
        assert [line.get_visible() for line in artists.resting] == [not edge for edge in edges]
    assert edges == [True, True, False, False, False, False, False]


def test_an_arrow_points_where_the_step_goes():
    loss = adaline()
    forward, backward = (
        stepped(loss, direction=direction).artists.edges[0] for direction in PASS_COLORS
    )
    assert (forward.get_marker(), forward.get_markevery()) == (5, [-1])
    assert (backward.get_marker(), backward.get_markevery()) == (4, [0])
    x, _ = forward.get_data()
    assert x[0] < x[-1]


def test_numbers_stand_in_their_boxes_as_soon_as_there_are_any():
    loss = adaline()
    count = len(loss.topological_order())
    empty = stepped(loss, values=[""] * count, gradients=[""] * count).artists.words
    assert len(empty.get_paths()) == 2
    artists = stepped(loss, gradients=[""] * count).artists
    numbers = artists.words.get_paths()[2:]
    assert len(numbers) == count
    for frame, path in zip(artists.frames, numbers, strict=True):
        box, text = frame.get_path().get_extents(frame.get_patch_transform()), path.get_extents()
        assert box.x0 < text.x0 < text.x1 < box.x1
        assert box.y0 < text.y0 < text.y1 < box.y1


@pytest.mark.parametrize("graph", GRAPHS)
def test_a_stepper_fits_into_its_picture(graph):
    loss = graph()
    loss.backward()
    picture = stepped(loss)
    for frame in picture.artists.frames:
        box = frame.get_path().get_extents(frame.get_patch_transform())
        assert 0 <= box.x0 < box.x1 <= WIDTH
        assert 60 <= box.y0 < box.y1 <= HEIGHT - 20
    assert picture.png()[1:4] == b"PNG"
