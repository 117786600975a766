"""Stopping in the middle of an epoch and going on, in the same runner or from a file."""

import re

import numpy as np
import pytest

from minidl.train import CheckpointError, DivergenceError, Listener
from minidl.train.under_way import EpochUnderWay
from tests.train.helpers import DEV, TRAIN, Diary, make_runner
from tests.train.test_checkpoint import everything, noisy_runner

EPOCHS, STEPS_AN_EPOCH = 4, 3  # 40 samples in batches of 16
ALL_STEPS = range(1, EPOCHS * STEPS_AN_EPOCH)


class StopAt(Listener):
    """Stops after a step, or keeps a checkpoint of that moment and lets training go on."""

    def __init__(self, step=None, *, save=None):
        self.step, self.save = step, save

    def on_step_end(self, runner):
        if runner.step == self.step:
            runner.save_checkpoint(self.save) if self.save else runner.stop("enough")


def train(runner, num_epochs, **options):
    runner.train(TRAIN, DEV, num_epochs=num_epochs, **{"batch_size": 16, "eval_steps": 2} | options)


def whole(**options):
    runner = noisy_runner(listeners=[StopAt()])
    train(runner, EPOCHS, **options)
    return runner


@pytest.mark.parametrize("options", [{}, {"eval_steps": None}], ids=["by steps", "by epochs"])
@pytest.mark.parametrize("step", ALL_STEPS)
def test_stopping_after_any_step_and_going_on_is_one_training_bit_for_bit(step, options):
    runner = noisy_runner(listeners=[StopAt(step)])
    train(runner, EPOCHS, **options)
    assert runner.step == step
    train(runner, EPOCHS - runner.epoch, **options)
    assert everything(runner) == everything(whole(**options))


@pytest.mark.parametrize("step", ALL_STEPS)
def test_stopping_saving_and_resuming_is_one_training_bit_for_bit(step, tmp_path):
    first, second = noisy_runner(listeners=[StopAt(step)]), noisy_runner(5, listeners=[StopAt()])
    train(first, EPOCHS)
    first.save_checkpoint(tmp_path / "run.npz")
    train(second, 1)
    second.resume(tmp_path / "run.npz")
    assert everything(second) == everything(first)
    train(second, EPOCHS - second.epoch)
    assert everything(second) == everything(whole())


@pytest.mark.parametrize("step", [1, 2, 3, 5])
def test_a_checkpoint_taken_by_a_listener_after_a_step_goes_on_from_there(step, tmp_path):
    path = tmp_path / "run.npz"
    saving, second = noisy_runner(listeners=[StopAt(step, save=path)]), noisy_runner(7)
    second.listeners.append(StopAt())
    train(saving, EPOCHS)
    second.resume(path)
    assert second.step == step
    train(second, EPOCHS - second.epoch)
    assert everything(second) == everything(saving) == everything(whole())


@pytest.mark.parametrize("N", [40, 30])
def test_a_whole_set_whose_epoch_was_saved_before_its_end(N, tmp_path):
    path = tmp_path / "run.npz"
    runner, other = make_runner(listeners=[StopAt(2, save=path)]), make_runner(listeners=[StopAt()])
    runner.train(TRAIN, num_epochs=3)
    other.resume(path)
    assert (other.epoch, other.step) == (1, 2)
    other.train((TRAIN[0][:N], TRAIN[1][:N]), num_epochs=2)
    assert (other.epoch, other.step) == (3, 3 if N == 40 else 4)
    assert (other.history == runner.history) == (N == 40)


def test_a_training_without_an_interruption_leaves_no_epoch_under_way():
    assert whole().under_way is None


@pytest.mark.parametrize("other", [{"batch_size": 8}, {"batch_size": None}])
def test_an_epoch_that_does_not_fit_the_next_training_is_given_up(other):
    runner = noisy_runner(listeners=[StopAt(2)])
    train(runner, 1)
    train(runner, 1, eval_steps=None, **other)
    steps = 1 if other["batch_size"] is None else 5
    assert (runner.epoch, runner.step) == (1, 2 + steps)


def test_an_epoch_of_another_number_of_samples_is_given_up():
    diary = Diary()
    runner = make_runner(rng=0, listeners=[StopAt(1), diary])
    train(runner, 1)
    runner.train((TRAIN[0][:32], TRAIN[1][:32]), num_epochs=1, batch_size=16)
    assert runner.step == 3
    assert [hook for hook, *_ in diary.pages].count("on_epoch_begin") == 2


def test_an_interrupt_from_the_keyboard_loses_no_step_that_was_made():
    class Impatient(Listener):
        def on_epoch_begin(self, runner):
            if runner.epoch == 2:
                raise KeyboardInterrupt

    runner = make_runner(rng=0, listeners=[Impatient()])
    with pytest.raises(KeyboardInterrupt):
        train(runner, 5)
    assert len(runner.history.train_loss) == 2
    runner.listeners.clear()
    train(runner, 1)
    assert (runner.epoch, len(runner.history.train_loss)) == (3, 3)


def test_an_epoch_interrupted_before_its_first_step_begins_only_once():
    class Impatient(Listener):
        def on_epoch_begin(self, runner):
            if runner.epoch == 2 and not runner.stop_reason:
                raise KeyboardInterrupt

    diary = Diary()
    runner = noisy_runner(listeners=[diary, Impatient()])
    with pytest.raises(KeyboardInterrupt):
        train(runner, EPOCHS)
    runner.listeners.pop()
    train(runner, EPOCHS - runner.epoch)
    begun = [step for hook, step, _ in diary.pages if hook == "on_epoch_begin"]
    assert begun == [STEPS_AN_EPOCH * epoch for epoch in range(EPOCHS)]
    assert runner.history == whole().history


def test_a_checkpoint_saved_as_an_epoch_begins_goes_on_from_there(tmp_path):
    class SaveAtBegin(Listener):
        def on_epoch_begin(self, runner):
            runner.optimizer.param_groups[0]["lr"] *= 0.9
            if runner.epoch == 2:
                runner.save_checkpoint(tmp_path / "run.npz")

    saving, second = (noisy_runner(seed, listeners=[SaveAtBegin()]) for seed in (0, 7))
    train(saving, EPOCHS)
    second.resume(tmp_path / "run.npz")
    assert (second.epoch, second.step, second.under_way.samples) == (2, 6, 0)
    train(second, EPOCHS - second.epoch)
    assert everything(second) == everything(saving)


def test_a_run_that_diverged_in_its_first_step_can_be_saved_resumed_and_kept(tmp_path):
    runner, other = noisy_runner(), noisy_runner(3)
    weights = runner.model.layers[1].params["W"]
    kept, weights[:] = weights.copy(), np.nan
    with pytest.raises(DivergenceError):
        train(runner, 1)
    weights[:] = kept
    runner.save_checkpoint(tmp_path / "run.npz")
    other.resume(tmp_path / "run.npz")
    assert everything(other) == everything(runner)
    make_runner().save_checkpoint(tmp_path / "other.npz")
    with pytest.raises(CheckpointError, match=r"other\.npz: is of another training run"):
        runner.resume(tmp_path / "other.npz")
    assert everything(runner) == everything(other)


def test_a_metric_that_is_nan_does_not_keep_a_checkpoint_from_being_read(tmp_path):
    runner, other = (make_runner(metric=lambda p, y: np.nan, listeners=[StopAt(1)]) for _ in "12")
    train(runner, 1)
    runner.save_checkpoint(tmp_path / "run.npz")
    other.resume(tmp_path / "run.npz")
    assert (other.step, other.under_way.samples) == (1, 16)


# Files that lie about the epoch under way


def damaged(changes):
    return EpochUnderWay(40, 16, np.arange(40), 16, 8.0, 12.0).state_dict() | changes


@pytest.mark.parametrize(
    "changes",
    [
        {"order": np.zeros(40, dtype=int)},
        {"order": np.arange(1, 41)},
        {"order": np.arange(40) + 0.5},
        {"order": np.full(40, -1)},
        {"samples": 41},
        {"size": 39},
        {"size": 0, "order": np.arange(0)},
        {"batch_size": None},
        {"samples": -1},
        {"samples": "16"},
        {"surprise": 1},
        {"order": None},
        {"batch_size": "16"},
        {"batch_size": -16},
        {"loss": "much"},
        {"score": None},
    ],
    ids=str,
)
def test_an_impossible_epoch_is_refused(changes, tmp_path):
    runner, other = noisy_runner(listeners=[StopAt(1)]), noisy_runner(listeners=[StopAt()])
    train(runner, 1)
    runner.under_way.state_dict = lambda: damaged(changes)
    runner.save_checkpoint(tmp_path / "run.npz")
    before = everything(other)
    with pytest.raises(CheckpointError, match=re.escape("run.npz: is of another training run")):
        other.resume(tmp_path / "run.npz")
    assert everything(other) == before
    assert other.under_way is None
