"""A graph's pass forward and back as turns of its nodes, for the graph stepper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from minidl.graph import Node, Variable
from minidl.graph.traversal import topological_order
from minidl.validation import describe

Array = npt.NDArray[Any]

FORWARD, BACKWARD = "forward", "backward"
NEEDED = ("value", "grad", "operation", "parents", "forward", "pass_back")
EPS = 1e-6


class Turn(NamedTuple):
    """What happens when it is a node's turn.

    `node` and the keys of `passed` are numbers in the topological order; `passed` holds what a
    node gives its parents on the way back; `grads` the gradients afterwards, None where nothing
    has arrived.
    """

    direction: str
    node: int
    passed: dict[int, Array]
    grads: list[Array | None]


class GraphTrace(NamedTuple):
    """The nodes in topological order, their values, and the turns of a pass."""

    nodes: list[Any]
    values: list[Array]
    turns: list[Turn]

    @property
    def number_of(self) -> dict[Any, int]:
        """The place of each node in the order."""
        return {node: number for number, node in enumerate(self.nodes)}


class Stand:
    """What the picture of a graph needs to know of a learner's own node."""

    def __init__(self, node: Any, parents: tuple[Stand, ...]) -> None:
        self.node, self.parents = node, parents
        self.name = str(getattr(node, "name", ""))
        self.operation = node.operation

    @property
    def value(self) -> Array:
        """The node's value."""
        return np.asarray(self.node.value)

    def topological_order(self) -> list[Any]:
        """Return this and all before it, parents first."""
        return topological_order(self)


def as_drawn(last: Any) -> Any:
    """Return a node that can be drawn: itself, or stands for a learner's own and its parents.

    Raises
    ------
    TypeError
        If it is no node, or lacks an attribute that a node needs.
    """
    if isinstance(last, Node):
        return last
    missing = [name for name in NEEDED if not hasattr(last, name)]
    if isinstance(last, type) or missing:
        lacks = f", which has no {' and no '.join(missing)}" if len(missing) < len(NEEDED) else ""
        raise TypeError(
            f"graph_stepper: expected a node, such as w * x with w = Variable(1.0), or one of your "
            f"own with {', '.join(NEEDED)}; received {describe(last)}{lacks}"
        )
    stands: dict[Any, Stand] = {}
    for node in topological_order(last):
        stands[node] = Stand(node, tuple(stands[parent] for parent in node.parents))
    return stands[last]


def turns_in(last: Any) -> int:
    """Return how many turns a pass has: forward and back for every node that has parents."""
    return 2 * sum(1 for node in topological_order(last) if node.parents)


def trace_graph(last: Any) -> GraphTrace:
    """Run a pass forward and back and record it; gradients stay in the nodes, as ever.

    Parameters
    ----------
    last : minidl.graph.Node, or a node of a learner's own class
        The last node, of one number. A learner's node needs `value`, `grad`, `operation`,
        `parents`, and the methods `forward` and `pass_back` of its own step.

    Examples
    --------
    >>> w = Variable(3.0)
    >>> passes = trace_graph(w * w + w)
    >>> [(turn.direction, turn.node) for turn in passes.turns]
    [('forward', 1), ('forward', 2), ('backward', 2), ('backward', 1)]
    >>> float(passes.turns[-1].grads[0])
    7.0
    """
    nodes = topological_order(last)
    compute(last)
    values = [np.array(node.value, dtype=float) for node in nodes]
    grads: list[Array | None] = [None] * len(nodes)
    ways = [number for number, node in enumerate(nodes) if node.parents]
    turns = [Turn(FORWARD, number, {}, list(grads)) for number in ways]
    number_of = {node: number for number, node in enumerate(nodes)}
    steps = _backward_steps(last, nodes)
    before = [np.zeros_like(value) for value in values]
    for node in steps:
        if not turns or turns[-1].direction == FORWARD:
            grads[-1] = np.array(last.grad, dtype=float)
        passed = {}
        for number in {number_of[parent] for parent in node.parents}:
            after = np.array(nodes[number].grad, dtype=float)
            passed[number] = after - before[number]
            before[number] = grads[number] = after
        if node.parents:
            turns.append(Turn(BACKWARD, number_of[node], passed, list(grads)))
    return GraphTrace(nodes, values, turns)


def compute(last: Any) -> Array:
    """Compute every node anew, parents first, and return the last one's value."""
    if isinstance(last, Node):
        return last.forward()
    for node in topological_order(last):
        node.forward()
    return np.asarray(last.value)


def _backward_steps(last: Any, nodes: Sequence[Any]) -> Iterator[Any]:
    """Yield each node, last first, when it has passed its gradient on."""
    if isinstance(last, Node):
        yield from last.backward_steps()
        return
    for node in nodes:
        node.grad = 0.0
    last.grad = 1.0
    for node in reversed(nodes):
        node.pass_back()
        yield node


def faults_of(passes: GraphTrace) -> dict[int, float]:
    """Return the measured slope in each single-number variable whose gradient is another.

    Each is moved a little up and down, and put back.
    """
    last, faults = passes.nodes[-1], {}
    for number, node in enumerate(passes.nodes):
        variable = isinstance(node, Variable) or not isinstance(node, Node)
        if not variable or node.parents or passes.values[number].size != 1:
            continue
        slope = _measured(last, node, passes.values[number])
        found = passes.turns[-1].grads[number]
        if not np.allclose(0.0 if found is None else found, slope, rtol=1e-4, atol=1e-5):
            faults[number] = slope
    return faults


def _measured(last: Any, node: Any, value: Array) -> float:
    kept, sides = node.value, []
    start = np.array(kept) if isinstance(node, Node) else kept
    for shift in (EPS, -EPS):
        node.value = value + shift if isinstance(node, Node) else float(value) + shift
        sides.append(float(np.asarray(compute(last)).item()))
    node.value = start
    compute(last)
    return (sides[0] - sides[1]) / (2 * EPS)
