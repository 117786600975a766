"""The check of the exercise "graph/run"."""

from __future__ import annotations

from typing import Any

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close, expect_number
from minidl.checking.exercise import Exercise
from minidl.checking.mistake import Mistake
from minidl.checking.verdicts import NotAttempted, expect
from minidl.lessons.graph import solutions as solutions
from minidl.lessons.graph.mistakes.run import MISTAKES


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
        diagnosis="gradient",
    )  # fmt: skip
    a.value = 5.0
    given = "p = (a + a)·a at a = 3, then at a = 5"
    value = expect_number(_ask_run(run, order), what="the second value")
    expect_close(value, 50.0, what="the second value", given=given, diagnosis=MISTAKES["stale"])
    expect_close(
        a.grad, 20.0, what="the second gradient of a", given=given,
        diagnosis=_cause_in_the_past(run),
    )  # fmt: skip


def _cause_in_the_past(run: Any) -> Mistake:
    """Return what the second pass has left of the first: if not gradients, then values."""
    order = small_graph()
    _ask_run(run, order)
    order[0].value = 5.0
    for node in order:
        node.grad = 0.0
    _ask_run(run, order)
    return MISTAKES["adds-to-old" if order[0].grad == 20.0 else "old-values"]


def _ask_run(run: Any, order: list[Any]) -> Any:
    before = list(order)
    try:
        result = ask(run, order, advice="A `for` through the list does.")
    except NotAttempted:
        did_something = any(node.grad for node in order)
        expect(not did_something, MISTAKES["returns-nothing"])
        raise
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
