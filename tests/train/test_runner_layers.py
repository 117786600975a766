"""The Runner with layers whose inputs are images or indices, or whose buffers move."""

import numpy as np
import pytest

from minidl.losses import BCELoss, MSELoss
from minidl.nn import BatchNorm1d, Conv2d, Embedding, Linear, Logistic, ReLU, Sequential
from minidl.op import Op
from minidl.optim import SGD, BatchGD
from minidl.train import Listener, Runner
from tests.train.helpers import DEV, TRAIN


class Flatten(Op):
    def forward(self, x):
        self.save_for_backward(x.shape)
        return x.reshape(len(x), -1)

    def backward(self, grad):
        return grad.reshape(self.saved_for_backward())


def normalizing():
    layers = [Linear(2, 4, rng=0), BatchNorm1d(4, name="bn"), Logistic(), Linear(4, 1, rng=1)]
    model = Sequential(*layers, Logistic())
    return Runner(model, BatchGD(model, lr=0.5), BCELoss(), rng=0)


def state_of(runner):
    return {name: array.tolist() for name, array in runner.model.state_dict().items()}


def test_running_statistics_move_in_training_and_in_no_evaluation():
    runner = normalizing()
    runner.train(TRAIN, num_epochs=3)
    assert runner.model.layers[1].buffers["num_batches_tracked"] == 3
    before = state_of(runner)
    runner.evaluate(DEV)
    runner.predict(DEV[0])
    assert state_of(runner) == before


def test_a_listener_that_leaves_the_model_in_evaluation_costs_no_step_of_training():
    class Leaving(Listener):
        def on_step_end(self, runner):
            runner.model.eval()

    runner, other = normalizing(), normalizing()
    runner.listeners.append(Leaving())
    for each in (runner, other):
        each.train(TRAIN, num_epochs=2, batch_size=10)
    assert state_of(runner) == state_of(other)


def test_nothing_is_kept_for_backward_after_an_evaluation():
    runner = normalizing()
    runner.train(TRAIN, num_epochs=1)
    for use in (lambda: runner.evaluate(DEV), lambda: runner.predict(DEV[0])):
        runner.model(TRAIN[0])
        use()
        with pytest.raises(RuntimeError, match="expected a forward pass before backward"):
            runner.model.backward(np.ones((len(TRAIN[0]), 1)))


def test_a_run_that_is_resumed_has_the_statistics_of_one_that_went_on(tmp_path):
    whole, first, second = normalizing(), normalizing(), normalizing()
    whole.train(TRAIN, DEV, num_epochs=6, batch_size=8)
    first.train(TRAIN, DEV, num_epochs=3, batch_size=8)
    first.save_checkpoint(tmp_path / "run.npz")
    second.resume(tmp_path / "run.npz")
    second.train(TRAIN, DEV, num_epochs=3, batch_size=8)
    assert state_of(second) == state_of(whole)
    assert second.history == whole.history


def test_a_saved_model_brings_its_statistics_along(tmp_path):
    runner, other = normalizing(), normalizing()
    runner.train(TRAIN, num_epochs=3)
    runner.save_model(tmp_path / "model")
    other.load_model(tmp_path / "model")
    assert state_of(other) == state_of(runner)
    assert np.array_equal(other.predict(DEV[0]), runner.predict(DEV[0]))


def words(sparse):
    table = Embedding(50, 3, sparse=sparse, rng=0, name="words")
    model = Sequential(table, Flatten(name="flat"), Linear(6, 1, rng=1, name="fc"))
    return Runner(model, SGD(model, lr=0.2, momentum=0.0), MSELoss(), metric=None, rng=0)


def test_a_table_of_words_learns_by_dense_and_by_sparse_gradients_alike():
    X = np.random.default_rng(0).integers(0, 20, (60, 2))
    y = (X[:, :1] > X[:, 1:]).astype(float)
    dense, sparse = words(False), words(True)
    untouched = sparse.model.layers[0].params["W"][20:].copy()
    for runner in (dense, sparse):
        runner.train((X, y), num_epochs=40, batch_size=10)
    assert sparse.history.train_loss[-1] < 0.2 * sparse.history.train_loss[0]
    np.testing.assert_allclose(sparse.predict(X), dense.predict(X), rtol=1e-9, atol=1e-9)
    assert np.array_equal(sparse.model.layers[0].params["W"][20:], untouched)


def test_images_of_bars_are_told_apart_by_a_convolution():
    rng = np.random.default_rng(0)
    X, y = 0.1 * rng.standard_normal((60, 1, 6, 6)).astype(np.float32), rng.integers(0, 2, (60, 1))
    for image, upright in zip(X[:, 0], y[:, 0], strict=True):
        (image.T if upright else image)[rng.integers(6)] += 1
    model = Sequential(
        Conv2d(1, 4, 3, rng=0, dtype=np.float32),
        ReLU(),
        Conv2d(4, 4, 3, stride=2, padding="valid", rng=1, dtype=np.float32),
        Flatten(),
        Linear(4, 1, rng=2, dtype=np.float32),
        Logistic(),
    )
    runner = Runner(model, BatchGD(model, lr=0.1), BCELoss(), rng=0)
    runner.train((X, y.astype(np.float32)), num_epochs=60, batch_size=20)
    score, _ = runner.evaluate((X, y.astype(np.float32)))
    assert score > 0.95
    assert {p.value.dtype for p in model.parameters()} == {np.dtype(np.float32)}
