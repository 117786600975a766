"""The graph and PyTorch's autograd: values, gradients, and what is taken for a slope at a kink."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.graph import Variable, exp, log, logistic, relu, tanh

pytestmark = pytest.mark.torch
torch = pytest.importorskip("torch")

A = np.array([[-1.5, 0.0, 0.7], [2.0, -0.3, 1.1]])
B = np.array([[0.5], [2.0]])


def both(ours, theirs, *arrays):
    """Return value and gradients from the graph and from PyTorch, for Σ y² / 2."""
    nodes = [Variable(array) for array in arrays]
    y = ours(*nodes)
    y.backward(seed=y.value)
    tensors = [torch.tensor(array, requires_grad=True) for array in arrays]
    t = theirs(*tensors)
    t.backward(gradient=t.detach())
    return (
        [y.value, *(node.grad for node in nodes)],
        [t.detach().numpy(), *(tensor.grad.numpy() for tensor in tensors)],
    )


@pytest.mark.parametrize(
    ("ours", "theirs", "arrays"),
    [
        (relu, torch.relu, [A]),
        (abs, abs, [A]),
        (tanh, torch.tanh, [A]),
        (logistic, torch.sigmoid, [A]),
        (exp, torch.exp, [A]),
        (log, torch.log, [B]),
        (lambda a, b: a**b, lambda a, b: a**b, [np.abs(A), B + 1]),
        (lambda a: a**2 + a**0 + a**1, lambda a: a**2 + a**0 + a**1, [A]),
        (lambda a, b: a / b - b, lambda a, b: a / b - b, [A, B]),
        (lambda a, b: (a * b).sum(0), lambda a, b: (a * b).sum(0), [A, B]),
        (lambda a, b: tanh(a * b).sum(-1), lambda a, b: torch.tanh(a * b).sum(-1), [A, B]),
        (lambda w, x, b: logistic(x @ w + b), lambda w, x, b: torch.sigmoid(x @ w + b),
         [A.T.copy(), A, np.array([[0.1, -0.2]])]),
    ],
)  # fmt: skip
def test_values_and_gradients_are_pytorchs(ours, theirs, arrays):
    for a, b in zip(*both(ours, theirs, *arrays), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12, atol=1e-14)
