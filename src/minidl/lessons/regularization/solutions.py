"""Solutions of the exercises in the lesson on regularization."""

# mypy: disable-error-code="union-attr"

import numpy as np

from minidl.op import Op
from minidl.train import Listener


def train_epoch(model, optimizer, loss_fn, batches):
    total = size = 0
    for X, y in batches:
        loss = loss_fn(model(X), y)
        model.backward(loss_fn.backward())
        optimizer.step()
        total += loss * len(X)
        size += len(X)
    return total / size


def l2(W, lam):
    return lam / 2 * np.sum(W**2), lam * W


def decayed_step(model, lr, damping):
    for parameter in model.parameters():
        if parameter.name.endswith("W"):
            parameter.value *= 1 - damping
        parameter.value -= lr * parameter.grad


class MyDropout(Op):
    """x·m with a mask m of 1/p and 0 while training, x in evaluation."""

    def __init__(self, keep_prob, rng=None):
        super().__init__()
        self.keep_prob = keep_prob
        self.rng = np.random.default_rng(rng)

    def forward(self, x):
        self.mask = np.ones(x.shape)
        if self.training:
            self.mask = (self.rng.random(x.shape) < self.keep_prob) / self.keep_prob
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask


def paired_difference(plain, other):
    difference = np.asarray(plain) - np.asarray(other)
    return difference.mean(), difference.std(ddof=1) / np.sqrt(len(difference))


class StopEarly(Listener):
    """Stops after `patience` evaluations in a row that were no better than the best."""

    def __init__(self, warm_up, patience):
        self.warm_up = warm_up
        self.patience = patience
        self.best = np.inf
        self.seen = 0
        self.waited = 0

    def on_evaluate_end(self, runner):
        loss = runner.history.dev_loss[-1]
        self.seen += 1
        if loss < self.best:
            self.best = loss
            self.waited = 0
        elif self.seen > self.warm_up:
            self.waited += 1
        if self.waited == self.patience:
            runner.stop(f"no better dev loss in {self.patience} evaluations")
