"""The picture of a computational graph."""

from __future__ import annotations

import time
from itertools import combinations, pairwise

import pytest

from minidl.graph import Constant, Variable
from minidl.plots import draw_graph
from minidl.plots.graph import MOST_NODES, edges_of, node_texts
from minidl.plots.graph_layout import layout_of
from minidl.plots.words import Word, word_path
from tests.plots.graphs import (
    GRAPHS,
    adaline,
    on_arrays,
)


def parents_of(nodes):
    return [[parent for parent, child in edges_of(nodes) if child == i] for i in range(len(nodes))]


@pytest.mark.parametrize("graph", GRAPHS)
def test_every_edge_leads_to_the_right_and_nodes_are_a_row_apart(graph):
    nodes = graph().topological_order()
    columns, rows, edges, (width, height) = layout_of(parents_of(nodes))
    assert [(edge.parent, edge.child) for edge in edges] == edges_of(nodes)
    for edge in edges:
        assert len(edge.rows) - 1 == columns[edge.child] - columns[edge.parent] >= 1
        assert edge.rows[0] == rows[edge.parent]
        assert abs(edge.rows[-1] - rows[edge.child]) < 0.2
    for i, j in combinations(range(len(nodes)), 2):
        assert columns[i] != columns[j] or abs(rows[i] - rows[j]) > 1 - 1e-9
    assert (min(columns), max(columns)) == (0, width - 1)
    assert min(rows) >= 0
    assert max(rows) <= height - 1 + 1e-9


@pytest.mark.parametrize("graph", GRAPHS)
def test_an_edge_passes_between_the_nodes_of_a_column(graph):
    nodes = graph().topological_order()
    columns, rows, edges, _ = layout_of(parents_of(nodes))
    for edge in edges:
        for passed, row in enumerate(edge.rows[1:-1], start=columns[edge.parent] + 1):
            there = [rows[i] for i in range(len(nodes)) if columns[i] == passed]
            assert all(abs(row - other) > 1 - 1e-9 for other in there)


def test_a_leaf_stands_just_before_it_is_used():
    w, x, product, b, plus = range(5)
    columns = layout_of([[], [], [w, x], [], [product, b]]).columns
    assert columns == [0, 0, 1, 1, 2]
    assert plus == 4


def test_a_tree_has_no_crossings_and_its_first_operands_are_on_top():
    nodes = adaline().topological_order()
    columns, rows, edges, _ = layout_of(parents_of(nodes))
    for first, second in pairwise(edges):
        if first.child == second.child:
            assert rows[first.parent] < rows[second.parent]
            assert first.rows[-1] < second.rows[-1]
    assert columns[-1] == 4


def crossings(layout):
    """Count the pairs of edge pieces in one gap between columns that cross."""
    pieces = {
        (layout.columns[edge.parent] + i, *ends)
        for edge in layout.edges
        for i, ends in enumerate(pairwise(edge.rows))
    }
    return sum(
        gap == other and (start - other_start) * (end - other_end) < -1e-9
        for (gap, start, end), (other, other_start, other_end) in combinations(pieces, 2)
    )


@pytest.mark.parametrize(
    ("parents", "left"),
    [
        ([[], [], [], [], [0], [1], [2], [3], [7, 4, 6, 5]], 0),
        ([[], [], [1, 0], [0, 2], [3, 0]], 1),  # 2 in the order in which the nodes are met
        ([[], [], [0], [1], [2, 2], [3, 3], [2, 5], [1], [6, 7], [8, 4]], 2),  # 6 in that order
    ],
)
def test_edges_cross_as_little_as_possible(parents, left):
    assert crossings(layout_of(parents)) == left


def test_a_node_stands_in_the_middle_of_its_operands():
    w, x, product, b, plus = range(5)
    rows = layout_of([[], [], [w, x], [], [product, b]]).rows
    assert rows[product] == pytest.approx((rows[w] + rows[x]) / 2, abs=0.1)
    assert rows[plus] == pytest.approx((rows[product] + rows[b]) / 2, abs=0.1)


def test_edges_from_one_node_run_together_until_they_part():
    w, b, c, d = range(4)
    _, _, edges, _ = layout_of([[], [w, w], [b, w], [c, w]])
    (longer,) = [edge for edge in edges if (edge.parent, edge.child) == (w, d)]
    (shorter,) = [edge for edge in edges if (edge.parent, edge.child) == (w, c)]
    assert shorter.rows[:2] == longer.rows[:2]


def test_the_largest_graph_is_laid_out_at_once():
    last = w = Variable(1.0, name="w")
    for _ in range(MOST_NODES - 1):
        last = last + w
    begin = time.perf_counter()
    layout_of(parents_of(last.topological_order()))
    assert time.perf_counter() - begin < 5


def words_of(texts):
    paths = [word_path(Word(0, 0, text, weight=weight)) for text, weight in texts]
    return sorted(len(path.vertices) for path in paths)


def outlines(artists):
    return [path for artist in artists for path in artist.get_paths()]


def test_values_and_gradients_are_numbers_or_shapes():
    loss = on_arrays()
    assert not any(node_texts(loss.topological_order())[1])
    loss.backward()
    values, gradients = node_texts(loss.topological_order())
    hidden, constant = ["(4, 3)", "(4, 3)"], [""]
    assert values[:3] == gradients[:3] == ["(4, 2)", "(2, 3)", "(4, 3)"]
    assert values[3:] == [*constant, *hidden, *constant, "(4, 3)", "11.88", *constant, "0.9901"]
    assert gradients[3:] == [*constant, *hidden, *constant, "(4, 3)", "0.0833", *constant, "1"]


def test_a_drawing_names_every_node_and_gives_its_numbers():
    loss = adaline()
    loss.backward()
    ax = draw_graph(loss)
    expected = [(name, "bold") for name in ("w", "x", "·", "b", "+", "y", "−", "abs")]
    numbers = ["0.5", "−2.6", "2.6", "−0.5", "1.3", "−1", "0.1", "−1"]
    numbers += ["1.4", "−1", "6.2", "1", "−4.8", "−1", "4.8", "1"]
    expected += [(number, "normal") for number in [*numbers, "value", "gradient"]]
    paths = outlines(ax.collections)
    assert sorted(len(path.vertices) for path in paths) == words_of(expected)
    assert len(ax.patches) == 8


def test_a_drawing_goes_where_it_is_told():
    ax = draw_graph(adaline())
    other = ax.figure.add_axes((0, 0, 0.5, 0.5))
    assert draw_graph(adaline(), ax=other) is other


@pytest.mark.parametrize("graph", GRAPHS)
def test_no_word_leaves_its_box_or_touches_another(graph):
    loss = graph()
    loss.backward()
    ax = draw_graph(loss)
    figure = ax.figure
    figure.canvas.draw()
    *_, titles, numbers = ax.collections
    boxes = [patch.get_path().get_extents(patch.get_patch_transform()) for patch in ax.patches]
    texts = [path.get_extents() for path in outlines([titles, numbers])]
    bare = 0
    for text in texts:
        holders = [box for box in boxes if box.overlaps(text)]
        assert len(holders) <= 1
        bare += not holders
        for box in holders:
            assert box.x0 <= text.x0
            assert text.x1 <= box.x1
            assert box.y0 <= text.y0
            assert text.y1 <= box.y1
    assert bare == sum(isinstance(node, Constant) for node in loss.topological_order())
    assert not any(a.overlaps(b) for a, b in combinations(texts, 2))


def test_a_graph_too_large_to_be_read_is_refused():
    y = Variable(1.0)
    for _ in range(MOST_NODES):
        y = abs(y)
    with pytest.raises(ValueError, match=f"at most {MOST_NODES} nodes, received {MOST_NODES + 1}"):
        draw_graph(y)
