"""The checks of listeners on answers that are right in another way than the solution."""

import numpy as np
import pytest

from minidl.exercises import exercise
from minidl.lessons.regularization.solutions import StopEarly
from minidl.lessons.training.solutions import StopWhenFlat


def with_state_at_the_start(kind, **state):
    """Return a listener that sets its state up in `on_train_begin`, so that it can be reused."""

    class Reusable(kind):
        def __init__(self, *args, **options):
            super().__init__(*args, **options)
            for name in state:
                vars(self).pop(name, None)

        def on_train_begin(self, runner):
            vars(self).update(state)

    return Reusable


class KeepsItsOwnLosses(StopWhenFlat):
    def on_train_begin(self, runner):
        self.losses = []

    def on_epoch_end(self, runner):
        self.losses.append(runner.history.train_loss[-1])
        if len(self.losses) > self.window:
            super().on_epoch_end(runner)


class CountsEpochs(StopWhenFlat):
    def on_train_begin(self, runner):
        self.begun = 0

    def on_epoch_begin(self, runner):
        self.begun += 1

    def on_epoch_end(self, runner):
        losses = runner.history.train_loss
        if self.begun > self.window and losses[-1 - self.window] - losses[-1] < self.tolerance:
            runner.stop("flat")


class CountsEvaluations(with_state_at_the_start(StopEarly, best=np.inf, seen=0, waited=0)):
    def on_evaluate_begin(self, runner):
        assert len(runner.history.dev_loss) == self.seen


@pytest.mark.parametrize("answer", [KeepsItsOwnLosses, CountsEpochs])
def test_a_listener_may_set_itself_up_when_training_begins(answer):
    assert exercise("training/listener")(answer).right


@pytest.mark.parametrize(
    "answer",
    [with_state_at_the_start(StopEarly, best=np.inf, seen=0, waited=0), CountsEvaluations],
)
def test_early_stopping_may_set_itself_up_when_training_begins(answer):
    assert exercise("regularization/stopping")(answer).right


@pytest.mark.parametrize(
    ("name", "kind"),
    [("training/listener", StopWhenFlat), ("regularization/stopping", StopEarly)],
)
def test_a_fault_at_the_beginning_of_training_is_told(name, kind):
    class Faulty(kind):
        def on_train_begin(self, runner):
            raise KeyError("lost")

    outcome = exercise(name)(Faulty)
    assert outcome.diagnosis == "raises"
    assert "KeyError: 'lost'" in outcome.text
