"""The check of the exercise "graph/order"."""

from __future__ import annotations

from functools import partial
from itertools import count
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.borrowing import nesting
from minidl.checking.exercise import Exercise
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.lessons.graph import solutions as solutions
from minidl.lessons.graph.mistakes.order import MISTAKES

CHAIN = 5000  # nodes in a row, far more than Python calls can be nested
DOUBLINGS = 12  # 4096 paths through 13 nodes


class Node:
    """A node with all that the lesson's has, and a count of how often it is asked for parents."""

    def __init__(self, name: str, number: int, *parents: Node, value: float = 0.0) -> None:
        self.name, self.number, self.asked = name, number, 0
        self.value, self.grad, self.operation = value, 0.0, "f" if parents else ""
        self._parents = parents

    @property
    def parents(self) -> tuple[Node, ...]:
        """Return the nodes that this one is computed from."""
        self.asked += 1
        return self._parents


def diamond() -> list[Node]:
    """Return a, b, c = f(a, b), d = f(a, c), e = f(c, d), which is last."""
    numbers = count()
    a, b = Node("a", next(numbers), value=3.0), Node("b", next(numbers), value=-1.0)
    c = Node("c", next(numbers), a, b, value=2.0)
    d = Node("d", next(numbers), a, c, value=6.0)
    return [a, b, c, d, Node("e", next(numbers), c, d, value=-4.0)]


def doublings(length: int) -> Node:
    """Return the last of a row of nodes, each the sum of the one before and itself."""
    last = Node("x", 0)
    for number in range(1, length + 1):
        last = Node(f"x{number}", number, last, last)
    return last


def check_order(order_of: Any) -> None:
    """Check an order: every node once, parents first, in linear time, without recursion."""
    nodes = diamond()
    order = _ask_order(order_of, nodes[-1])
    expect(
        isinstance(order, list) and all(isinstance(node, Node) for node in order),
        MISTAKES["not-a-list"],
        kind=_kind(order),
    )
    names = ", ".join(node.name for node in order)
    shown = f"For c = f(a, b), d = f(a, c), e = f(c, d): received {names or 'an empty list'}."
    expect(order[-len(nodes) :] != nodes[::-1], MISTAKES["children-first"], shown=shown)
    expect(len(set(order)) == len(order), MISTAKES["twice"], shown=shown)
    missing = [node.name for node in nodes if node not in order]
    expect(not missing, MISTAKES["missing"], names=", ".join(missing), shown=shown)
    by_value = all(map(partial(_is_by_value, order_of), (nodes, scattered(0), scattered(3))))
    expect(not by_value, MISTAKES["sorts-by-value"], shown=shown)
    _expect_parents_first(order, shown)
    state = [(node.value, node.grad, node.number, node._parents) for node in nodes]
    again = _ask_order(order_of, nodes[-1])
    expect(again == order, MISTAKES["other-twice"])
    for seed in range(6):
        _expect_topological(order_of, seed)
    _expect_linear(order_of)
    _expect_deep(order_of)
    after = [(node.value, node.grad, node.number, node._parents) for node in nodes]
    expect(after == state, MISTAKES["changes-nodes"])


def _expect_parents_first(order: list[Node], shown: str) -> None:
    for node in order:
        for parent in node.parents:
            early = order.index(node) < order.index(parent)
            expect(
                not early, MISTAKES["too-early"], name=node.name, parent=parent.name, shown=shown
            )


def _is_by_value(order_of: Any, nodes: list[Node]) -> bool:
    order = _ask_order(order_of, nodes[-1])
    return bool(order == sorted(order, key=lambda node: node.value))


def scattered(seed: int) -> list[Node]:
    """Return the nodes of a random graph, of which the last needs only some."""
    rng = np.random.default_rng(seed)
    nodes: list[Node] = []
    for place in range(4 + seed):
        count = int(rng.integers(0, 3)) if nodes else 0
        parents = [nodes[i] for i in rng.integers(0, place, count)] if place else []
        value = float(rng.normal())
        nodes.append(Node(f"n{place}", 3 * place + seed, *parents, value=value))
    return [*nodes, Node("last", 1000, nodes[-1], nodes[0])]


def _expect_topological(order_of: Any, seed: int) -> None:
    nodes = scattered(seed)
    order = _ask_order(order_of, nodes[-1])
    right = solutions.order_of(nodes[-1])
    expect(isinstance(order, list), MISTAKES["not-a-list"], kind=_kind(order))
    shown = f"For a graph of {len(right)} nodes that others stand beside."
    expect(len(set(order)) == len(order), MISTAKES["twice"], shown=shown)
    missing = [node.name for node in right if node not in order]
    expect(not missing, MISTAKES["missing"], names=", ".join(missing), shown=shown)
    expect(len(order) == len(right), MISTAKES["too-many"])
    for node in order:
        for parent in node.parents:
            early = order.index(node) < order.index(parent)
            expect(
                not early, MISTAKES["too-early"], name=node.name, parent=parent.name, shown=shown
            )


def _ask_order(order_of: Any, last: Node) -> Any:
    advice = "Does each node leave the list of those that wait, as by `.pop()`?"
    try:
        return ask(order_of, last, advice=advice)
    except NotAttempted:
        expect(not last.asked, MISTAKES["returns-nothing"])
        raise
    except WrongAnswer as fault:
        if "'tuple' object has no attribute" in fault.sentence:
            wrong(MISTAKES["tuples-wait"], error=fault.sentence)
        if "'dict' object has no attribute 'add'" in fault.sentence:
            wrong(MISTAKES["dict-for-a-set"], error=fault.sentence)
        if "not supported between instances" not in fault.sentence:
            raise
        wrong(MISTAKES["sorts-without-key"], error=fault.sentence)


def _expect_linear(order_of: Any) -> None:
    last = doublings(DOUBLINGS)
    ask(order_of, last)
    leaf = last
    while leaf._parents:
        leaf = leaf._parents[0]
    expect(leaf.asked < 100, MISTAKES["every-path"], count=DOUBLINGS + 1, asked=leaf.asked)


def _expect_deep(order_of: Any) -> None:
    try:
        order = ask(order_of, doublings(CHAIN))
    except WrongAnswer as fault:
        if "calls itself" not in fault.sentence:
            raise
        wrong(MISTAKES["recursion"], length=CHAIN)
    nested = nesting(order_of, doublings(60))
    expect(nested < 30, MISTAKES["recursion"], length=CHAIN)
    sentence = f"Of {CHAIN + 1} nodes, {len(order)} are in it."
    expect(len(order) == CHAIN + 1, "missing", sentence)
    places = {node: place for place, node in enumerate(order)}
    late = all(places[parent] < places[node] for node in order for parent in node.parents)
    expect(late, "too-early", f"Of {CHAIN + 1} nodes in a row, some come before a parent.")


def _kind(value: Any) -> str:
    if isinstance(value, list):
        return "a list of other things"
    return (
        f"a {type(value).__name__}" if isinstance(value, (set, tuple)) else describe_answer(value)
    )


ORDER = Exercise(
    name="graph/order",
    title="Find the fault: who waits for whom",
    check=check_order,
    solution=solutions.order_of,
    mistakes=MISTAKES,
    hints=(
        "First find all the nodes, in whatever order; then put them in order.",
        "To find them: a set of nodes found, and a list of nodes that wait. Take one from the "
        "list; if it is new, add it to the set, and its parents to the list.",
        "A node is made after its parents, so the numbers are an order: "
        "`sorted(found, key=lambda node: node.number)`.",
    ),
    takeaway="Each node once, parents first: a topological order. Backward reads it from the end.",
)
