"""Training by a generator: the same training, with somebody looking in between."""

import time

import numpy as np
import pytest

from minidl.train import Listener
from tests.train.helpers import DEV, TRAIN, Diary, make_runner
from tests.train.test_checkpoint import everything, noisy_runner

OPTIONS = {"batch_size": 16, "eval_steps": 2}


def stepped(num_epochs, **options):
    diary = Diary()
    runner = noisy_runner(listeners=[diary])
    seen = list(runner.epochs(TRAIN, DEV, num_epochs=num_epochs, **OPTIONS | options))
    assert seen == list(range(1, num_epochs + 1))
    return runner, diary


def test_epochs_one_by_one_are_one_training_bit_for_bit():
    whole, (runner, diary) = noisy_runner(listeners=[Diary()]), stepped(6)
    whole.train(TRAIN, DEV, num_epochs=6, **OPTIONS)
    assert everything(runner) == everything(whole)
    assert diary.pages == whole.listeners[-1].pages


def test_several_trainings_of_either_kind_are_one_too():
    (whole, _), runner = stepped(6), noisy_runner(listeners=[Diary()])
    for _ in runner.epochs(TRAIN, DEV, num_epochs=2, **OPTIONS):
        pass
    runner.train(TRAIN, DEV, num_epochs=1, **OPTIONS)
    for epoch in runner.epochs(TRAIN, DEV, num_epochs=50, **OPTIONS):
        if epoch == 6:
            break
    assert everything(runner) == everything(whole)


def test_looking_in_between_changes_nothing():
    (whole, _), runner = stepped(4), noisy_runner(listeners=[Diary()])
    for _ in runner.epochs(TRAIN, DEV, num_epochs=4, **OPTIONS):
        runner.evaluate(TRAIN)
        runner.predict(DEV[0])
        assert runner.model.training
    assert everything(runner) == everything(whole)


def test_a_model_left_in_evaluation_mode_is_trained_in_training_mode():
    (whole, _), runner = stepped(3), noisy_runner(listeners=[Diary()])
    for _ in runner.epochs(TRAIN, DEV, num_epochs=3, **OPTIONS):
        runner.model.eval()
    assert everything(runner) == everything(whole)


def test_nothing_happens_before_the_first_epoch_is_asked_for():
    diary = Diary()
    runner = make_runner(listeners=[diary])
    runner.stop("earlier")
    epochs = runner.epochs(TRAIN, DEV, num_epochs=2)
    assert (diary.pages, runner.epoch, runner.num_epochs) == ([], 0, 0)
    assert runner.stop_reason == "earlier"
    epochs.close()
    assert diary.pages == []


def test_arguments_are_checked_at_the_call():
    with pytest.raises(ValueError, match="num_epochs: expected at least 1"):
        make_runner().epochs(TRAIN, num_epochs=0)
    with pytest.raises(ValueError, match="as many labels as inputs"):
        make_runner().epochs((TRAIN[0], TRAIN[1][:3]), num_epochs=1)


@pytest.mark.parametrize("leave", ["break", "close", "error"])
def test_listeners_hear_of_the_end_when_the_loop_is_left_early(leave):
    diary = Diary()
    runner = make_runner(listeners=[diary])
    epochs = runner.epochs(TRAIN, num_epochs=10)
    try:
        for _ in epochs:
            if runner.epoch == 3:
                if leave == "break":
                    break
                if leave == "error":
                    epochs.throw(OSError("the screen is gone"))
                epochs.close()
    except OSError:
        pass
    del epochs
    hooks = [hook for hook, *_ in diary.pages]
    assert hooks[-2:] == ["on_epoch_end", "on_train_end"]
    assert hooks.count("on_train_end") == 1
    assert runner.epoch == 3


def test_a_rate_changed_between_two_epochs_holds_from_the_next_step_on():
    runner, parts = make_runner(lr=0.5, rng=0), make_runner(lr=0.5, rng=0)
    for epoch in runner.epochs(TRAIN, DEV, num_epochs=5):
        if epoch == 2:
            runner.optimizer.param_groups[0]["lr"] = 0.125
    parts.train(TRAIN, DEV, num_epochs=2)
    parts.optimizer.param_groups[0]["lr"] = 0.125
    parts.train(TRAIN, DEV, num_epochs=3)
    assert runner.history.lr == [0.5, 0.5, 0.125, 0.125, 0.125]
    assert everything(runner) == everything(parts)


def test_who_looks_on_may_stop_training():
    runner = make_runner()
    for epoch in runner.epochs(TRAIN, num_epochs=10):
        if epoch == 4:
            runner.stop("seen enough")
    assert (runner.epoch, runner.stop_reason) == (4, "seen enough")


def test_an_epoch_stopped_at_its_last_step_is_handed_over_and_one_in_its_middle_is_not():
    class StopAt(Listener):
        def __init__(self, step):
            self.step = step

        def on_step_end(self, runner):
            if runner.step == self.step:
                runner.stop("enough")

    for step, epochs in ((6, [1, 2]), (5, [1]), (4, [1])):  # an epoch has three steps
        runner = make_runner(rng=0, listeners=[StopAt(step)])
        assert list(runner.epochs(TRAIN, num_epochs=9, batch_size=16)) == epochs
        assert (runner.under_way is None) == (step == 6)


def test_time_between_two_epochs_is_not_counted():
    runner = make_runner()
    for _ in runner.epochs(TRAIN, num_epochs=3):
        time.sleep(0.1)
    assert 0 < runner.history.seconds[-1] < 0.1


def test_floating_point_warnings_are_as_they_were_for_who_looks_on():
    before = np.geterr()
    for _ in make_runner().epochs(TRAIN, DEV, num_epochs=2):
        assert np.geterr() == before
    assert np.geterr() == before


class Settings(Listener):
    """Notes what NumPy does about an overflow."""

    def __init__(self):
        self.seen = set()

    def on_step_end(self, runner):
        self.seen.add(np.geterr()["over"])


def test_what_overflows_is_tolerated_in_training_and_not_while_who_looks_on_computes():
    settings = Settings()
    runner = make_runner(listeners=[settings])
    with np.errstate(over="raise"):
        for _ in runner.epochs(TRAIN, num_epochs=2):
            assert np.geterr()["over"] == "raise"
        runner.train(TRAIN, num_epochs=1)
        assert np.geterr()["over"] == "raise"
    assert settings.seen == {"ignore"}
