import math

import numpy as np
import pytest

from minidl.losses import CrossEntropyLoss, MSELoss
from minidl.models import FullyConnectedNet
from minidl.nn import Embedding, Linear
from minidl.optim import SGD
from minidl.parameter import Parameter
from minidl.penalties import L2, ClipGradNorm, ClipGradValue, clip_grad_norm_, clip_grad_value_
from minidl.penalties.gradients import norm_of
from minidl.train import Runner

SHAPES = {"W": (4, 3), "b": (1, 3), "V": (3, 2)}
NORMS = [1.0, 2.0, 3.5, 0.5, math.inf]
both_dtypes = pytest.mark.parametrize("dtype", [np.float64, np.float32])


def parameters_with(grads):
    params = {key: np.zeros_like(grad) for key, grad in grads.items()}
    return [Parameter(key, key, params, grads) for key in params]


def gradients(dtype=np.float64, scale=1.0, seed=0):
    rng = np.random.default_rng(seed)
    return {k: (scale * rng.standard_normal(s)).astype(dtype) for k, s in SHAPES.items()}


@pytest.mark.torch
@both_dtypes
@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e6])
@pytest.mark.parametrize("max_norm", [0, 0.5, 7.0, 100])
@pytest.mark.parametrize("norm_type", NORMS)
def test_clipping_by_norm_is_pytorchs(dtype, scale, max_norm, norm_type):
    torch = pytest.importorskip("torch")
    grads = gradients(dtype, scale)
    theirs = [torch.zeros(g.shape, dtype=torch.tensor(g).dtype) for g in grads.values()]
    for tensor, grad in zip(theirs, grads.values(), strict=True):
        tensor.grad = torch.tensor(grad)
    expected = torch.nn.utils.clip_grad_norm_(theirs, max_norm, norm_type)
    norm = clip_grad_norm_(parameters_with(grads), max_norm, norm_type)
    tolerance = 1e-12 if dtype == np.float64 else 2e-6
    assert norm == pytest.approx(expected.item(), rel=tolerance)
    for grad, tensor in zip(grads.values(), theirs, strict=True):
        assert grad.dtype == dtype
        np.testing.assert_allclose(grad, tensor.grad.numpy(), rtol=tolerance, atol=1e-12)


@pytest.mark.torch
@both_dtypes
@pytest.mark.parametrize("clip_value", [0, 0.5, 3.0])
def test_clipping_by_value_is_pytorchs(dtype, clip_value):
    torch = pytest.importorskip("torch")
    grads = gradients(dtype)
    grads["W"][0, 0] = np.nan
    theirs = [torch.zeros(g.shape, dtype=torch.tensor(g).dtype) for g in grads.values()]
    for tensor, grad in zip(theirs, grads.values(), strict=True):
        tensor.grad = torch.tensor(grad)
    torch.nn.utils.clip_grad_value_(theirs, clip_value)
    clip_grad_value_(parameters_with(grads), clip_value)
    for grad, tensor in zip(grads.values(), theirs, strict=True):
        assert np.array_equal(grad, tensor.grad.numpy(), equal_nan=True)


@pytest.mark.torch
@pytest.mark.parametrize("bad", [np.nan, np.inf])
def test_gradients_that_are_not_finite_become_what_they_become_in_pytorch(bad):
    torch = pytest.importorskip("torch")
    grads = gradients()
    grads["b"][0, 1] = bad
    theirs = [torch.zeros(g.shape) for g in grads.values()]
    for tensor, grad in zip(theirs, grads.values(), strict=True):
        tensor.grad = torch.tensor(grad, dtype=torch.float32)
    torch.nn.utils.clip_grad_norm_(theirs, 1.0)
    norm = clip_grad_norm_(parameters_with(grads), 1.0)
    assert norm == bad or np.isnan(norm) == np.isnan(bad) == True  # noqa: E712
    for grad, tensor in zip(grads.values(), theirs, strict=True):
        assert np.array_equal(grad, tensor.grad.numpy(), equal_nan=True)
    grads["b"][0, 1] = bad
    with pytest.raises(RuntimeError, match="expected gradients with a finite norm, received"):
        clip_grad_norm_(parameters_with(grads), 1.0, error_if_nonfinite=True)


def test_small_gradients_are_left_as_they_are():
    grads = gradients()
    before = {key: grad.copy() for key, grad in grads.items()}
    clip_grad_norm_(parameters_with(grads), 100.0)
    assert all(np.array_equal(grads[key], before[key]) for key in grads)


@pytest.mark.parametrize("size", [1e200, 1e-200, 0.0])
@pytest.mark.parametrize("norm_type", NORMS)
def test_a_norm_neither_overflows_nor_vanishes(size, norm_type):
    if norm_type == 0.5 and size == 1e200:
        size = 1e190
    found = norm_of([np.full((2, 2), size), np.full(1, -size)], norm_type)
    expected = size if norm_type == math.inf else size * 5 ** (1 / norm_type)
    assert found == pytest.approx(expected, rel=1e-12)


def test_a_gradient_that_an_op_shares_with_others_is_not_written_into():
    shared = np.full((2, 2), 10.0)
    grads = {"W": shared}
    clip_grad_norm_(parameters_with(grads), 1.0)
    clip_grad_value_(parameters_with(grads), 0.1)
    assert (shared == 10).all()
    assert np.abs(grads["W"]).max() == 0.1


def test_a_sparse_gradient_counts_and_is_clipped_row_by_row():
    words = Embedding(5, 3, sparse=True, rng=0)
    words(np.array([1, 4, 1]))
    words.backward(np.full((3, 3), 2.0))
    (key,) = words.grads
    dense = {key: words.grads[key].to_dense()}  # with 4 for the word that is there twice
    norm = clip_grad_norm_(words, 1.0)
    assert norm == clip_grad_norm_(parameters_with(dense), 1.0) == math.sqrt(3 * (4**2 + 2**2))
    np.testing.assert_allclose(words.grads[key].to_dense(), dense[key])
    clip_grad_value_(words, 0.2)
    clip_grad_value_(parameters_with(dense), 0.2)
    np.testing.assert_allclose(words.grads[key].to_dense(), dense[key])


def test_a_runner_clips_last_what_penalties_have_added():
    X, y = np.ones((4, 2)), np.full((4, 1), 100.0)

    def moved(*penalties):
        fc = Linear(2, 1, rng=0)
        before = fc.state_dict()
        Runner(fc, SGD(fc, lr=1.0), MSELoss(), metric=None, penalties=penalties).train(
            (X, y), num_epochs=1
        )
        return np.concatenate([(fc.params[k] - before[k]).ravel() for k in ("W", "b")])

    clip = ClipGradNorm(0.5)
    free, pulled = moved(), moved(L2(10.0))
    clipped = moved(L2(10.0), clip)
    assert np.linalg.norm(free) > 100
    assert clip.last_norm == pytest.approx(np.linalg.norm(pulled))
    np.testing.assert_allclose(clipped, pulled * 0.5 / (np.linalg.norm(pulled) + 1e-6))
    assert np.abs(moved(ClipGradValue(0.25))).max() == pytest.approx(0.25)
    weights_alone = moved(ClipGradValue(0.25, pattern=r"^W$"))
    assert (np.abs(weights_alone[:2]).max(), weights_alone[2]) == (pytest.approx(0.25), free[2])


def test_a_rate_that_is_too_high_is_survived_with_clipping():
    rng = np.random.default_rng(0)
    X, y = 1000 * rng.standard_normal((40, 3)), rng.integers(0, 2, 40)
    net = FullyConnectedNet(3, [8], 2, weight_scale=10, rng=0)
    clip = ClipGradNorm(1.0)
    runner = Runner(net, SGD(net, lr=0.1), CrossEntropyLoss(), penalties=[clip], rng=0)
    before = net.state_dict()
    runner.train((X, y), num_epochs=1)
    change = [net.state_dict()[name] - before[name] for name in before]
    assert clip.last_norm > 1000
    assert math.sqrt(sum((d**2).sum() for d in change)) == pytest.approx(0.1, rel=1e-6)


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda fc: clip_grad_norm_(fc, -1), ValueError, "max_norm: expected a finite number ≥ 0"),
        (lambda fc: clip_grad_norm_(fc, np.inf), ValueError, "max_norm: expected a finite"),
        (lambda fc: clip_grad_norm_(fc, 1, 0), ValueError, "norm_type: expected a finite number >"),
        (lambda fc: clip_grad_value_(fc, "1"), TypeError, "clip_value: expected a number"),
        (lambda fc: clip_grad_norm_(fc.params, 1), TypeError, "expected a model or parameters, re"),
        (lambda fc: clip_grad_norm_(None, 1), TypeError, "expected a model or parameters, rec"),
        (lambda fc: clip_grad_norm_(fc, 1), RuntimeError, "W: expected a gradient, received none"),
        (lambda fc: ClipGradNorm(-1), ValueError, "max_norm: expected a finite number ≥ 0"),
        (lambda fc: ClipGradNorm(1, "two"), TypeError, "norm_type: expected a number"),
        (lambda fc: ClipGradValue(True), TypeError, "clip_value: expected a number"),
        (lambda fc: ClipGradValue(1, "["), ValueError, "pattern: expected a regular expression"),
    ],
)
def test_what_will_not_do_is_a_clear_error(call, error, words):
    with pytest.raises(error, match=words):
        call(Linear(2, 1))


def test_they_show_their_arguments():
    assert repr(ClipGradNorm(2.5, math.inf)) == "ClipGradNorm(2.5, norm_type=inf)"
    assert repr(ClipGradValue(0.5)) == "ClipGradValue(0.5)"
