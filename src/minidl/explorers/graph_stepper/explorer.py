"""Graph stepper: values forward and gradients backward, one node at a time."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.graph_stepper.examples import EXAMPLES
from minidl.explorers.graph_stepper.picture import (
    HEIGHT,
    WIDTH,
    GraphView,
    StepperArtists,
    draw_graph_steps,
    show_graph,
    update_graph_steps,
)
from minidl.explorers.graph_stepper.trace import (
    FORWARD,
    GraphTrace,
    Turn,
    as_drawn,
    faults_of,
    trace_graph,
    turns_in,
)
from minidl.graph import Constant
from minidl.plots.graph import edges_of
from minidl.plots.numbers import array_text
from minidl.widgets.controls import choice, int_slider
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]
OWN = "yours"


class GraphStepper(Explorer[StepperArtists, GraphView]):
    """A graph and a step → the node whose turn it is, and what flows through it.

    Parameters
    ----------
    node : minidl.graph.Node, or a node of your own class, optional
        The last node of your graph; a few examples can be chosen in any case.
    **start
        First values of the controls `graph`, such as `"a·a + a"`, and `step`.

    Examples
    --------
    >>> explorer = GraphStepper(graph="a·a + a", step=4)
    >>> print(explorer.status.partition(": ")[2].partition(".")[0])
    received 1, passes on 1 · 6 = 6 to a, which is used 2 times here
    >>> explorer.close()
    """

    alt = "A graph of nodes with their values and gradients, and the node whose turn it is"
    size = (WIDTH, HEIGHT)

    def __init__(self, node: Any = None, **start: Any) -> None:
        own = {} if node is None else {OWN: node}
        self._graphs = {**own, **{name: make() for name, make in EXAMPLES.items()}}
        self._drawn = {name: as_drawn(last) for name, last in self._graphs.items()}
        super().__init__(**start)

    def make_controls(self) -> dict[str, Any]:
        """Return a list of graphs and a slider for the step."""
        first = next(iter(self._graphs))
        return {
            "step": int_slider(
                "Step", 1, low=1, high=turns_in(self._graphs[first]),
                tooltip="Forward from the first operation to the last, then back again.",
            ),
            "graph": choice(
                "Graph", first, options=list(self._graphs), tooltip="What is computed."
            ),
        }  # fmt: skip

    def consequences(self, name: str, value: Any) -> dict[str, Any]:
        """Begin another graph at its first step."""
        return {"graph": value, "step": 1} if name == "graph" else {}

    def highest(self, values: dict[str, Any]) -> dict[str, float]:
        """Return where the pass through the graph ends that is asked for."""
        graph = str(values.get("graph"))
        return {"step": turns_in(self._graphs[graph])} if graph in self._graphs else {}

    def compute(self, state: State) -> GraphView:
        """Run a pass, take what is known at this step, and check the gradients at the last."""
        passes = trace_graph(self._graphs[state.graph])
        return view_of(passes, min(state.step, len(passes.turns)), state.graph)

    def draw(self, figure: Figure) -> StepperArtists:
        """Draw every graph, each in axes of its own, of which `update` shows one."""
        graphs = []
        for name, last in self._drawn.items():
            graphs.append(draw_graph_steps(figure, last))
            figure.axes[-1].set_gid(name)
        return StepperArtists(graphs)

    def update(self, artists: StepperArtists, view: GraphView) -> None:
        """Show the step."""
        for name, graph in zip(self._graphs, artists.graphs, strict=True):
            show_graph(graph, shown=name == view.graph)
            if name == view.graph:
                update_graph_steps(graph, view)

    def sentence(self, state: State, view: GraphView) -> str:
        """Say whose turn it is, what arrived and what is passed on."""
        passes, turn = view.trace, view.turn
        text = (
            f"Step {min(state.step, len(passes.turns))} of {len(passes.turns)}, "
            f"{turn.direction} through {_title(passes, turn.node)}: {view.note}"
        )
        if view.faults is None:
            return text
        if not view.faults:
            return f"{text} All gradients are complete; nudging the variables agrees."
        wrong = [
            f"{_title(passes, number)} has {_text(turn.grads[number])}, nudging it gives "
            f"{array_text(np.array(slope))}"
            for number, slope in view.faults.items()
        ]
        return f"{text} But not all gradients are right: {'; '.join(wrong)}."


def view_of(passes: GraphTrace, step: int, graph: str) -> GraphView:
    """Return what there is to see at a step; at the last one the gradients are checked."""
    turn = passes.turns[step - 1]
    note = _forward_note if turn.direction == FORWARD else _backward_note
    constant = [isinstance(node, Constant) for node in passes.nodes]
    grads = zip(constant, turn.grads, strict=True)
    return GraphView(
        graph=graph,
        trace=passes,
        turn=turn,
        faults=faults_of(passes) if step == len(passes.turns) else None,
        values=_values(passes, step),
        gradients=["" if fixed or grad is None else _text(grad) for fixed, grad in grads],
        active=[i == turn.node for i in range(len(passes.nodes))],
        edges=[
            child == turn.node
            and (turn.direction == FORWARD or not constant[parent])  # nothing goes to a number
            for parent, child in edges_of(passes.nodes)
        ],
        heading=f"{turn.direction.capitalize()} through {_title(passes, turn.node)}",
        note=note(passes, turn),
    )


def _values(passes: GraphTrace, step: int) -> list[str]:
    """Return the values that are known at a step; a constant's stands in its name."""
    computed = {turn.node for turn in passes.turns[:step]}
    return [
        ""
        if isinstance(node, Constant) or (node.parents and number not in computed)
        else _text(passes.values[number])
        for number, node in enumerate(passes.nodes)
    ]


def _forward_note(passes: GraphTrace, turn: Turn) -> str:
    """Return what goes into a node and what comes out, in words."""
    number_of = passes.number_of
    node = passes.nodes[turn.node]
    inputs = [_text(passes.values[number_of[parent]]) for parent in node.parents]
    return f"{' and '.join(inputs)} in, {_text(passes.values[turn.node])} out."


def _backward_note(passes: GraphTrace, turn: Turn) -> str:
    """Return what a node has received and passes on, in words: gradient times local derivative."""
    received = turn.grads[turn.node]
    heirs = [n for n in sorted(turn.passed) if not isinstance(passes.nodes[n], Constant)]
    passed = " and ".join(_share(passes, turn, received, number) for number in heirs)
    return f"received {_text(received)}, passes on {passed or 'nothing, to numbers only'}."


def _share(passes: GraphTrace, turn: Turn, received: Array | None, number: int) -> str:
    given = turn.passed[number]
    node = passes.nodes[number]
    title = getattr(node, "name", "") or _title(passes, number)
    uses = sum(parent is node for parent in passes.nodes[turn.node].parents)
    to = f"to {title}" + (f", which is used {uses} times here" if uses > 1 else "")
    if received is None or received.size != 1 or given.size != 1 or not received.any():
        return f"{_text(given)} {to}"
    local = given.reshape(-1) / received.reshape(-1)
    return f"{_text(received)} · {_text(local)} = {_text(given)} {to}"


def _title(passes: GraphTrace, number: int) -> str:
    """Return what a node is called in a sentence: its name, its operation or its number."""
    node = passes.nodes[number]
    name = getattr(node, "name", "")
    parts = [part for part in (name, node.operation) if part]
    return " = ".join(parts) or f"the number {_text(passes.values[number])}"


def _text(array: Array | None) -> str:
    return "nothing" if array is None else array_text(np.asarray(array))
