"""An interrupt or an error at any moment: an epoch is finished wholly, or gone on with."""

import numpy as np
import pytest

from minidl.train import Listener
from minidl.train.listeners.base import HOOKS
from tests.train.helpers import DEV, TRAIN, Diary, make_runner
from tests.train.test_checkpoint import everything, noisy_runner

BY_EPOCHS, BY_STEPS = {"eval_steps": None}, {"eval_steps": 2}
both_ways = pytest.mark.parametrize("options", [BY_EPOCHS, BY_STEPS], ids=["epochs", "steps"])


class Interrupts(Listener):
    """Raises an error the n-th time that a hook is called, and notes what it heard."""

    def __init__(self, hook=None, n=1, error=KeyboardInterrupt):
        self.hook, self.left, self.error, self.heard = hook, n, error, []

    def hear(self, hook, runner):
        self.heard.append((hook, runner.step))
        self.left -= hook == self.hook
        if hook == self.hook and self.left == 0:
            raise self.error(hook)


for _hook in HOOKS:
    setattr(Interrupts, _hook, lambda self, runner, hook=_hook: self.hear(hook, runner))


class Metric:
    """Interrupts the n-th evaluation, from within."""

    def __init__(self, n=0):
        self.left = n

    def __call__(self, predicts, labels):
        self.left -= len(labels) == len(DEV[0])
        if self.left == 0 and len(labels) == len(DEV[0]):
            raise KeyboardInterrupt
        return float(np.mean(labels))


def train(runner, num_epochs, **options):
    runner.train(TRAIN, DEV, num_epochs=num_epochs, batch_size=16, **options)


def runner_with(metric, *listeners):
    runner = noisy_runner(listeners=listeners)
    runner.metric = metric
    return runner


def whole(options):
    runner = runner_with(Metric(), Interrupts(), Interrupts())
    train(runner, 4, **options)
    return runner


def check_lengths(runner):
    history = runner.history
    assert len(history.train_loss) == len(history.train_score) == runner.epoch
    assert len(history.dev_loss) == len(history.dev_score) == len(history.dev_steps)
    assert runner.evaluation is None


def in_one_go(heard):
    """What was heard, without the ends and beginnings of trainings in between."""
    return [page for page in heard if page[0] not in ("on_train_begin", "on_train_end")]


@both_ways
@pytest.mark.parametrize("n", [1, 2, 3])
@pytest.mark.parametrize("saved", [False, True])
def test_an_interrupted_evaluation_is_done_anew(options, n, saved, tmp_path):
    expected = whole(options)
    runner = runner_with(Metric(n), Interrupts(), Interrupts())
    with pytest.raises(KeyboardInterrupt):
        train(runner, 4, **options)
    check_lengths(runner)
    if options is BY_EPOCHS:
        assert len(runner.history.dev_loss) == len(runner.history.train_loss) == n - 1
    if saved:
        runner.save_checkpoint(tmp_path / "run.npz")
        runner = runner_with(Metric(), Interrupts(), Interrupts())
        runner.resume(tmp_path / "run.npz")
    train(runner, 4 - runner.epoch, **options)
    assert everything(runner) == everything(expected)


@both_ways
@pytest.mark.parametrize("hook", HOOKS[1:-1])
@pytest.mark.parametrize("n", [1, 3])
def test_an_interrupt_in_a_listener_loses_nothing(options, hook, n):
    expected = whole(options)
    first, last = Interrupts(hook, n), Interrupts()
    runner = runner_with(Metric(), first, last)
    with pytest.raises(KeyboardInterrupt):
        train(runner, 4, **options)
    check_lengths(runner)
    if options is BY_EPOCHS:
        assert len(runner.history.dev_loss) == len(runner.history.train_loss)
    if runner.epoch < 4:
        train(runner, 4 - runner.epoch, **options)
    assert everything(runner) == everything(expected)
    assert first.heard == last.heard
    once = in_one_go(last.heard)
    if hook == "on_evaluate_begin":  # the evaluation begins anew
        once = list(dict.fromkeys(once))
    assert once == in_one_go(expected.listeners[-1].heard)


@pytest.mark.parametrize("hook", HOOKS)
def test_every_listener_hears_of_a_moment_in_which_another_one_raises(hook):
    first, last = Interrupts(hook, error=ValueError), Diary()
    runner = make_runner(listeners=[first, last])
    with pytest.raises(ValueError, match=f"^{hook}"):
        runner.train(TRAIN, DEV, num_epochs=2)
    hooks = [name for name, *_ in last.pages]
    assert hook in hooks
    assert hooks[-1] == "on_train_end"
    assert hooks.count("on_train_end") == 1


def test_the_first_error_is_raised_and_the_others_are_noted():
    one, two = Interrupts("on_step_end", error=OSError), Interrupts("on_train_end", error=KeyError)
    three = Interrupts("on_train_end", error=IndexError)
    with pytest.raises(OSError, match="on_step_end") as info:
        make_runner(listeners=[two, one, three]).train(TRAIN, num_epochs=2)
    assert info.value.__notes__ == [
        "also raised: KeyError: 'on_train_end'",
    ] or info.value.__notes__[0].startswith("also raised: KeyError")
    (alone,) = [Interrupts("on_train_end", error=KeyError)]
    with pytest.raises(KeyError, match="on_train_end"):
        make_runner(listeners=[alone, three]).train(TRAIN, num_epochs=1)


def test_an_error_at_the_end_is_not_lost_where_the_loop_is_left_early():
    epochs = make_runner(listeners=[Interrupts("on_train_end", error=OSError)]).epochs(
        TRAIN, num_epochs=3
    )
    next(epochs)
    with pytest.raises(OSError, match="on_train_end"):
        epochs.close()
    quiet = make_runner().epochs(TRAIN, num_epochs=3)
    next(quiet)
    quiet.close()


def test_an_interrupt_between_step_and_evaluation_ends_the_step_when_it_goes_on():
    """As with the stop button: the step's evaluation and its `on_step_end` come once, later."""
    listener = Interrupts("on_evaluate_begin")
    runner = make_runner(rng=0, listeners=[listener])
    with pytest.raises(KeyboardInterrupt):
        train(runner, 1, eval_steps=1)
    assert runner.under_way.ends_step
    assert ("on_step_end", 1) not in listener.heard
    train(runner, 1, eval_steps=1)
    assert [page for page in listener.heard if page[0] == "on_step_end"] == [
        ("on_step_end", step) for step in (1, 2, 3)
    ]
    assert runner.history.dev_steps == [1, 2, 3]


def interrupt_at(n, owner, name):
    """Let the n-th call of a method be interrupted when it has done half of its work."""
    calls, method = [], getattr(owner, name)

    def interrupted(*args, **options):
        calls.append(name)
        result = method(*args, **options)
        if len(calls) == n:
            raise KeyboardInterrupt
        return result

    setattr(owner, name, interrupted)


PLACES = {
    "forward": lambda runner: (runner.model.layers[-1], "forward"),
    "backward": lambda runner: (runner.model.layers[1], "backward"),
    "loss": lambda runner: (runner.loss_fn, "backward"),
    "update": lambda runner: (runner.optimizer, "update"),
    "shuffling": lambda runner: (runner.model, "train"),
}


@both_ways
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("n", [1, 4, 9])
@pytest.mark.parametrize("saved", [False, True])
def test_an_interrupt_within_a_step_leaves_a_run_that_goes_on(options, place, n, saved, tmp_path):
    """Not bit for bit: the step that was cut short has drawn numbers, perhaps moved weights."""
    expected, runner = whole(options), runner_with(Metric())
    interrupt_at(n, *PLACES[place](runner))
    try:
        train(runner, 4, **options)
    except KeyboardInterrupt:
        check_lengths(runner)
        if saved:
            runner.save_checkpoint(tmp_path / "run.npz")
            runner = runner_with(Metric())
            runner.resume(tmp_path / "run.npz")
        train(runner, 4 - runner.epoch, **options)
    check_lengths(runner)
    assert (runner.epoch, runner.step) == (expected.epoch, expected.step)
    assert runner.history.dev_steps == expected.history.dev_steps
    assert runner.model.training == expected.model.training
    assert runner.history.train_loss == pytest.approx(expected.history.train_loss, rel=0.5)
