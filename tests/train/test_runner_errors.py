import contextlib

import numpy as np
import pytest

from minidl.losses import BCELoss, ElementwiseLoss, MSELoss
from minidl.nn import Linear
from minidl.optim import BatchGD, UpdateRule
from minidl.train import DivergenceError, Runner
from tests.train.helpers import DEV, TRAIN, Diary, blobs, make_runner

X, y = TRAIN


def wide():
    return np.ones((5, 3)), np.ones((5, 1))


@pytest.mark.parametrize(
    ("train_set", "dev_set", "options", "words"),
    [
        (TRAIN, None, {"num_epochs": 0}, "num_epochs: expected at least 1, received 0"),
        (TRAIN, None, {"num_epochs": -5}, "num_epochs: expected at least 1, received -5"),
        (TRAIN, None, {"num_epochs": 1.5}, "num_epochs: expected a whole number"),
        (TRAIN, None, {"num_epochs": None}, "num_epochs: expected a whole number"),
        (TRAIN, None, {"num_epochs": True}, "num_epochs: expected a whole number"),
        (TRAIN, None, {"batch_size": 0}, "batch_size: expected at least 1, received 0"),
        (TRAIN, None, {"batch_size": 8.0}, "batch_size: expected a whole number"),
        (TRAIN, DEV, {"eval_epochs": 0}, "eval_epochs: expected at least 1, received 0"),
        (TRAIN, DEV, {"eval_epochs": 3}, r"eval_epochs: expected at most 2, .* received 3"),
        (TRAIN, DEV, {"eval_steps": 0}, "eval_steps: expected at least 1, received 0"),
        (TRAIN, DEV, {"eval_steps": -1}, "eval_steps: expected at least 1, received -1"),
        (TRAIN, DEV, {"eval_steps": 3}, r"eval_steps: expected at most 2, .* received 3"),
        (TRAIN, DEV, {"eval_steps": 7, "batch_size": 16}, "eval_steps: expected at most 6, "),
        (TRAIN, DEV, {"log_epochs": 0}, "log_epochs: expected at least 1, received 0"),
        (TRAIN, None, {"save_dir": "models"}, "expected a dev_set with save_dir"),
        ((X[:0], y[:0]), None, {}, "train_set: expected at least one sample, received none"),
        (TRAIN, (X[:0], y[:0]), {}, "dev_set: expected at least one sample, received none"),
        (TRAIN, wide(), {}, r"dev_set: expected inputs of shape \(N, 2\) as in .* \(5, 3\)"),
        (TRAIN, (X, np.ones((40, 2))), {}, r"dev_set: expected labels of shape .* \(40, 2\)"),
        (TRAIN, (X, y[:, 0]), {}, r"dev_set: expected labels of shape .* received \(40,\)"),
        ((X, y[:-1]), None, {}, r"train_set: expected as many labels as inputs, received \(40, 2"),
        (TRAIN, (X, y[:-1]), {}, "dev_set: expected as many labels as inputs"),
        (X, None, {}, r"train_set: expected a pair \(X, y\), .*, received an array"),
        ((X, y, y), None, {}, r"train_set: expected a pair \(X, y\)"),
        (None, None, {}, r"train_set: expected a pair \(X, y\), .*, received None"),
        ((X, ["a"] * 40), None, {}, "train_set: y: expected an array of real numbers, received"),
        (("text", y), None, {}, "train_set: X: expected an array of real numbers"),
        ((1.0, 2.0), None, {}, "train_set: expected as many labels as inputs"),
    ],
)
def test_what_cannot_be_trained_is_refused_before_anything_happens(
    train_set, dev_set, options, words
):
    diary = Diary()
    runner = make_runner(listeners=[diary])
    before = runner.model.state_dict()
    with pytest.raises((ValueError, TypeError), match=words):
        runner.train(train_set, dev_set, **{"num_epochs": 2, **options})
    assert diary.pages == []
    assert (runner.epoch, runner.history.train_loss) == (0, [])
    assert all(np.array_equal(a, before[n]) for n, a in runner.model.state_dict().items())


def test_the_number_of_epochs_has_no_default_and_a_misspelt_one_is_an_error():
    with pytest.raises(TypeError, match="num_epochs"):
        make_runner().train(TRAIN)
    with pytest.raises(TypeError, match="epochs"):
        make_runner().train(TRAIN, epochs=3)


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("part", [0, 1])
def test_numbers_that_are_not_finite_are_named_with_their_place(value, part):
    data = tuple(array.copy() for array in TRAIN)
    data[part][7, -1] = value
    name, column = ("X", 1) if part == 0 else ("y", 0)
    runner = make_runner()
    words = rf"{name}: expected finite numbers, received {value} at index \(7, {column}\)"
    for call, owner in [
        (lambda: runner.train(data, num_epochs=1), "train_set"),
        (lambda: runner.train(TRAIN, data, num_epochs=1), "dev_set"),
        (lambda: runner.evaluate(data), "data"),
    ]:
        with pytest.raises(ValueError, match=f"{owner}: {words}"):
            call()


def test_inputs_to_predict_are_checked_too():
    runner = make_runner()
    with pytest.raises(ValueError, match=r"X: expected finite .* nan at index \(0, 1\)"):
        runner.predict([[1.0, np.nan]])
    with pytest.raises(TypeError, match="X: expected an array of real numbers"):
        runner.predict("text")
    with pytest.raises(ValueError, match=r"Linear 'fc1': expected inputs of shape \(N, 2\)"):
        runner.predict([1.0, 2.0])


def test_finiteness_is_looked_for_once_and_not_in_the_loop(monkeypatch):
    calls = []

    def counting(array, name):
        calls.append(name)

    monkeypatch.setattr("minidl.train.arrays.check_finite", counting)
    make_runner().train(TRAIN, DEV, num_epochs=10, batch_size=8)
    assert calls == ["train_set: X", "train_set: y", "dev_set: X", "dev_set: y"]


@pytest.mark.parametrize("reduction", ["sum", "none"])
def test_a_loss_that_is_no_mean_is_refused(reduction):
    fc = Linear(2, 1)
    with pytest.raises(ValueError, match="expected a loss with reduction 'mean'"):
        Runner(fc, BatchGD(fc, lr=1), MSELoss(reduction=reduction))


def test_a_loss_may_have_a_mean_of_its_own():
    class PerSample(ElementwiseLoss):
        reductions = ("mean", "batchmean", "sum", "none")

        def divisor(self, losses, predicts, labels):
            return len(predicts) if self.reduction == "batchmean" else losses.size

    fc = Linear(2, 3)
    assert Runner(fc, BatchGD(fc, lr=1), PerSample(reduction="batchmean")).loss_fn


def test_options_of_the_runner_are_explicit():
    fc = Linear(2, 1)
    with pytest.raises(TypeError, match="learning_rate"):
        Runner(fc, BatchGD(fc, lr=1), MSELoss(), learning_rate=3)


def test_flat_labels_come_with_advice():
    with pytest.raises(
        ValueError, match=r"one shape, received \(40, 1\) and \(40,\); try labels.r"
    ):
        make_runner().train((X, y[:, 0]), num_epochs=1)


# Divergence


def regression(lr, **options):
    model = Linear(2, 1, rng=0)
    return Runner(model, BatchGD(model, lr=lr), MSELoss(), metric=None, **options)


def test_a_rate_that_is_too_high_ends_in_an_error_that_says_so_without_warnings():
    diary = Diary()
    runner = regression(1e3, listeners=[diary])
    words = r"expected a finite loss, received (inf|nan) in epoch \d+ .* smaller .* than 1000"
    with pytest.raises(DivergenceError, match=words):
        runner.train(TRAIN, num_epochs=1000)
    assert len(runner.history.train_loss) == runner.epoch == runner.step > 10
    assert np.isfinite(runner.history.train_loss).all()
    assert diary.pages[-1][0] == "on_train_end"


def test_the_error_names_the_epoch_in_which_it_happened():
    runner = regression(1e3)
    with pytest.raises(DivergenceError) as info:
        runner.train(TRAIN, num_epochs=1000)
    assert f"in epoch {runner.epoch + 1} (after {runner.step} steps)" in str(info.value)


def test_divergence_is_found_on_the_dev_set_too():
    runner = make_runner(lr=0.5)
    runner.model.layers[0].params["W"][:] = np.nan
    for call in (
        lambda: runner.train(TRAIN, DEV, num_epochs=1),
        lambda: runner.train(TRAIN, num_epochs=1),
    ):
        with pytest.raises(DivergenceError, match="received nan in epoch 1"):
            call()


def test_a_last_step_that_ruins_the_model_is_found_by_the_evaluation_after_it():
    class Ruin(Diary):
        def on_step_end(self, runner):
            if runner.step == 3:
                runner.model.layers[0].params["W"][:] = np.nan

    runner = make_runner(listeners=[Ruin()])
    with pytest.raises(DivergenceError, match=r"received nan in epoch 3 \(after 3 steps\)"):
        runner.train(TRAIN, DEV, num_epochs=10)
    assert len(runner.history.train_loss) == 3
    assert len(runner.history.dev_loss) == 2


def test_evaluating_a_ruined_model_says_so():
    runner = make_runner()
    runner.model.layers[0].params["W"][:] = np.nan
    with pytest.raises((ValueError, DivergenceError), match=r"NaN|nan"):
        runner.evaluate(blobs(10))


def test_a_run_near_the_edge_of_floating_point_does_not_warn():
    runner = make_runner(lr=1e308)
    with contextlib.suppress(DivergenceError):
        runner.train(TRAIN, DEV, num_epochs=5)


def test_a_loss_on_probabilities_stays_finite_at_any_rate():
    runner = make_runner(lr=1e4)
    runner.train(TRAIN, DEV, num_epochs=50)
    assert np.isfinite(runner.history.train_loss).all()
    assert max(runner.history.train_loss) <= 100


def test_errors_in_a_step_reach_the_reader_and_listeners_are_told_of_the_end():
    diary = Diary()
    runner = make_runner(listeners=[diary])
    with pytest.raises(ValueError, match="expected labels in"):
        runner.train((X, 2 * y), num_epochs=1)
    assert [page[0] for page in diary.pages] == ["on_train_begin", "on_epoch_begin", "on_train_end"]


def test_without_a_learning_rate_the_advice_names_none():
    class Wild(UpdateRule):
        def update(self, parameter, grad, group):
            parameter.value *= 1e200

    model = Linear(2, 1, rng=0)
    runner = Runner(model, Wild(model), MSELoss(), metric=None)
    with pytest.raises(DivergenceError, match="try a smaller learning rate, or inputs"):
        runner.train(TRAIN, num_epochs=10)


def test_labels_of_the_bce_loss():
    assert BCELoss()(np.full((2, 1), 0.5), y[:2]) > 0
