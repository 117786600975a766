"""Graphs to look at in the graph stepper."""

from __future__ import annotations

from minidl.graph import Node, Variable, log, logistic


def one_point() -> Node:
    """Return |w·x + b − y|, the loss of a line at one point.

    Examples
    --------
    >>> float(one_point().value)
    3.5
    """
    w, x = Variable(1.0, name="w"), Variable(3.0, name="x")
    b, y = Variable(0.5, name="b"), Variable(7.0, name="y")
    return _named(abs(_named(_named(_named(w * x, "p") + b, "z") - y, "e")), "L")


def used_twice() -> Node:
    """Return a·a + a."""
    a = Variable(3.0, name="a")
    return a * a + a


def two_points() -> Node:
    """Return |w·x₁ + b − y₁| + |w·x₂ + b − y₂|: two points that share w and b."""
    w, b = Variable(1.0, name="w"), Variable(0.5, name="b")
    losses = []
    for number, (x, y) in zip("₁₂", ((3.0, 7.0), (-2.0, -3.0)), strict=True):
        z = _named(_named(w * x, f"p{number}") + b, f"z{number}")
        losses.append(_named(abs(_named(z - y, f"e{number}")), f"L{number}"))
    return _named(losses[0] + losses[1], "L")


def doublings() -> Node:
    """Return 2·2·2·2·x as four sums of a node and itself."""
    node: Node = Variable(1.5, name="x")
    for _ in range(4):
        node = node + node
    return node


def surprise() -> Node:
    """Return −log σ(w·x + b), what a neuron pays for a point of class 1."""
    w, x, b = Variable(-0.5, name="w"), Variable(2.0, name="x"), Variable(0.25, name="b")
    return -log(_named(logistic(w * x + b), "p"))


EXAMPLES = {
    "|w·x + b − y|": one_point,
    "a·a + a": used_twice,
    "two points": two_points,
    "doublings": doublings,
    "−log σ(w·x + b)": surprise,
}


def _named(node: Node, name: str) -> Node:
    node.name = name
    return node
