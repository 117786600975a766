"""Every optimizer goes the way of PyTorch's."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.parameter import Parameter
from tests.contracts.optimizer_cases import CASES, X, Y, all_rows, run

torch = pytest.importorskip("torch")

pytestmark = pytest.mark.torch
every_optimizer = pytest.mark.parametrize("case", CASES, ids=str)
both_dtypes = pytest.mark.parametrize(
    ("dtype", "tolerance"), [(np.float64, 1e-12), (np.float32, 1e-5)], ids=["f64", "f32"]
)
SHAPES = [(3, 4), (1, 4), (4, 2)]


@pytest.fixture(autouse=True)
def _numbers_in_full_precision():
    """ASGD of PyTorch keeps its rate in the default dtype."""
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(torch.float32)


def of_rows(case):
    return not getattr(case.kind, "takes_dense", True)


def start(dtype):
    rng = np.random.default_rng(3)
    return [rng.standard_normal(shape).astype(dtype) for shape in SHAPES]


def gradients(values, step, *, on_a_slope):
    """Return the gradients to give: drawn anew at each step, or those of a bowl at the values."""
    rng = np.random.default_rng(0 if on_a_slope else step)
    drawn = [rng.uniform(0.5, 3, value.shape).astype(value.dtype) for value in values]
    if on_a_slope:
        return [slope * value for slope, value in zip(drawn, values, strict=True)]
    return [gradient - 1 for gradient in drawn]


def height(values, grads):
    """Return the loss of which these are the gradients, on the slope."""
    pairs = zip(values, grads, strict=True)
    return 0.5 * sum(float((v * g).sum(dtype=np.float64)) for v, g in pairs)


def our_way(case, dtype, steps):
    names, values = "abc", start(dtype)
    params, grads = dict(zip(names, values, strict=True)), {}
    optimizer = case.build([Parameter(key, key, params, grads) for key in params])

    def closure():
        given = gradients(values, step, on_a_slope=case.kind.needs_closure)
        form = all_rows if of_rows(case) else np.asarray
        grads.update(zip(names, map(form, given), strict=True))
        return height(values, given)

    for step in range(steps):  # noqa: B007 - the closure reads it
        optimizer.step(closure)
    return values


def their_way(case, dtype, steps):
    values = start(dtype)
    tensors = [torch.tensor(value, requires_grad=True) for value in values]
    optimizer = getattr(torch.optim, case.pytorch)(tensors, **case.options)

    def closure():
        now = [tensor.detach().numpy() for tensor in tensors]
        given = gradients(now, step, on_a_slope=case.kind.needs_closure)
        for tensor, grad in zip(tensors, given, strict=True):
            tensor.grad = torch.tensor(grad).to_sparse(1) if of_rows(case) else torch.tensor(grad)
        return height(now, given)

    for step in range(steps):  # noqa: B007 - the closure reads it
        optimizer.step(closure)
    return [tensor.detach().numpy() for tensor in tensors]


@every_optimizer
@both_dtypes
def test_a_hundred_steps_on_given_gradients_are_pytorchs(case, dtype, tolerance):
    pairs = zip(our_way(case, dtype, 100), their_way(case, dtype, 100), strict=True)
    for ours, theirs in pairs:
        scale = max(1.0, np.abs(theirs).max())
        np.testing.assert_allclose(ours, theirs, rtol=tolerance, atol=tolerance * scale)


def their_network(case, steps, dtype):
    model = case.network(dtype=dtype)
    W1, b1, W2, b2 = tensors = [
        torch.tensor(p.value.copy(), requires_grad=True) for p in model.parameters()
    ]
    optimizer = getattr(torch.optim, case.pytorch)(tensors, **case.options)
    x, y = torch.tensor(X.astype(dtype)), torch.tensor(Y.astype(dtype))

    def closure():
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(torch.tanh(x @ W1 + b1) @ W2 + b2, y)
        loss.backward()
        if of_rows(case):
            for tensor in tensors:
                tensor.grad = tensor.grad.to_sparse(1)
        return loss

    losses = [float(optimizer.step(closure).detach()) for _ in range(steps)]
    return losses, [tensor.detach().numpy() for tensor in tensors]


@every_optimizer
@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-8), (np.float32, 2e-4)])
def test_a_network_is_trained_as_by_pytorch(case, dtype, tolerance):
    steps = 4 if case.kind.needs_closure else 20
    model = case.network(dtype=dtype)
    losses = run(model, case.build(model), steps)
    their_losses, theirs = their_network(case, steps, dtype)
    np.testing.assert_allclose(losses, their_losses, rtol=tolerance, atol=tolerance)
    for ours, expected in zip(model.parameters(), theirs, strict=True):
        np.testing.assert_allclose(ours.value, expected, rtol=tolerance, atol=tolerance)
