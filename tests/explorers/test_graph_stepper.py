"""The graph stepper."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers.graph_stepper.examples import EXAMPLES
from minidl.explorers.graph_stepper.explorer import OWN, GraphStepper
from minidl.explorers.graph_stepper.picture import WIDTH
from minidl.explorers.graph_stepper.trace import turns_in
from minidl.graph import Variable
from minidl.lessons.graph import solutions as own
from tests.widgets.helpers import opened

EACH_EXAMPLE = pytest.mark.parametrize("name", EXAMPLES)


@pytest.fixture
def stepper():
    with opened(GraphStepper) as made:
        yield made


def line():
    w, x = Variable(-1.5, name="w"), Variable(2.0, name="x")
    return w, x, abs(w * x + w - 4)


@EACH_EXAMPLE
def test_the_last_step_has_exactly_the_gradients_of_backward(stepper, name):
    stepper.set(graph=name)
    stepper.set(step=stepper.controls["step"].max)
    shown = stepper.view.turn.grads
    last = EXAMPLES[name]()
    last.backward()
    nodes = last.topological_order()
    assert [grad.tolist() for grad in shown] == [node.grad.tolist() for node in nodes]
    assert "nudging the variables agrees" in stepper.status


def test_the_last_step_of_the_readers_graph_has_the_gradients_that_are_in_it():
    w, _, loss = line()
    with opened(GraphStepper, node=loss) as stepper:
        stepper.set(step=stepper.controls["step"].max)
        grads = stepper.view.turn.grads
        assert float(w.grad) == -3.0  # sign(e)·(x + 1), with e < 0
        for node, grad in zip(loss.topological_order(), grads, strict=True):
            assert np.array_equal(node.grad, grad)
        assert stepper.view.gradients[0] == "−3"


def test_the_first_step_computes_the_first_operation_only(stepper):
    stepper.set(graph="a·a + a")
    assert stepper.view.values == ["3", "9", ""]
    assert stepper.view.gradients == ["", "", ""]
    assert stepper.view.active == [False, True, False]
    assert stepper.view.edges == [True, True, False, False]


def test_a_gradient_grows_when_a_second_path_arrives(stepper):
    seen = []
    for step in (2, 3, 4):
        stepper.set(graph="a·a + a", step=step)
        seen.append(stepper.view.gradients)
    assert seen == [["", "", ""], ["1", "1", "1"], ["7", "1", "1"]]


def test_the_sentence_says_what_arrived_the_local_derivative_and_what_is_passed_on(stepper):
    stepper.set(graph="|w·x + b − y|", step=8)
    assert stepper.status.startswith(
        "Step 8 of 8, backward through p = ·: received −1, passes on −1 · 3 = −3 to w and "
        "−1 · 1 = −1 to x."
    )
    stepper.set(graph="a·a + a", step=1)
    assert stepper.status == "Step 1 of 4, forward through ·: 3 and 3 in, 9 out."


def graph_of(stepper, name):
    """Return what moves in the picture of one example."""
    return stepper.picture.artists.graphs[list(EXAMPLES).index(name)]


def test_two_points_are_told_apart(stepper):
    stepper.set(graph="two points", step=10)
    assert "to L₁ and 1 · 1 = 1 to L₂." in stepper.status
    stepper.set(step=18)
    assert "backward through p₁ = ·: received −1, passes on −1 · 3 = −3 to w." in stepper.status


def test_values_come_from_constants_and_no_gradient_goes_to_them(stepper):
    stepper.set(graph="two points", step=1)
    shown = graph_of(stepper, "two points").edges
    assert sum(line.get_visible() for line in shown) == 2
    stepper.set(step=18)
    assert stepper.status.endswith("nudging the variables agrees.")
    (line,) = [line for line in shown if line.get_visible()]
    w = graph_of(stepper, "two points").frames[0]
    x, y = line.get_xydata()[0]
    assert x - (w.get_x() + w.get_width()) < 10
    assert w.get_y() < y < w.get_y() + w.get_height()


@EACH_EXAMPLE
def test_every_step_of_every_example_is_shown(stepper, name):
    stepper.set(graph=name)
    assert stepper.state.step == 1
    for step in range(1, stepper.controls["step"].max + 1):
        stepper.set(step=step)
        assert stepper.error == ""
        assert f"Step {step} of {turns_in(EXAMPLES[name]())}, " in stepper.status


def test_the_slider_ends_where_the_graph_does_and_reset_brings_it_back(stepper):
    stepper.set(graph="two points", step=18)
    stepper.controls["graph"].value = "a·a + a"
    assert stepper.controls["step"].max == 4
    assert stepper.state.step == 1
    stepper.reset()
    assert stepper.controls["step"].max == 8
    assert stepper.state.graph == next(iter(EXAMPLES))


def test_only_the_chosen_graph_is_in_the_picture(stepper):
    stepper.set(graph="doublings")
    shown = {ax.get_gid() for ax in stepper.picture.figure.axes if ax.get_visible()}
    assert shown == {"doublings"}
    visible = [name for name in EXAMPLES if graph_of(stepper, name).words.get_visible()]
    assert visible == ["doublings"]
    assert any(frame.get_visible() for frame in graph_of(stepper, "doublings").frames)
    assert not any(frame.get_visible() for frame in graph_of(stepper, "a·a + a").frames)
    assert stepper.size[0] == WIDTH


def test_a_changed_variable_is_computed_anew():
    w, _, loss = line()
    with opened(GraphStepper, node=loss) as stepper:
        w.value = 10.0
        stepper.set(step=stepper.controls["step"].max)
        assert float(stepper.view.trace.values[-1]) == 26.0
        assert float(w.grad) == 3.0
        assert float(w.value) == 10.0


def test_arrays_are_shown_by_their_shape():
    W = Variable(np.ones((2, 3)), name="W")
    with opened(GraphStepper, node=(W * W).sum()) as stepper:
        stepper.set(step=4)
        assert stepper.error == ""
        assert "passes on (2, 3) to W, which is used 2 times here" in stepper.status


def test_a_graph_that_ends_in_several_numbers_is_refused_in_place():
    w = Variable([1.0, 2.0])
    with opened(GraphStepper, node=w * 2) as stepper:
        assert "expected a single number to differentiate" in stepper.error


def test_the_readers_own_nodes_run_in_it():
    a = own.Node(3.0)
    a.name = "a"
    with opened(GraphStepper, node=a * a + a) as stepper:
        assert stepper.state.graph == OWN
        stepper.set(step=4)
        assert a.grad == 7.0
        assert "6 to a, which is used 2 times here" in stepper.status
        assert stepper.status.endswith("nudging the variables agrees.")
        assert a.value == 3.0


def test_a_wrong_node_of_the_readers_is_seen_failing():
    class Overwrites(own.Node):
        def __add__(self, other):
            return Overwrites(operation="+", parents=(self, other))

        def __mul__(self, other):
            return Overwrites(operation="·", parents=(self, other))

        def pass_back(self):
            if self.parents:
                a, b = self.parents
                plus = self.operation == "+"
                a.grad = self.grad * (1 if plus else b.value)
                b.grad = self.grad * (1 if plus else a.value)

    a = Overwrites(3.0)
    a.name = "a"
    with opened(GraphStepper, node=a * a + a) as stepper:
        stepper.set(step=4)
        assert stepper.status.endswith(
            "But not all gradients are right: a has 3, nudging it gives 7."
        )


def test_what_is_no_node_is_refused():
    with pytest.raises(TypeError, match="expected a node, such as w \\* x"):
        GraphStepper(3.0)
    with pytest.raises(TypeError, match="expected a node"):
        GraphStepper(Variable)

    class Half:
        value, grad, operation, parents = 1.0, 0.0, "", ()

    with pytest.raises(TypeError, match="which has no forward and no pass_back"):
        GraphStepper(Half())


def test_a_step_is_measured_by_the_graph_that_is_asked_for(stepper):
    last = turns_in(EXAMPLES["two points"]())
    for values in ({}, {"graph": "a·a + a"}, {"graph": "two points"}):
        with pytest.raises(ValueError, match=r"step: expected a whole number from 1 to \d+, rec"):
            stepper.set(**values, step=last + 1)
    stepper.set(graph="two points", step=last)
    assert stepper.state.step == last
    with pytest.raises(ValueError, match=r"graph: expected one of .*; try 'two points'"):
        stepper.set(graph="Two points", step=1)
    with opened(GraphStepper, graph="two points", step=last) as begun:
        assert begun.state.step == last
