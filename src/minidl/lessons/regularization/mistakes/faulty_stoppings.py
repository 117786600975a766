"""Early stoppings with one thing wrong, for the mistakes of "Stop in time"."""

import numpy as np

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
