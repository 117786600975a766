"""Every layer against its PyTorch counterpart: values and gradients, in both precisions."""

import functools
import itertools

import numpy as np
import pytest

from minidl import nn
from tests.contracts.op_cases import CASES

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.torch


def thinned(op):
    """Return PyTorch's dropout, the mask being the one that the op draws."""
    return lambda x: torch.where(
        torch.from_numpy(op.rng.random(x.shape) < op.keep_prob), x / op.keep_prob, 0.0
    )


COUNTERPARTS = {
    nn.Dropout: thinned,
    nn.Logistic: lambda op: torch.sigmoid,
    nn.Tanh: lambda op: torch.tanh,
    nn.ReLU: lambda op: torch.relu,
    nn.LeakyReLU: lambda op: torch.nn.LeakyReLU(op.negative_slope),
    nn.HardLogistic: lambda op: lambda x: torch.clip(0.25 * x + 0.5, 0, 1),
    nn.HardTanh: lambda op: torch.nn.Hardtanh(),
    nn.ELU: lambda op: torch.nn.ELU(op.alpha),
    nn.Softplus: lambda op: torch.nn.Softplus(op.beta),
    nn.Swish: lambda op: lambda x: x * torch.sigmoid(op.beta * x),
}


def counterpart(op):
    """Return the PyTorch function, and its parameters in the order of the op's."""
    if isinstance(op, nn.Sequential):
        functions, parameters = zip(*map(counterpart, op.layers), strict=True)
        parameters = list(itertools.chain(*parameters))
        return lambda x: functools.reduce(lambda y, f: f(y), functions, x), parameters
    if not isinstance(op, nn.Linear):
        return COUNTERPARTS[type(op)](op), []
    W = torch.tensor(op.params["W"].T.copy(), requires_grad=True)
    b = torch.tensor(op.params["b"][0], requires_grad=True) if op.bias else None
    return lambda x: torch.nn.functional.linear(x, W, b), [W, b] if op.bias else [W]


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 3e-6)])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_values_and_gradients_are_pytorchs(case, dtype, tolerance):
    op = case.build(dtype)
    function, parameters = counterpart(op)
    x = torch.tensor(case.x.astype(dtype), requires_grad=True)
    y = function(x)
    grad = np.random.default_rng(1).standard_normal(case.y_shape).astype(dtype)
    y.backward(torch.tensor(grad))

    def agree(ours, theirs):
        np.testing.assert_allclose(ours, theirs.numpy(), rtol=tolerance, atol=tolerance)

    agree(op(case.x.astype(dtype)), y.detach())
    agree(op.backward(grad), x.grad)
    for ours, theirs in zip(op.parameters(), parameters, strict=True):
        agree(ours.grad, theirs.grad.reshape(ours.value.shape[::-1]).T)


@pytest.mark.parametrize(
    ("op", "function"),
    [
        (nn.ReLU(), torch.relu),
        (nn.LeakyReLU(0.1), torch.nn.LeakyReLU(0.1)),
        (nn.HardTanh(), torch.nn.Hardtanh()),
    ],
    ids=lambda case: getattr(case, "__name__", None) or repr(case),  # no address of a function
)
def test_the_slope_at_a_kink_is_pytorchs(op, function):
    kinks = [-1.0, 0.0, 1.0]
    x = torch.tensor(kinks, requires_grad=True)
    function(x).sum().backward()
    assert op.derivative(kinks).tolist() == pytest.approx(x.grad.tolist())


def test_swish_is_pytorchs_silu():
    x = np.linspace(-20, 20, 81)
    np.testing.assert_allclose(
        nn.Swish()(x), torch.nn.functional.silu(torch.tensor(x)).numpy(), rtol=1e-12
    )


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_dropout_takes_the_values_of_pytorchs(dtype):
    ours, theirs = nn.Dropout(0.7, rng=0), torch.nn.Dropout(1 - 0.7)
    x = np.ones(1000, dtype=dtype)
    np.testing.assert_allclose(np.unique(ours(x)), theirs(torch.tensor(x)).unique().numpy(), 1e-6)
    ours.eval()
    theirs.eval()
    assert np.array_equal(ours(x), theirs(torch.tensor(x)).numpy())
