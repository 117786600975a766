"""Every loss against PyTorch's of the same name: values and gradients, in both precisions."""

import numpy as np
import pytest

from tests.contracts.loss_cases import CASES

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.torch


def as_tensors(options, dtype):
    return {key: torch.tensor(np.asarray(value, dtype=dtype)) for key, value in options.items()}


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-13), (np.float32, 1e-6)])
@pytest.mark.parametrize("reduction", ["mean", "sum", "none"])
@pytest.mark.parametrize("case", CASES, ids=str)
def test_values_and_gradients_are_pytorchs(case, reduction, dtype, tolerance):
    counterpart = getattr(torch.nn, case.kind.__name__)
    theirs = counterpart(reduction=reduction, **as_tensors(case.options, dtype))
    predicts = torch.tensor(case.predicts.astype(dtype), requires_grad=True)
    value = theirs(predicts, torch.tensor(case.labels.astype(dtype)))
    grad = np.random.default_rng(0).standard_normal(tuple(value.shape)).astype(dtype)
    value.backward(torch.tensor(grad))

    ours = case.build(reduction)
    result = ours(case.predicts.astype(dtype), case.labels.astype(dtype))
    near = {"rtol": tolerance, "atol": tolerance / 3}
    np.testing.assert_allclose(result, value.detach().numpy(), **near)
    np.testing.assert_allclose(ours.backward(grad), predicts.grad.numpy(), **near)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("label", [0.0, 0.3, 1.0])
@pytest.mark.parametrize("case", [c for c in CASES if not c.options], ids=str)
def test_extremes_are_pytorchs(case, label, dtype):
    x = case.extremes(dtype)
    predicts = torch.tensor(x, requires_grad=True)
    value = getattr(torch.nn, case.kind.__name__)(reduction="none")(
        predicts, torch.full_like(predicts, label)
    )
    value.sum().backward()
    ours = case.build("none")
    eps = np.finfo(dtype).eps
    losses = ours(x, np.full_like(x, label))
    np.testing.assert_allclose(losses, value.detach(), rtol=4 * eps, atol=eps)
    # PyTorch's 1e-12 is one in single precision, about 4e-9 off.
    np.testing.assert_allclose(ours.backward(), predicts.grad, rtol=1e-8 + 4 * eps, atol=eps)
