"""Solutions of the exercises in the lesson on training."""

import numpy as np

from minidl.train import Listener


def train(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    X, y = train_set
    dev_X, dev_y = dev_set
    train_losses, dev_losses = [], []
    for _ in range(num_epochs):
        train_losses.append(loss_fn(model(X), y))
        model.backward(loss_fn.backward())
        optimizer.step()
        dev_losses.append(loss_fn(model(dev_X), dev_y))
    return train_losses, dev_losses


def train_best(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    X, y = train_set
    dev_X, dev_y = dev_set
    best_score, best_epoch, best_state = -np.inf, 0, model.state_dict()
    for epoch in range(1, num_epochs + 1):
        loss_fn(model(X), y)
        model.backward(loss_fn.backward())
        optimizer.step()
        score = -loss_fn(model(dev_X), dev_y)
        if score > best_score:
            best_score, best_epoch, best_state = score, epoch, model.state_dict()
    model.load_state_dict(best_state)
    return best_score, best_epoch


class MiniRunner:
    """Trains on the full batch and records both losses at every epoch."""

    def __init__(self, model, optimizer, loss_fn):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.train_losses, self.dev_losses = [], []

    def train(self, train_set, dev_set, *, num_epochs):
        X, y = train_set
        for _ in range(num_epochs):
            self.train_losses.append(self.loss_fn(self.model(X), y))
            self.model.backward(self.loss_fn.backward())
            self.optimizer.step()
            self.dev_losses.append(self.evaluate(dev_set))
        return self.train_losses

    def evaluate(self, data):
        X, y = data
        return self.loss_fn(self.model(X), y)


class StopWhenFlat(Listener):
    """Stops when the train loss fell by less than a tolerance within a window."""

    def __init__(self, window, tolerance):
        self.window = window
        self.tolerance = tolerance

    def on_epoch_end(self, runner):
        losses = runner.history.train_loss
        if len(losses) > self.window and losses[-1 - self.window] - losses[-1] < self.tolerance:
            runner.stop(f"the train loss fell by less than {self.tolerance}")


def gap_in_errors(dev_score, dev_size, test_score, test_size):
    dev_variance = dev_score * (1 - dev_score) / dev_size
    test_variance = test_score * (1 - test_score) / test_size
    return (dev_score - test_score) / np.sqrt(dev_variance + test_variance)
