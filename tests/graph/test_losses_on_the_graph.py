"""Every loss built on the graph: both ways lead to the same gradients.

A loss's vjp is a formula that somebody derived; the graph derives it from the losses alone. The
cases of the contract say how a loss is written with nodes.
"""

import numpy as np
import pytest

from minidl.graph import Variable, total
from tests.contracts.loss_cases import CASES
from tests.contracts.test_losses import gradients, weights


def test_every_loss_has_a_version_on_the_graph():
    assert {case.kind for case in CASES if case.on_graph} == {case.kind for case in CASES}


@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("case", [case for case in CASES if case.on_graph], ids=str)
def test_a_losss_backward_is_what_the_graph_derives(case, reduction):
    loss, inputs, g = case.build(reduction), case.inputs(), weights(case, reduction)
    value = loss(*inputs)
    count = case.kind.differentiable
    variables = [Variable(np.array(x)) for x in inputs[:count]]
    reduced = case.on_graph(loss, *variables, *inputs[count:])
    if reduction != "none":
        reduced = total(reduced)
    if reduction == "mean":
        divisor = case.divisor(*inputs) if case.divisor else np.prod(case.shape)
        reduced = reduced / float(divisor)
    reduced.backward(seed=g)
    np.testing.assert_allclose(reduced.value, value, rtol=1e-12)
    for gradient, variable in zip(gradients(loss, g), variables, strict=True):
        np.testing.assert_allclose(gradient, variable.grad, rtol=1e-10, atol=1e-12)
