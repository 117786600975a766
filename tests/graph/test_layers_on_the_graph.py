"""Every layer and every loss built on the graph: both ways lead to the same gradients.

A layer's backward is a formula that somebody derived; the graph derives it from the formula of
forward alone. A layer's forward, written with nodes, stands in its case; a loss's stands here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from minidl import losses
from minidl.graph import Node, Variable, exp, log
from minidl.losses import Loss
from minidl.sparse import SparseGradient
from tests.contracts import loss_cases, op_cases
from tests.contracts.walking import classes_in


def binary(p: Node, y: np.ndarray) -> Node:
    return -(y * log(p) + (1 - y) * log(1 - p))


def binary_of_logits(loss: Any, x: Node, y: np.ndarray) -> Node:
    return loss.pos_weight * y * log(1 + exp(-x)) + (1 - y) * log(1 + exp(x))


# The loss of each element; weights and the reduction are added below.
LOSSES: dict[type, Callable[[Any, Node, np.ndarray], Node]] = {
    losses.BCELoss: lambda loss, p, y: binary(p, y),
    losses.BCEWithLogitsLoss: binary_of_logits,
    losses.MSELoss: lambda loss, p, y: (p - y) ** 2,
}


def missing(kinds: set[type]) -> str:
    """Say what to add for the losses that have no version on the graph; "" if all have one."""
    names = ", ".join(sorted(kind.__name__ for kind in kinds - set(LOSSES)))
    return names and (
        f"{names} has no version on the graph; write its forward with nodes as a function "
        "(loss, p, y) and add it to LOSSES in tests/graph/test_layers_on_the_graph.py"
    )


def test_every_loss_has_a_version_on_the_graph():
    assert not missing(set(classes_in(losses, Loss).values()) - loss_cases.ABSTRACT)


def test_one_without_a_version_is_named():
    class HingeLoss(Loss):
        pass

    message = missing({HingeLoss, losses.MSELoss})
    assert message.startswith("HingeLoss has no version on the graph; write its forward")
    assert "add it to LOSSES in tests/graph/test_layers_on_the_graph.py" in message


@pytest.mark.parametrize("training", [True, False], ids=["train", "eval"])
@pytest.mark.parametrize("case", op_cases.CASES, ids=str)
def test_a_layers_backward_is_what_the_graph_derives(case: op_cases.OpCase, training: bool):
    op = case.build()
    (op.train if training else op.eval)()
    predicted = op(case.x)
    g = np.random.default_rng(1).standard_normal(predicted.shape)
    x = case.x if case.takes_indices else Variable(case.x, name="x")
    parameters = {id(p.value): Variable(p.value, name=p.name) for p in op.parameters()}
    y = case.graph(op, x, lambda array: parameters[id(array)])
    y.backward(seed=g)
    agree(predicted, y.value)
    dx = op.backward(g.copy())
    if not case.takes_indices:
        agree(dx, x.grad)
    for parameter in op.parameters():
        grad = parameter.grad
        dense = grad.to_dense() if isinstance(grad, SparseGradient) else grad
        agree(dense, parameters[id(parameter.value)].grad)


def agree(ours: np.ndarray, derived: np.ndarray) -> None:
    np.testing.assert_allclose(ours, derived, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("case", loss_cases.CASES, ids=str)
def test_a_losss_backward_is_what_the_graph_derives(case: loss_cases.LossCase, reduction: str):
    loss = case.build(reduction)
    value = loss(case.predicts, case.labels)
    predicts = Variable(case.predicts, name="predicts")
    unreduced = LOSSES[case.kind](loss, predicts, case.labels)
    if loss.weight is not None:
        unreduced = unreduced * loss.weight
    reduced = unreduced if reduction == "none" else unreduced.sum()
    reduced = reduced / case.predicts.size if reduction == "mean" else reduced
    g = np.random.default_rng(1).uniform(0.5, 2, np.shape(value))
    reduced.backward(seed=g)
    np.testing.assert_allclose(reduced.value, value, rtol=1e-12)
    np.testing.assert_allclose(loss.backward(g), predicts.grad, rtol=1e-10, atol=1e-12)
