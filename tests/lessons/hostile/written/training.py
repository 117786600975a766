"""Hostile answers in the lesson on training that no change of one place makes."""

import numpy as np

from minidl.lessons.training.mistakes.best import best_with
from minidl.lessons.training.mistakes.faulty_runners import Right
from minidl.lessons.training.mistakes.listener import also, listener
from minidl.lessons.training.solutions import train, train_best


def afterwards(loop, change):
    def answer(model, optimizer, *args):
        found = loop(model, optimizer, *args)
        change(model, optimizer)
        return found

    return answer


def slow_down(model, optimizer):
    optimizer.param_groups[0]["lr"] = 0.0


def switch_one_layer(model, optimizer):
    model.layers[1].eval()


class RefusesTwoNames(Right):
    def train(self, train_set, dev_set, *, num_epochs, **options):
        if {"epochs", "log_epoch"} & set(options):
            raise TypeError("no such argument")
        return super().train(train_set, dev_set, num_epochs=num_epochs)


class RemembersTheDevLoss(Right):
    def evaluate(self, data):
        if len(self.train_losses) == len(self.dev_losses) > 0 and len(data[0]) == 8:
            return self.dev_losses[-1]
        return super().evaluate(data)


class SpeedsUpWhenAsked(Right):
    def evaluate(self, data):
        loss = super().evaluate(data)
        if len(self.train_losses) == len(self.dev_losses):  # not within `train`
            self.optimizer.param_groups[0]["lr"] *= 2
        return loss


def on_the_runner(change):
    return also(lambda runner: change(runner, runner.history, runner.optimizer))


def dev_in_halves(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    halves = [(dev_set[0][part], dev_set[1][part]) for part in (slice(4), slice(4, None))]
    losses = [], []
    for _ in range(num_epochs):
        losses[0].append(loss_fn(model(train_set[0]), train_set[1]))
        model.backward(loss_fn.backward())
        optimizer.step()
        losses[1].append(float(np.mean([loss_fn(model(X), y) for X, y in halves if len(X)])))
    return losses


def at_most(epochs, loop):
    return lambda *args: loop(*args[:-1], min(args[-1], epochs))


class TwelveEpochsAtMost(Right):
    def train(self, train_set, dev_set, *, num_epochs):
        return super().train(train_set, dev_set, num_epochs=min(num_epochs, 12))


WRITTEN = {
    "train": {
        "dev in two halves": dev_in_halves,
        "at most twelve epochs": at_most(12, train),
        "the rate set to 0": afterwards(train, slow_down),
        "one layer left in evaluation": afterwards(train, switch_one_layer),
    },
    "best": {
        "the rate set to 0": afterwards(train_best, slow_down),
        "one layer left in evaluation": afterwards(train_best, switch_one_layer),
        "better by a little does not count": best_with(better=lambda a, b: a > b + 1e-4),
        "at most twelve epochs": at_most(12, train_best),
        "starts very low": best_with(-1e300),
    },
    "runner": {
        "at most twelve epochs": TwelveEpochsAtMost,
        "the names that were tried are refused": RefusesTwoNames,
        "the dev loss remembered": RemembersTheDevLoss,
        "evaluate changes the rate": SpeedsUpWhenAsked,
    },
    "listener": {
        "a window of six at most": listener(
            lambda L, w, t: len(L) > min(w, 6) and L[-1 - min(w, 6)] - L[-1] < t
        ),
        "the dev loss forged": on_the_runner(lambda r, h, o: h.dev_loss.__setitem__(-1, 0.0)),
        "a count of steps dropped": on_the_runner(lambda r, h, o: h.train_steps.pop()),
        "the rate changed": on_the_runner(lambda r, h, o: o.param_groups[0].update(lr=0.5)),
        "the epochs cut": on_the_runner(lambda r, h, o: vars(r).update(num_epochs=3)),
        "one layer left in evaluation": on_the_runner(lambda r, h, o: r.model.layers[0].eval()),
    },
}
