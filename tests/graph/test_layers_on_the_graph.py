"""Every layer built on the graph: both ways lead to the same gradients.

A layer's backward is a formula that somebody derived; the graph derives it from the formula of
forward alone. A new layer needs a version here: its forward, written with nodes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from minidl import nn
from minidl.graph import Node, Variable, exp, log, logistic, relu, tanh
from minidl.op import Op
from tests.contracts import op_cases
from tests.contracts.walking import classes_in

Parameters = Callable[[np.ndarray], Node]
"""Returns the node for an array of the op's `params`."""


def linear(op: Any, x: Node, node_of: Parameters) -> Node:
    z = x @ node_of(op.params["W"])
    return z + node_of(op.params["b"]) if op.bias else z


def sequential(op: Any, x: Node, node_of: Parameters) -> Node:
    for layer in op.layers:
        x = LAYERS[type(layer)](layer, x, node_of)
    return x


def dropout(op: Any, x: Node, _: Parameters) -> Node:
    _, mask = op.saved_for_backward()  # of the op's own forward pass, which has run
    return x * 1 if mask is None else x * mask


def hard_logistic(_: Any, x: Node, __: Parameters) -> Node:
    line = 0.25 * x + 0.5
    return relu(line) - relu(line - 1)


LAYERS: dict[type, Callable[[Any, Node, Parameters], Node]] = {
    nn.Linear: linear,
    nn.Sequential: sequential,
    nn.Dropout: dropout,
    nn.Logistic: lambda op, x, _: logistic(x),
    nn.Tanh: lambda op, x, _: tanh(x),
    nn.HardLogistic: hard_logistic,
    nn.HardTanh: lambda op, x, _: relu(x + 1) - relu(x - 1) - 1,
    nn.ReLU: lambda op, x, _: relu(x),
    nn.LeakyReLU: lambda op, x, _: relu(x) - op.negative_slope * relu(-x),
    nn.ELU: lambda op, x, _: relu(x) + op.alpha * (exp(-relu(-x)) - 1),
    nn.Softplus: lambda op, x, _: log(1 + exp(op.beta * x)) / op.beta,
    nn.Swish: lambda op, x, _: x * logistic(op.beta * x),
}


def missing(kinds: set[type]) -> str:
    """Say what to add for the layers that have no version on the graph; "" if all have one."""
    names = ", ".join(sorted(kind.__name__ for kind in kinds - set(LAYERS)))
    return names and (
        f"{names} has no version on the graph; write its forward with nodes as a function "
        "(op, x, node_of) and add it to LAYERS in tests/graph/test_layers_on_the_graph.py"
    )


def test_every_layer_has_a_version_on_the_graph():
    assert not missing(set(classes_in(nn, Op).values()) - op_cases.ABSTRACT)


def test_one_without_a_version_is_named():
    class Maxout(Op):
        pass

    message = missing({Maxout, nn.Linear})
    assert message.startswith("Maxout has no version on the graph; write its forward")
    assert "add it to LAYERS in tests/graph/test_layers_on_the_graph.py" in message


@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
@pytest.mark.parametrize("case", op_cases.CASES, ids=str)
def test_a_layers_backward_is_what_the_graph_derives(case: op_cases.OpCase, training: bool):
    op = case.build()
    (op.train if training else op.eval)()
    predicted = op(case.x)
    g = np.random.default_rng(1).standard_normal(predicted.shape)
    x = Variable(case.x, name="x")
    parameters = {id(p.value): Variable(p.value, name=p.name) for p in op.parameters()}
    y = LAYERS[case.kind](op, x, lambda array: parameters[id(array)])
    y.backward(seed=g)
    np.testing.assert_allclose(y.value, predicted, rtol=1e-12, atol=1e-14)
    np.testing.assert_allclose(op.backward(g.copy()), x.grad, rtol=1e-10, atol=1e-12)
    for parameter in op.parameters():
        derived = parameters[id(parameter.value)].grad
        np.testing.assert_allclose(parameter.grad, derived, rtol=1e-10, atol=1e-12)
