"""Every layer against its PyTorch counterpart: values, gradients, buffers, in both precisions."""

import numpy as np
import pytest

from minidl import nn
from minidl.sparse import SparseGradient
from tests.contracts.op_cases import CASES

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.torch


def tensors_of(op):
    """Return PyTorch's own copy of every parameter and buffer, by dotted name, in our layout."""
    tensors = {name: torch.tensor(array) for name, array in op.state_dict().items()}
    for parameter in op.parameters():
        tensors[parameter.name].requires_grad_()
    return tensors


def agree(ours, theirs, tolerance):
    ours = ours.to_dense() if isinstance(ours, SparseGradient) else ours
    np.testing.assert_allclose(ours, theirs.detach().numpy(), rtol=tolerance, atol=tolerance)


def assert_passes_agree(case, op, function, tensors, x, grad, tolerance):
    """Compare a forward and a backward pass, and the buffers after it."""
    given = torch.tensor(x, requires_grad=not case.takes_indices)
    for parameter in op.parameters():
        tensors[parameter.name].grad = None
    y = function(given)
    if y.requires_grad:
        y.backward(torch.tensor(grad))
    agree(op(x), y, tolerance)
    dx = op.backward(grad)
    if dx is not None:
        agree(dx, given.grad, tolerance)
    for parameter in op.parameters():
        agree(parameter.grad, tensors[parameter.name].grad, tolerance)
    for name, array in op.state_dict().items():
        agree(array, tensors[name], tolerance)


@pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel lengths")
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 5e-6)])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_three_passes_in_training_and_one_in_evaluation_are_pytorchs(case, dtype, tolerance):
    op = case.build(dtype)
    tensors = tensors_of(op)
    function = case.pytorch(torch, op, tensors)
    for i, mode in enumerate(["train", "train", "train", "eval"]):
        getattr(op, mode)()
        rolled = np.roll(case.x, i, axis=0)
        x = rolled if case.takes_indices else (rolled * (1 + i / 3)).astype(dtype)
        grad = np.random.default_rng(i).standard_normal(case.y_shape).astype(dtype)
        assert_passes_agree(case, op, function, tensors, x, grad, tolerance)


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
