"""Mistakes that learners make in "Stop in time"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.train import Listener


class Stopping(Listener):
    """Early stopping with everything right; the mistakes change a part."""

    start = np.inf

    def __init__(self, warm_up, patience):
        self.warm_up, self.patience = warm_up, patience
        self.best, self.seen, self.waited = self.start, 0, 0

    def on_evaluate_end(self, runner):
        self.seen += 1
        self.look(runner.history.dev_loss[-1])
        if self.is_time():
            runner.stop("enough")

    def look(self, loss):
        if self.better(loss):
            self.best, self.waited = loss, 0
        elif self.seen > self.warm_up:
            self.waited += 1

    def better(self, loss):
        return loss < self.best

    def is_time(self):
        return self.waited >= self.patience


def stopping(**parts):
    return type("StopEarly", (Stopping,), parts)


def look_without_reset(self, loss):
    if loss < self.best:
        self.best = loss
    elif self.seen > self.warm_up:
        self.waited += 1


def look_at_the_last(self, loss):
    self.waited = 0 if loss < self.best else self.waited + (self.seen > self.warm_up)
    self.best = loss


def look_at_the_last_counting_all(self, loss):
    self.waited = 0 if loss < self.best else self.waited + 1
    self.best = loss


def look_at_the_last_after_the_best_of_the_warm_up(self, loss):
    if self.seen > self.warm_up:
        look_at_the_last_counting_all(self, loss)
    else:
        self.best = min(self.best, loss)


def look_counting_all(self, loss):
    self.waited = 0 if loss < self.best else self.waited + 1
    self.best = min(self.best, loss)


def look_after_warm_up(self, loss):
    if self.seen > self.warm_up:
        look_counting_all(self, loss)


def look_without_warm_up_for_time(self):
    return self.waited >= self.patience and self.seen > self.warm_up


def look_keeping_the_last_of_the_warm_up(self, loss):
    if self.seen > self.warm_up:
        look_counting_all(self, loss)
    else:
        self.best = loss


class WarmUpInSteps(Stopping):
    """A warm-up that counts steps in place of evaluations."""

    def on_evaluate_end(self, runner):
        self.seen = runner.step
        self.look(runner.history.dev_loss[-1])
        if self.is_time():
            runner.stop("enough")


class WatchesTrain(Stopping):
    """Early stopping that looks at the train loss."""

    def on_evaluate_end(self, runner):
        self.seen += 1
        self.look(runner.history.train_loss[-1])
        if self.is_time():
            runner.stop("enough")


def look_after_a_shorter_warm_up(self, loss):
    if loss < self.best:
        self.best, self.waited = loss, 0
    elif self.seen >= self.warm_up:
        self.waited += 1


def look_after_a_longer_warm_up(self, loss):
    if loss < self.best:
        self.best, self.waited = loss, 0
    elif self.seen > self.warm_up + 1:
        self.waited += 1


class WrongHook(Listener):
    """Early stopping that acts after every epoch."""

    def __init__(self, warm_up, patience):
        self.patience = patience

    def on_epoch_end(self, runner):
        runner.stop("enough")


def look_and_empty(self, runner):
    Stopping.on_evaluate_end(self, runner)
    runner.history.dev_loss.clear()


def look_and_switch(self, runner):
    Stopping.on_evaluate_end(self, runner)
    runner.model.eval()


def look_and_slow_down(self, runner):
    Stopping.on_evaluate_end(self, runner)
    runner.optimizer.param_groups[0]["lr"] *= 0.5


def look_and_smooth(self, runner):
    Stopping.on_evaluate_end(self, runner)
    runner.history.train_loss[-1] *= 0.9


MISTAKES = Mistakes(
    Mistake("not-a-listener", dict),
    Mistake("no-hook", WrongHook),
    Mistake(
        "compares-none",
        stopping(start=None),
        "At the first evaluation there is no best loss yet, and None can't be compared "
        "with a number. Start from a loss that anything beats: np.inf.",
    ),
    Mistake(
        "never-stops",
        stopping(is_time=lambda self: False),
        "It never stops, though the dev loss rises all the time. What ends training is "
        '`runner.stop("why")`.',
    ),
    Mistake(
        "stops-while-falling",
        stopping(start=0.0),
        "It stops at evaluation {stopped} of dev losses that fall all the time: {falling}.",
    ),
    Mistake(
        "off-by-one",
        stopping(is_time=lambda self: self.waited > self.patience),
        "It stops one evaluation too late: at the patience-th, not after it.",
    ),
    Mistake(
        "off-by-one",
        stopping(is_time=lambda self: self.waited >= self.patience - 1),
        "It stops one evaluation too early.",
    ),
    Mistake(
        "never-reset",
        stopping(look=look_without_reset),
        "Evaluations count in a row: a better loss sets the count back to 0.",
    ),
    Mistake(
        "compares-with-the-last",
        stopping(look=look_at_the_last),
        "It compares with the evaluation before, not with the best of all.",
    ),
    Mistake(
        "compares-with-the-last",
        stopping(look=look_at_the_last_counting_all, is_time=look_without_warm_up_for_time),
        "It compares with the evaluation before, not with the best of all.",
    ),
    Mistake(
        "compares-with-the-last",
        stopping(look=look_at_the_last_after_the_best_of_the_warm_up),
        "It compares with the evaluation before, not with the best of all.",
    ),
    Mistake(
        "equal-is-better",
        stopping(better=lambda self, loss: loss <= self.best),
        "The same loss again is no improvement.",
    ),
    Mistake(
        "counts-the-warm-up",
        stopping(look=look_counting_all, is_time=look_without_warm_up_for_time),
        "It counts evaluations of the warm-up, too.",
    ),
    Mistake(
        "counts-the-warm-up",
        stopping(look=look_counting_all),
        "It counts evaluations of the warm-up, too.",
    ),
    Mistake(
        "train-loss",
        WatchesTrain,
        "It goes by the train loss. That falls on and on while the dev loss rises, and "
        "so training never stops: ask `dev_loss`.",
    ),
    Mistake(
        "warm-up-in-steps",
        WarmUpInSteps,
        "The warm-up is a number of evaluations, not of steps: here, "
        "an evaluation comes every 2 steps.",
    ),
    Mistake(
        "warm-up-off-by-one",
        stopping(look=look_after_a_shorter_warm_up),
        "The warm-up ends one evaluation too early.",
    ),
    Mistake(
        "warm-up-off-by-one",
        stopping(look=look_after_a_longer_warm_up),
        "The warm-up ends one evaluation too late.",
    ),
    Mistake(
        "last-of-the-warm-up",
        stopping(look=look_keeping_the_last_of_the_warm_up),
        "Of the warm-up it remembers the last loss, not the lowest.",
    ),
    Mistake(
        "forgets-the-warm-up",
        stopping(look=look_after_warm_up),
        "The best loss may lie in the warm-up; remember it.",
    ),
    Mistake(
        "history-changed",
        stopping(on_evaluate_end=look_and_empty),
        "It changes the runner's history. Others read it, too: only look.",
    ),
    Mistake(
        "history-changed",
        stopping(on_evaluate_end=look_and_smooth),
        "It changes the runner's history. Others read it, too: only look.",
    ),
    Mistake(
        "runner-changed",
        stopping(on_evaluate_end=look_and_slow_down),
        "It changes the learning rate, or the count of steps. A listener that stops only looks.",
    ),
    Mistake(
        "model-changed",
        stopping(on_evaluate_end=look_and_switch),
        "It changes the model, or switches it out of training. A listener that stops only looks.",
    ),
    Mistake(
        "wants-more",
        stopping(better=lambda self, loss: loss < self.best - 0.009),
        "Any lower loss is better, however little: compare with `<` and nothing else.",
    ),
    Mistake(
        "patience-by-heart",
        stopping(is_time=lambda self: self.waited >= 3),
        "Right with patience = 3 only: take `self.patience`.",
    ),
    Mistake(
        "warm-up-ignored",
        stopping(
            look=lambda self, loss: (
                look_after_a_longer_warm_up(self, loss)
                if self.seen > 2
                else look_counting_all(self, loss)
            )
        ),
        "The warm-up's evaluations count here.",
    ),
    Mistake(
        "moment",
        stopping(is_time=lambda self: self.waited >= self.patience + 2),
        "Not the right moment.",
    ),
)
