"""Every loss against PyTorch's of the same name: values and gradients, in both precisions."""

import numpy as np
import pytest

from tests.contracts.loss_cases import CASES
from tests.contracts.test_losses import PAIRS, gradients, weights

torch = pytest.importorskip("torch")
pytestmark = [
    pytest.mark.torch,
    pytest.mark.filterwarnings("ignore:reduction. 'mean' divides"),  # of KLDivLoss
]


def counterpart(case, reduction, dtype):
    options = {
        key: torch.tensor(value.astype(dtype)) if isinstance(value, np.ndarray) else value
        for key, value in case.options.items()
    }
    loss = getattr(torch.nn, case.pytorch)(reduction=reduction, **options)
    return lambda *inputs: loss(*inputs) * case.times


def tensors(case, inputs):
    """Return the inputs as tensors, of which the differentiable ones collect a gradient."""
    arrays = [np.array(x) for x in inputs]
    return [
        torch.tensor(x, requires_grad=at < case.kind.differentiable) for at, x in enumerate(arrays)
    ]


@pytest.mark.parametrize(
    ("dtype", "rtol", "gradient_rtol"),
    [(np.float64, 1e-10, 1e-8), (np.float32, 1e-5, 1e-5)],
    ids=["f64", "f32"],
)
@pytest.mark.parametrize(("case", "reduction"), PAIRS, ids=str)
def test_values_and_gradients_are_pytorchs(case, reduction, dtype, rtol, gradient_rtol):
    inputs, grad = case.inputs(dtype), weights(case, reduction, dtype)
    theirs = tensors(case, inputs)
    value = counterpart(case, reduction, dtype)(*theirs)
    value.backward(torch.tensor(grad))

    loss = case.build(reduction)
    result = loss(*inputs)
    assert np.shape(result) == value.shape
    np.testing.assert_allclose(result, value.detach(), rtol=rtol, atol=rtol / 10)
    for gradient, x in zip(gradients(loss, grad), theirs, strict=False):
        np.testing.assert_allclose(gradient, x.grad, rtol=gradient_rtol, atol=gradient_rtol / 10)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize(
    "case", [c for c in CASES if c.exact_in_pytorch and [*c.extremes(np.float64)]], ids=str
)
def test_extremes_are_pytorchs_where_those_are_finite(case, dtype):
    loss, compared, eps = case.build("none"), 0, np.finfo(dtype).eps
    for inputs in case.extremes(dtype):
        theirs = tensors(case, inputs)
        value = counterpart(case, "none", dtype)(*theirs)
        value.sum().backward()
        expected = [x.grad for x in theirs[: case.kind.differentiable]]
        if not all(torch.isfinite(tensor).all() for tensor in (value, *expected)):
            continue
        compared += 1
        np.testing.assert_allclose(loss(*inputs), value.detach(), rtol=4 * eps, atol=eps)
        for gradient, theirs_ in zip(gradients(loss), expected, strict=True):
            # PyTorch's 1e-12 is one in single precision, about 4e-9 off.
            np.testing.assert_allclose(gradient, theirs_, rtol=1e-8 + 4 * eps, atol=eps)
    assert compared > 10
