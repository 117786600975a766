"""Every layer built on the graph: both ways lead to the same gradients.

A layer's backward is a formula that somebody derived; the graph derives it from the formula of
forward alone, which stands, written with nodes, in the layer's case.
"""

from __future__ import annotations

import numpy as np
import pytest

from minidl.graph import Variable
from minidl.sparse import SparseGradient
from tests.contracts import op_cases


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
