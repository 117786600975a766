"""The order in which a graph is computed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minidl.graph import Variable
from minidl.graph.traversal import topological_order


def named(order):
    return [node.name or node.operation for node in order]


def test_parents_come_first_in_the_order_in_which_they_are_written():
    a, b, c = (Variable(1.0, name=name) for name in "abc")
    assert named(topological_order(c - a * b)) == ["c", "a", "b", "·", "−"]
    assert named(topological_order(a)) == ["a"]


def test_a_node_used_twice_is_listed_once():
    a = Variable(1.0, name="a")
    square = a * a
    last = square + square
    assert topological_order(last) == [a, square, last]


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=30))
def test_any_graph_is_listed_whole_once_and_parents_first(picks):
    nodes = [Variable(1.0), Variable(2.0)]
    for first, second in picks:
        nodes.append(nodes[first % len(nodes)] - nodes[second % len(nodes)])
    order = topological_order(nodes[-1])
    place = {node: i for i, node in enumerate(order)}
    assert len(place) == len(order)
    assert order[-1] is nodes[-1]
    for node in order:
        assert all(place[parent] < place[node] for parent in node.parents)
    reachable, frontier = set(), [nodes[-1]]
    while frontier:
        node = frontier.pop()
        reachable.add(node)
        frontier.extend(parent for parent in node.parents if parent not in reachable)
    assert reachable == set(order)
