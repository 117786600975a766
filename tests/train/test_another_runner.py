"""Listeners in another Runner, the direction of a metric, and a last step that ruins the model."""

import functools

import numpy as np
import pytest

from minidl.losses import CrossEntropyLoss, MSELoss
from minidl.metrics import accuracy, mean_absolute_error, sign_of
from minidl.nn import Linear
from minidl.optim import BatchGD
from minidl.schedules import ReduceLROnPlateau, StepLR
from minidl.train import (
    BestModel,
    CheckpointError,
    DevPredictions,
    Diagnostics,
    DivergenceError,
    EarlyStopping,
    Listener,
    LRScheduler,
    PlateauScheduler,
    Runner,
    listeners,
)
from tests.contracts.walking import classes_in
from tests.train.helpers import DEV, TRAIN, make_runner


def halving():
    return LRScheduler(StepLR(2, gamma=0.5))


def on_a_plateau():
    return PlateauScheduler(ReduceLROnPlateau(patience=0, threshold=0.5))


REMEMBERING = [EarlyStopping, BestModel, DevPredictions, Diagnostics, halving, on_a_plateau]
every_memory = pytest.mark.parametrize("kind", REMEMBERING)


def runner_with(listener, seed=0):
    return make_runner(seed=seed, lr=1e-3, listeners=[listener])


def state_after(listener, *, seed=0, epochs=3):
    runner_with(listener, seed).train(TRAIN, DEV, num_epochs=epochs)
    return repr(listener.state_dict())


def test_every_listener_that_has_a_state_can_forget_it():
    found = classes_in(listeners, Listener).values()
    stateful = {kind for kind in found if kind.state_dict is not Listener.state_dict}
    assert stateful == {type(kind()) for kind in REMEMBERING}
    assert all(kind.reset is not Listener.reset for kind in stateful)


@every_memory
def test_a_listener_begins_afresh_with_another_runner(kind):
    used = kind()
    assert state_after(used, seed=0, epochs=5) != repr(kind().state_dict())
    assert state_after(used, seed=1) == state_after(kind(), seed=1)


@every_memory
def test_a_second_training_of_the_same_runner_goes_on(kind):
    twice = kind()
    runner = runner_with(twice)
    runner.train(TRAIN, DEV, num_epochs=2)
    runner.train(TRAIN, DEV, num_epochs=1)
    assert repr(twice.state_dict()) == state_after(kind())


@every_memory
def test_a_checkpoint_continues_a_listener_that_another_runner_had(kind, tmp_path):
    first = runner_with(kind())
    first.train(TRAIN, DEV, num_epochs=2)
    first.save_checkpoint(tmp_path / "run.npz")
    used = kind()
    state_after(used, seed=3, epochs=4)
    second = runner_with(used, seed=1)
    second.resume(tmp_path / "run.npz")
    second.train(TRAIN, DEV, num_epochs=1)
    assert repr(used.state_dict()) == state_after(kind())


@every_memory
def test_a_checkpoint_holds_nothing_of_another_runner(kind, tmp_path):
    used = kind()
    state_after(used)
    runner_with(used, seed=1).save_checkpoint(tmp_path / "run.npz")
    assert repr(used.state_dict()) == repr(kind().state_dict())


# The direction of a metric


@pytest.mark.parametrize(
    ("metric", "sign"),
    [
        (accuracy, 1),
        (mean_absolute_error, -1),
        (functools.partial(mean_absolute_error), -1),
        (functools.partial(functools.partial(mean_absolute_error)), -1),
        (functools.partial(accuracy, threshold=0), 1),
        (lambda predicts, labels: 0.0, 1),
    ],
)
def test_the_direction_is_seen_through_a_partial(metric, sign):
    assert sign_of(metric) == sign
    assert sign_of(metric, True) == 1
    assert sign_of(metric, False) == -1


def test_of_a_loss_as_the_metric_lower_is_better():
    runner = make_runner(metric=MSELoss())
    runner.train(TRAIN, DEV, num_epochs=5)
    assert runner.best.score == -min(runner.history.dev_score)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"higher_is_better": False}, "score is to be low, .* score is to be high"),
        ({"metric": mean_absolute_error}, "score is to be low, .* score is to be high"),
        ({"metric": None}, "score is none, .* score is to be high"),
    ],
)
def test_a_run_of_another_direction_is_not_resumed(options, words, tmp_path):
    make_runner().save_checkpoint(tmp_path / "run.npz")
    with pytest.raises(CheckpointError, match=f"{words}; try the same metric"):
        make_runner(**options).resume(tmp_path / "run.npz")


# The last step


@pytest.mark.parametrize("epochs", [1, 3])
@pytest.mark.parametrize("dev_set", [None, DEV])
def test_a_last_step_that_ruins_the_model_is_told(epochs, dev_set):
    class Ruin(Listener):
        def on_step_end(self, runner):
            if runner.step == epochs:
                runner.model.layers[0].params["W"][0, 1] = np.nan

    runner = make_runner(listeners=[Ruin()])
    interval = {} if dev_set is None else {"eval_steps": 1}
    words = r"expected (finite weights, received nan in fc1\.W at index \(0, 1\)|a finite loss)"
    words += rf".* in epoch {epochs} \(after {epochs} steps\); try a smaller .* 0\.5"
    with pytest.raises(DivergenceError, match=words):
        runner.train(TRAIN, dev_set, num_epochs=epochs, **interval)
    assert len(runner.history.train_loss) == runner.epoch == epochs


def test_a_batch_without_a_label_that_counts_is_no_divergence():
    model = Linear(2, 3, rng=0)
    runner = Runner(model, BatchGD(model, lr=0.1), CrossEntropyLoss(), metric=None)
    with pytest.raises(DivergenceError, match=r"no label that counts, .* ignore_index.*; try"):
        runner.train((TRAIN[0], np.full(len(TRAIN[0]), -100)), num_epochs=1)
