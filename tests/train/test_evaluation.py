"""Large sets go through a model in batches, with the result of one pass, and leave nothing."""

import tracemalloc

import numpy as np
import pytest

from minidl.data import ArrayDataset, DataLoader
from minidl.losses import BCELoss, MSELoss
from minidl.metrics import accuracy, mean_absolute_error, r2_score
from minidl.nn import Linear, Logistic, Sequential
from minidl.optim import BatchGD
from minidl.train import Runner
from minidl.train.arrays import NUMBERS_AT_ONCE
from tests.train.helpers import DEV, TRAIN, blobs, make_runner


def wide_runner(loss_fn, metric, D=1024):
    """A model whose inputs are so large that an evaluation takes 256 of them at a time."""
    model = Linear(D, 1, rng=0)
    model.params["W"] *= 0.01
    runner = Runner(model, BatchGD(model, lr=1e-4), loss_fn, metric)
    sizes, forward = [], model.forward
    model.forward = lambda x: (sizes.append(len(x)), forward(x))[1]
    return runner, sizes


def wide_set(N=600, D=1024):
    rng = np.random.default_rng(0)
    X = rng.standard_normal((N, D))
    return X, X[:, :1] + 0.1 * rng.standard_normal((N, 1))


@pytest.mark.parametrize("metric", [r2_score, mean_absolute_error, None])
def test_a_large_set_is_evaluated_in_batches_as_in_one_pass(metric):
    runner, sizes = wide_runner(MSELoss(), metric)
    X, y = wide_set()
    predicts = runner.model(X)
    sizes.clear()
    score, loss = runner.evaluate((X, y))
    assert sizes == [256, 256, 88]
    assert loss == pytest.approx(MSELoss()(predicts, y), rel=1e-12)
    assert score == (None if metric is None else pytest.approx(metric(predicts, y), rel=1e-12))
    sizes.clear()
    np.testing.assert_allclose(runner.predict(X), predicts, rtol=1e-12)
    assert sizes == [256, 256, 88]


def test_evaluations_within_training_go_in_batches_too():
    runner, sizes = wide_runner(MSELoss(), r2_score)
    data = wide_set()
    runner.train(data, data, num_epochs=2)
    assert sizes == [600, 256, 256, 88] * 2
    score, loss = runner.evaluate(data)
    assert (runner.history.dev_score[-1], runner.history.dev_loss[-1]) == (score, loss)


def test_a_small_set_is_evaluated_in_one_pass():
    runner, sizes = wide_runner(BCELoss(), accuracy, D=2)
    runner.model.forward = lambda x: (sizes.append(len(x)), np.full((len(x), 1), 0.5))[1]
    N = NUMBERS_AT_ONCE // 2
    X = np.zeros((N + 1, 2))
    runner.predict(X[:N])
    runner.evaluate((X[:N], np.zeros((N, 1))))
    assert sizes == [N, N]
    runner.predict(X)
    assert sizes[2:] == [N, 1]


def test_the_memory_of_an_evaluation_does_not_grow_with_the_set():
    """A hidden layer of 8 times the inputs, on images as bytes: 17 MB a batch of 1024."""
    model = Sequential(Linear(256, 2048, rng=0), Logistic(), Linear(2048, 1, rng=0), Logistic())
    runner = Runner(model, BatchGD(model, lr=0.1), BCELoss())
    peaks = []
    for N in (1024, 4096):
        data = np.ones((N, 256), dtype=np.uint8), np.ones((N, 1), dtype=np.uint8)
        tracemalloc.start()
        runner.evaluate(data)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.02 * peaks[0]
    assert peaks[1] < 40e6


@pytest.mark.parametrize("rows", [0, 1, 3])
def test_any_number_of_samples_can_be_predicted(rows):
    assert make_runner().predict(np.ones((rows, 2))).shape == (rows, 1)


def test_a_loader_is_evaluated_in_the_order_of_its_samples_and_draws_nothing():
    runner = make_runner()
    loader = DataLoader(ArrayDataset(*DEV), 6, shuffle=True, drop_last=False, rng=0)
    before = loader.state_dict()
    score, loss = runner.evaluate(loader)
    expected_score, expected_loss = runner.evaluate(DEV)
    assert (score, loss) == (expected_score, pytest.approx(expected_loss, rel=1e-12))
    runner.train(TRAIN, loader, num_epochs=2)
    assert loader.state_dict() == before


def test_a_loader_that_leaves_a_last_batch_out_is_evaluated_whole():
    runner = make_runner()
    loader = DataLoader(ArrayDataset(*DEV), 6, drop_last=True, collate_fn=backwards)
    score, loss = runner.evaluate(loader)
    expected_score, expected_loss = runner.evaluate(DEV)
    assert (score, loss) == (expected_score, pytest.approx(expected_loss, rel=1e-12))


def backwards(samples):
    return tuple(map(np.stack, zip(*samples[::-1], strict=True)))


def kept(runner):
    return [op._saved for _, op in runner.model.named_layers() if op._saved]


@pytest.mark.parametrize(
    "use",
    [
        lambda runner: runner.evaluate(DEV),
        lambda runner: runner.predict(DEV[0]),
        lambda runner: runner.train(TRAIN, DEV, num_epochs=1),
    ],
    ids=["evaluate", "predict", "train"],
)
def test_nothing_is_kept_for_backward(use):
    runner = make_runner()
    runner.train_step(*TRAIN)
    assert kept(runner)
    grads = {p.name: p.grad.copy() for p in runner.model.parameters()}
    use(runner)
    assert kept(runner) == []
    with pytest.raises(RuntimeError, match="expected a forward pass before backward"):
        runner.model.backward(np.ones((20, 1)))
    assert set(grads) == {p.name for p in runner.model.parameters()}


def test_an_evaluation_leaves_gradients_as_they_are():
    runner = make_runner()
    runner.train_step(*TRAIN)
    before = {p.name: p.grad.copy() for p in runner.model.parameters()}
    runner.evaluate(blobs(30, 3))
    for parameter in runner.model.parameters():
        assert np.array_equal(parameter.grad, before[parameter.name])
