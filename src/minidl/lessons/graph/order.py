"""The checks of the order of nodes, and of a pass through them, in the lesson on the graph."""

from __future__ import annotations

from itertools import count
from typing import Any

from minidl.checking.asking import ask
from minidl.checking.comparing import Suspect, expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.expecting import expect_number
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.lessons.graph import solutions as solutions
from minidl.lessons.graph.loops import ask_ending

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
        isinstance(order, list) and all(isinstance(node, Node) for node in order), "not-a-list",
        f"Expected a list of nodes, received {_kind(order)}.",
    )  # fmt: skip
    names = ", ".join(node.name for node in order)
    shown = f"For c = f(a, b), d = f(a, c), e = f(c, d): received {names or 'an empty list'}."
    expect(order[-len(nodes) :] != nodes[::-1], "children-first", f"Parents come first. {shown}")
    expect(len(set(order)) == len(order), "twice", f"A node is in the list twice. {shown}")
    missing = [node.name for node in nodes if node not in order]
    expect(not missing, "missing", f"Missing: {', '.join(missing)}. {shown}")
    by_value = sorted(nodes, key=lambda node: node.value)
    sentence = f"Values do not tell who comes first: sort by `.number`. {shown}"
    expect(order != by_value, "sorts-by-value", sentence)
    for node in order:
        for parent in node.parents:
            early = order.index(node) < order.index(parent)
            sentence = f"{node.name} comes before its parent {parent.name}. {shown}"
            expect(not early, "too-early", sentence)
    _expect_linear(order_of)
    _expect_deep(order_of)


def _ask_order(order_of: Any, last: Node) -> Any:
    advice = "Does each node leave the list of those that wait, as by `.pop()`?"
    try:
        return ask_ending(order_of, last, advice=advice)
    except NotAttempted:
        expect(
            not last.asked, "returns-nothing",
            "Your code looks at the nodes, but returns nothing. Is the `return` missing, or a "
            "`...` left? `found.sort(…)` gives None, too: `sorted(found, …)` gives a list.",
        )  # fmt: skip
        raise
    except WrongAnswer as fault:
        if "not supported between instances" not in fault.sentence:
            raise
        sentence = f"{fault.sentence} Nodes cannot be compared, their numbers can: sort by"
        wrong("sorts-without-key", f"{sentence} `.number`.")


def _expect_linear(order_of: Any) -> None:
    last = doublings(DOUBLINGS)
    ask(order_of, last)
    leaf = last
    while leaf._parents:
        leaf = leaf._parents[0]
    expect(
        leaf.asked < 100, "every-path",
        f"Right, but the first of {DOUBLINGS + 1} nodes was looked at {leaf.asked} times, once for "
        "each path that leads to it. Leave a node alone that you have met before.",
    )  # fmt: skip


def _expect_deep(order_of: Any) -> None:
    try:
        order = ask(order_of, doublings(CHAIN))
    except WrongAnswer as fault:
        if "calls itself" not in fault.sentence:
            raise
        wrong(
            "recursion",
            f"Right for small graphs, but {CHAIN} nodes in a row end in a RecursionError: a "
            "function that calls itself for each parent is nested too deep. Keep a list of the "
            "nodes that still wait.",
        )
    expect(len(order) == CHAIN + 1, "missing", f"Of {CHAIN + 1} nodes, {len(order)} are in it.")


def _kind(value: Any) -> str:
    if isinstance(value, list):
        return "a list of other things"
    return (
        f"a {type(value).__name__}" if isinstance(value, (set, tuple)) else describe_answer(value)
    )


def small_graph() -> list[Any]:
    """Return a, s = a + a, p = s·a in order: p = 2a², of slope 4a."""
    a = solutions.Node(3.0)
    s = a + a
    return [a, s, s * a]


def check_run(run: Any) -> None:
    """Check a pass forward and back, then another one after a value has changed."""
    order = small_graph()
    a = order[0]
    value = expect_number(_ask_run(run, order), what="the returned value")
    expect_close(value, 18.0, what="the returned value", given="p = (a + a)·a at a = 3")
    expect_close(
        a.grad, 12.0, what="the gradient of a", given="p = (a + a)·a at a = 3",
        diagnosis="gradient", suspects=[
            Suspect("no-seed", 0.0, "All gradients are 0 in the end: set them to 0 before "
                    "the way back, and the last one to 1."),
            Suspect("front-to-back", 6.0, "A node may pass back only when all its children have: "
                    "read the order from its end."),
            Suspect("starts-with-value", 216.0, "The last node's own gradient is 1, ∂L/∂L."),
        ],
    )  # fmt: skip
    a.value = 5.0
    given = "p = (a + a)·a at a = 3, then at a = 5"
    value = expect_number(_ask_run(run, order), what="the second value")
    expect_close(
        value, 50.0, what="the second value", given=given, diagnosis="stale",
        because="Some values are from before the change: all have to be computed anew, parents "
        "first.",
    )  # fmt: skip
    diagnosis, because = _cause_in_the_past(run)
    expect_close(
        a.grad, 20.0, what="the second gradient of a", given=given, diagnosis=diagnosis,
        because=because,
    )  # fmt: skip


def _cause_in_the_past(run: Any) -> tuple[str, str]:
    """Return what the second pass has left of the first: if not gradients, then values."""
    order = small_graph()
    _ask_run(run, order)
    order[0].value = 5.0
    for node in order:
        node.grad = 0.0
    _ask_run(run, order)
    if order[0].grad == 20.0:
        return "adds-to-old", "Gradients of the first pass are still in it: all have to start at 0."
    return "old-values", (
        "Values of the first pass are in it: the way back multiplies by values, so all of them "
        "have to be computed before it begins."
    )


def _ask_run(run: Any, order: list[Any]) -> Any:
    before = list(order)
    try:
        result = ask_ending(run, order, advice="A `for` through the list does.")
    except NotAttempted:
        did_something = any(node.grad for node in order)
        sentence = "The pass is done, but nothing is returned: return the last node's value."
        expect(not did_something, "returns-nothing", sentence)
        raise
    expect(
        order == before, "changes-the-list",
        "Your run has turned the list itself round, or taken nodes out of it, and the next pass "
        "gets it like that. To read it from the end use `reversed(nodes)`.",
    )  # fmt: skip
    return result


ORDER = Exercise(
    name="graph/order",
    title="Find the fault: who waits for whom",
    check=check_order,
    solution=solutions.order_of,
    hints=(
        "First find all the nodes, in whatever order; then put them in order.",
        "To find them: a set of nodes found, and a list of nodes that wait. Take one from the "
        "list; if it is new, add it to the set, and its parents to the list.",
        "A node is made after its parents, so the numbers are an order: "
        "`sorted(found, key=lambda node: node.number)`.",
    ),
    takeaway="Each node once, parents first: a topological order. Backward reads it from the end.",
)
RUN = Exercise(
    name="graph/run",
    title="Find two faults: values and gradients of yesterday",
    check=check_run,
    solution=solutions.run,
    hints=(
        "What has to happen to a value that was computed before `a` changed? And to a gradient "
        "that other passes have added to?",
        "On the way forward, every node computes its value anew and sets its grad to 0.",
        "Then the last node's grad becomes 1, and the order is read from the end: pass_back.",
    ),
    takeaway="Every pass begins afresh.",
)
