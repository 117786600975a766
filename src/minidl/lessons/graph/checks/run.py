"""The check of the exercise "graph/run"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.mistake import Mistake
from minidl.checking.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.lessons.graph import solutions as solutions
from minidl.lessons.graph.mistakes.run import MISTAKES


def small_graph(number: float = 3.0) -> list[Any]:
    """Return a, s = a + a, p = s·a in order: p = 2a², of slope 4a."""
    a = solutions.Node(number)
    s = a + a
    return [a, s, s * a]


def check_run(run: Any) -> None:
    """Check a pass forward and back, then another one after a value has changed."""
    for number, other in ((3.0, 5.0), (-1.5, 2.0)):
        _expect_two_passes(run, number, other)
    for graph in (lone, chain, wide):
        _expect_passes(run, graph)


def _expect_two_passes(run: Any, number: float, other: float) -> None:
    order = small_graph(number)
    a = order[0]
    given = f"p = (a + a)·a at a = {number:g}"
    value = expect_number(_ask_run(run, order), what="the returned value")
    expect_close(value, 2 * number**2, what="the returned value", given=given)
    expect_close(a.grad, 4 * number, what="the gradient of a", given=given, diagnosis="gradient")
    a.value = other
    given = f"{given}, then at a = {other:g}"
    value = expect_number(_ask_run(run, order), what="the second value")
    expect_close(value, 2 * other**2, what="the second value", given=given)
    expect_close(
        a.grad, 4 * other, what="the second gradient of a", given=given,
        diagnosis=_cause_in_the_past(run),
    )  # fmt: skip


class Counting(solutions.Node):
    """A node that counts what it is asked for, and can also be a half of its one parent."""

    def __init__(self, value: Any = None, operation: str = "", parents: Any = ()) -> None:
        self.forwards = self.backs = 0
        super().__init__(value, operation, parents)

    def __add__(self, other: Any) -> Counting:
        return Counting(operation="+", parents=(self, other))

    def __mul__(self, other: Any) -> Counting:
        return Counting(operation="·", parents=(self, other))

    def half(self) -> Counting:
        """Return a node of a kind that the lesson does not have."""
        return Counting(operation="half", parents=(self,))

    def forward(self) -> None:
        """Compute the value, and count."""
        self.forwards += 1
        super().forward()
        if self.operation == "half":
            self.value = self.parents[0].value / 2

    def pass_back(self) -> None:
        """Add to the parents' gradients, and count."""
        self.backs += 1
        super().pass_back()
        if self.operation == "half":
            self.parents[0].grad += self.grad / 2


def lone() -> list[Any]:
    """Return a graph of one node."""
    return [Counting(2.5)]


def chain() -> list[Any]:
    """Return a, b, their product, its half, and that times a."""
    a, b = Counting(1.25), Counting(-0.3)
    product = a * b
    half = product.half()
    return [a, b, product, half, half * a]


def wide() -> list[Any]:
    """Return a graph of seven nodes, some used twice, in another order than they were made."""
    a, b, c = Counting(0.1), Counting(-20.0), Counting(3.3)
    ab, cc = a * b, c * c
    bc = b + cc
    return [c, b, cc, bc, a, ab, ab * bc]


def _expect_passes(run: Any, graph: Any) -> None:
    """Expect three passes, with old gradients and other values, to be those of the solution."""
    nodes, twins = graph(), graph()
    for turn, number in enumerate((0.7, -1.5, 1e3)):
        for node, twin in zip(nodes, twins, strict=True):
            node.forwards = node.backs = 0
            node.grad = twin.grad = 7.0 + turn
            if not node.parents:
                node.value = twin.value = number * node.value
        value, right = _ask_run(run, nodes), solutions.run(twins)
        for node in nodes:
            called = (node.forwards and node.backs) or not node.parents
            expect(bool(called), MISTAKES["computes-itself"])
            expect(node.backs < 2, MISTAKES["twice-back"], times=node.backs)
            expect(node.forwards < 2, MISTAKES["twice-forward"], times=node.forwards)
        given = f"pass {turn + 1} through {len(nodes)} nodes"
        for what, own, wanted in (
            ("the value of another pass", value, right),
            ("values of another pass", [n.value for n in nodes], [n.value for n in twins]),
            ("gradients of another pass", [n.grad for n in nodes], [n.grad for n in twins]),
        ):
            expect_close(
                np.array(own, dtype=float), np.array(wanted), what=what, given=given,
                diagnosis="other-graph", rtol=1e-12, atol=1e-14,
            )  # fmt: skip


def _cause_in_the_past(run: Any) -> Mistake | str:
    """Return whether a second pass is only wrong because it adds to gradients of the first."""
    order = small_graph()
    _ask_run(run, order)
    order[0].value = 5.0
    for node in order:
        node.grad = 0.0
    _ask_run(run, order)
    return MISTAKES["adds-to-old"] if order[0].grad == 20.0 else "gradient"


def _ask_run(run: Any, order: list[Any]) -> Any:
    before = list(order)
    try:
        result = ask(run, order, advice="A `for` through the list does.")
    except NotAttempted:
        did_something = any(node.grad for node in order)
        expect(not did_something, MISTAKES["returns-nothing"])
        raise
    except WrongAnswer as fault:
        if "NoneType" not in fault.sentence or all(node.value is not None for node in order):
            raise
        wrong(MISTAKES["wipes-values"], error=fault.sentence)
    expect(order == before, MISTAKES["changes-the-list"])
    return result


RUN = Exercise(
    name="graph/run",
    title="Find two faults: values and gradients of yesterday",
    check=check_run,
    solution=solutions.run,
    mistakes=MISTAKES,
    hints=(
        "What has to happen to a value that was computed before `a` changed? And to a gradient "
        "that other passes have added to?",
        "On the way forward, every node computes its value anew and sets its grad to 0.",
        "Then the last node's grad becomes 1, and the order is read from the end: pass_back.",
    ),
    takeaway="Every pass begins afresh.",
)
