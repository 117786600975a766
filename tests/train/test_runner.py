import numpy as np
import pytest

from minidl.losses import BCELoss, MSELoss
from minidl.metrics import accuracy
from minidl.models import logistic_regression
from minidl.nn import Linear, Sequential
from minidl.optim import BatchGD
from minidl.train import DivergenceError, Runner
from tests.train.helpers import DEV, TRAIN, Diary, Jitter, blobs, make_runner


def trained(num_epochs=5, **options):
    runner = make_runner(rng=0)
    runner.train(TRAIN, DEV, num_epochs=num_epochs, **options)
    return runner


def by_hand(num_epochs, lr):
    """The same training written out, with the losses and scores of train and dev."""
    W1, b1, W2, b2 = (p.value for p in make_runner().model.parameters())
    figures = []
    for _ in range(num_epochs):
        row = []
        for X, y in (TRAIN, DEV):
            h = 1 / (1 + np.exp(-(X @ W1 + b1)))
            p = 1 / (1 + np.exp(-(h @ W2 + b2)))
            row += [-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)), np.mean((p >= 0.5) == y)]
            if X is TRAIN[0]:
                d2 = (p - y) / len(X)
                d1 = d2 @ W2.T * h * (1 - h)
                W2 -= lr * h.T @ d2
                b2 -= lr * d2.sum(axis=0, keepdims=True)
                W1 -= lr * X.T @ d1
                b1 -= lr * d1.sum(axis=0, keepdims=True)
        figures.append(row)
    return np.array(figures).T


def test_the_history_is_that_of_the_loop_written_out():
    runner = trained(20)
    train_loss, train_score, dev_loss, dev_score = by_hand(20, 0.5)
    assert np.allclose(runner.history.train_loss, train_loss, rtol=1e-12)
    assert np.allclose(runner.history.dev_loss, dev_loss, rtol=1e-12)
    assert np.allclose(runner.history.train_score, train_score)
    assert np.allclose(runner.history.dev_score, dev_score)
    assert runner.history.train_steps == runner.history.dev_steps == list(range(1, 21))


def test_the_history_holds_plain_numbers():
    for values in vars(trained().history).values():
        assert {type(value) for value in values} <= {float, int}


def test_a_metric_may_return_numpys_numbers_and_the_history_stays_plain():
    runner = make_runner(metric=lambda predicts, labels: (predicts.round() == labels).mean())
    runner.train(TRAIN, DEV, num_epochs=2, batch_size=16)
    assert {type(v) for values in vars(runner.history).values() for v in values} == {float, int}
    assert type(runner.evaluate(DEV)[0]) is float
    assert type(runner.train_step(*TRAIN)[1]) is float


def test_a_loss_that_is_not_finite_is_named_before_a_metric_stumbles_over_it():
    def strict(predicts, labels):
        assert np.isfinite(predicts).all()
        return 0.0

    runner = make_runner(metric=strict)
    runner.model.layers[0].params["W"][:] = np.nan
    with pytest.raises(DivergenceError, match="in epoch 1"):
        runner.train(TRAIN, DEV, num_epochs=1)


def test_learning_works():
    runner = trained(300)
    assert runner.history.train_loss[-1] < runner.history.train_loss[0] / 2
    assert runner.evaluate(DEV)[0] > 0.85


def test_training_goes_on_where_it_ended():
    once, twice = trained(6), trained(2)
    twice.train(TRAIN, DEV, num_epochs=4)
    assert (twice.epoch, twice.step) == (once.epoch, once.step) == (6, 6)
    assert twice.history == once.history


def test_without_a_dev_set_nothing_is_recorded_of_one():
    runner = make_runner()
    runner.train(TRAIN, num_epochs=3)
    assert len(runner.history.train_loss) == 3
    assert runner.history.dev_loss == runner.history.dev_score == runner.history.dev_steps == []


def test_without_a_metric_there_is_no_score():
    runner = make_runner(metric=None)
    runner.train(TRAIN, DEV, num_epochs=3)
    assert runner.history.train_score == runner.history.dev_score == []
    assert len(runner.history.train_loss) == len(runner.history.dev_loss) == 3
    assert runner.evaluate(DEV) == (None, pytest.approx(runner.history.dev_loss[-1]))
    assert runner.best.score == -min(runner.history.dev_loss)


def test_any_function_of_predictions_and_labels_is_a_metric():
    runner = make_runner(metric=lambda predicts, labels: -float(abs(predicts - labels).max()))
    runner.train(TRAIN, DEV, num_epochs=3)
    assert all(-1 <= score < 0 for score in runner.history.dev_score)


# Using the model


def everything(runner):
    model = runner.model
    return (
        repr(runner.history),
        [(p.name, p.value.tobytes()) for p in model.parameters()],
        [layer.training for _, layer in model.named_layers()],
        (runner.epoch, runner.step, runner.best.score, runner.best.step, runner.stop_reason),
        repr(runner.rng.bit_generator.state),
        repr(runner.optimizer.state_dict()),
    )


@pytest.mark.parametrize("mode", ["train", "eval"])
def test_evaluate_is_a_pure_query(mode):
    runner = trained()
    diary = Diary()
    runner.listeners.append(diary)
    getattr(runner.model, mode)()
    before = everything(runner)
    first = runner.evaluate(blobs(30, 7))
    assert runner.evaluate(blobs(30, 7)) == first
    assert everything(runner) == before
    assert diary.pages == []


def test_evaluating_the_test_set_does_not_touch_the_dev_history():
    runner = trained()
    dev = list(runner.history.dev_loss), list(runner.history.dev_score)
    runner.evaluate(blobs(30, 7))
    assert (runner.history.dev_loss, runner.history.dev_score) == dev


def test_evaluate_gives_score_and_loss():
    runner = trained()
    X, y = DEV
    predicts = runner.model(X)
    assert runner.evaluate(DEV) == (accuracy(predicts, y), BCELoss()(predicts, y))
    assert runner.evaluate(DEV) == (runner.history.dev_score[-1], runner.history.dev_loss[-1])


def test_predict_is_the_model_in_evaluation_mode():
    noise, fc = Jitter(0), Linear(2, 1, rng=0)
    runner = Runner(Sequential(noise, fc), BatchGD(fc, lr=1), MSELoss(), metric=None)
    assert np.array_equal(runner.predict([[1.0, 2.0]]), fc(np.array([[1.0, 2.0]])))
    assert runner.model.training
    assert noise.training
    assert noise.buffers["passes"] == 0


def test_evaluation_within_training_is_in_evaluation_mode_and_training_is_not():
    class Modes(Diary):
        def on_evaluate_begin(self, runner):
            self.before = noise.buffers["passes"].copy()

        def on_evaluate_end(self, runner):
            assert np.array_equal(noise.buffers["passes"], self.before)
            assert noise.training

    noise = Jitter(0)
    model = Sequential(noise, Linear(2, 1, rng=0))
    runner = Runner(model, BatchGD(model, lr=0.1), MSELoss(), metric=None, listeners=[Modes()])
    data = (np.ones((4, 2)), np.ones((4, 1)))
    model.eval()
    runner.train(data, data, num_epochs=3)
    assert noise.buffers["passes"] == 3


def test_the_mode_comes_back_when_a_prediction_fails():
    runner = trained()
    with pytest.raises(ValueError, match="expected inputs of shape"):
        runner.predict(np.ones((3, 5)))
    assert all(layer.training for _, layer in runner.model.named_layers())


def test_a_layer_that_was_frozen_in_evaluation_mode_stays_so():
    runner = trained()
    frozen, *others = runner.model.layers
    frozen.eval()
    runner.evaluate(DEV)
    assert not frozen.training
    assert runner.model.training
    assert all(layer.training for layer in others)


def test_data_may_be_lists_and_whole_numbers():
    runner = make_runner()
    runner.train(([[0, 1], [2, 3]], [[0], [1]]), num_epochs=2)
    assert runner.predict([[1, 2]]).shape == (1, 1)
    assert 0 <= runner.evaluate([[[0, 1]], [[1]]])[0] <= 1


def test_data_is_left_as_it_was():
    frozen = []
    for X, y in (TRAIN, DEV):
        X, y = X.copy(), y.copy()
        X.setflags(write=False)
        y.setflags(write=False)
        frozen.append((X, y))
    make_runner().train(*frozen, num_epochs=2, batch_size=16)


def test_single_precision_is_kept():
    model = logistic_regression(2, rng=0, dtype=np.float32)
    runner = Runner(model, BatchGD(model, lr=0.5), BCELoss())
    runner.train(TRAIN, DEV, num_epochs=3)
    assert {p.value.dtype for p in model.parameters()} == {np.dtype(np.float32)}
    assert runner.predict(DEV[0]).dtype == np.float32
