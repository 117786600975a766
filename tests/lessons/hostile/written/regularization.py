"""Hostile answers in the lesson on regularization that no change of one place makes."""

from typing import ClassVar

import numpy as np

from minidl.lessons.regularization.mistakes.decay import step_with
from minidl.lessons.regularization.mistakes.epoch import epoch_changing, epoch_with, weighted
from minidl.lessons.regularization.mistakes.faulty_dropouts import Dropout, drawing, going_back
from minidl.lessons.regularization.mistakes.faulty_stoppings import Stopping, stopping
from minidl.lessons.regularization.mistakes.l2 import l2_with, right_gradient, right_value
from minidl.lessons.regularization.mistakes.paired import paired, right_error


def at_most(limit):
    """Damp by no more than a limit."""
    return step_with(lambda W, g, lr, damping: (1 - min(damping, limit)) * W - lr * g)


def measured_gradient(W, lam, h=1e-6):
    gradient = np.zeros_like(W)
    for place in np.ndindex(W.shape):
        moved = W.copy()
        moved[place] += h
        gradient[place] = (right_value(moved, lam) - right_value(W, lam)) / h
    return gradient


def decayed_by_shape(model, lr, damping):
    """Take for a weight what has several rows."""
    for parameter in model.parameters():
        if len(parameter.value) > 1:
            parameter.value *= 1 - damping
        parameter.value -= lr * parameter.grad


def decayed_two_layers(model, lr, damping):
    for layer in (model.layers[0], model.layers[-1]):
        for key in layer.params:
            layer.params[key] *= 1 - damping * (key == "W")
            layer.params[key] -= lr * layer.grads[key]


def decayed_into_new_arrays(model, lr, damping):
    step_with(lambda W, g, lr, damping: (1 - damping) * W - lr * g)(model, lr, damping)
    for layer in model.layers:
        layer.params.update({key: value.copy() for key, value in layer.params.items()})


class FirstMaskForEachShape(Dropout):
    def draw(self, shape):
        self.known = {shape: Dropout.draw(self, shape)} | vars(self).get("known", {})
        return self.known[shape]


class SecondBackward(Dropout):
    def backward(self, grad):
        grad, self.mask = grad * self.mask, np.ones_like(self.mask)
        return grad


class ChangesGradientsInPlace(Dropout):
    def backward(self, grad):
        grad *= self.mask
        return grad


class SharesItsMemory(Stopping):
    """Remember in the class, so that the next training begins where this one has ended."""

    lowest: ClassVar = [np.inf]

    def better(self, loss):
        return loss < self.lowest[0]

    def look(self, loss):
        super().look(loss)
        self.lowest[0] = min(loss, self.lowest[0])


def stopping_after(change):
    def on_evaluate_end(self, runner):
        Stopping.on_evaluate_end(self, runner)
        change(runner)

    return stopping(on_evaluate_end=on_evaluate_end)


def count_down(runner):
    runner.step -= 1


WRITTEN = {
    "epoch": {
        "ten points": epoch_with(lambda losses, sizes: losses @ sizes / 10),
        "at most five batches": epoch_with(lambda losses, sizes: weighted(losses[:5], sizes[:5])),
        "at most a hundred points": epoch_with(
            lambda losses, sizes: weighted(losses, sizes.clip(max=100))
        ),
        "rounded": epoch_with(lambda losses, sizes: round(weighted(losses, sizes), 6)),
        "labels changed": epoch_changing(lambda model, batches: batches[0][1].fill(0)),
        "batches reversed": lambda model, optimizer, loss_fn, batches: epoch_with(weighted)(
            model, optimizer, loss_fn, [*batches][::-1]
        ),
    },
    "l2": {
        "a measured gradient": l2_with(right_value, measured_gradient),
        "at most five rows": l2_with(lambda W, lam: right_value(W[:5], lam), right_gradient),
        "a rate of at most 3": l2_with(
            lambda W, lam: right_value(W, min(lam, 3)), lambda W, lam: min(lam, 3) * W
        ),
        "float32": l2_with(right_value, lambda W, lam: (lam * W).astype(np.float32)),
        "a rate that is never 0": l2_with(
            lambda W, lam: right_value(W, lam or 0.1), lambda W, lam: (lam or 0.1) * W
        ),
    },
    "decay": {
        "lr of 0.1": step_with(
            lambda W, g, lr, damping: (1 - damping) * W - 0.1 * g,
            lambda b, g, lr, damping: b - 0.1 * g,
        ),
        "a damping of 0.2": step_with(lambda W, g, lr, damping: 0.8 * W - lr * g),
        "a damping of at most one half": at_most(0.5),
        "a move of at most 10": step_with(
            lambda W, g, lr, damping: (1 - damping) * W - np.clip(lr * g, -10, 10)
        ),
        "weights told by their shape": decayed_by_shape,
        "two layers only": decayed_two_layers,
        "new arrays": decayed_into_new_arrays,
    },
    "dropout": {
        "zeros when all are kept": drawing(
            lambda self, shape: Dropout.draw(self, shape) * (self.keep_prob < 1)
        ),
        "never less than 4 in 100 kept": drawing(
            lambda self, shape: (
                (self.rng.random(shape) < max(self.keep_prob, 0.04)) / self.keep_prob
            )
        ),
        "one mask for each shape": FirstMaskForEachShape,
        "one way back for each mask": SecondBackward,
        "gradients changed": ChangesGradientsInPlace,
        "columns in pairs": drawing(
            lambda self, shape: np.resize(
                Dropout.draw(self, (*shape[:-1], shape[-1] // 2 + 1)).repeat(2, axis=-1), shape
            )
        ),
        "a gradient of at most 100": going_back(
            lambda self, grad: np.clip(grad * self.mask, -100, 100)
        ),
        "masks from one generator for all": drawing(
            lambda self, shape: (
                (np.random.default_rng(0).random(shape) < self.keep_prob) / self.keep_prob
            )
        ),
    },
    "paired": {
        "at most seven seeds": paired(
            lambda d: d[:7].mean(), lambda p, o: right_error(p[:7], o[:7])
        ),
        "at most ten seeds in the error": paired(np.mean, lambda p, o: right_error(p[:10], o[:10])),
        "never without error": paired(np.mean, lambda p, o: max(right_error(p, o), 1e-3)),
    },
    "stopping": {
        "a margin": stopping(better=lambda self, loss: loss < self.best - 0.009),
        "a patience of at most five": stopping(
            is_time=lambda self: self.waited >= min(self.patience, 5)
        ),
        "one memory for all": SharesItsMemory,
        "history emptied": stopping_after(lambda runner: runner.history.dev_loss.clear()),
        "train losses changed": stopping_after(
            lambda runner: runner.history.train_loss.__setitem__(0, 0.0)
        ),
        "steps uncounted": stopping_after(count_down),
        "weights moved": stopping_after(
            lambda runner: runner.model.layers[0].params["W"].__iadd__(1e-3)
        ),
        "evaluation mode": stopping_after(lambda runner: runner.model.eval()),
    },
}
