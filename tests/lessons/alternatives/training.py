"""Right answers to the exercises of the lesson on training, as somebody else would write them."""

import math

import numpy as np

from minidl.train import Listener


def train_with_while(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    found = [[], []]
    while len(found[0]) < num_epochs:
        predicts = model.forward(train_set[0])
        found[0] += [loss_fn(predicts, train_set[1])]
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
        found[1] += [loss_fn(model.forward(dev_set[0]), dev_set[1])]
    return found


def train_with_gradients_forgotten(*args):
    found = train_with_while(*args)
    args[1].zero_grad()
    return found


def train_with_gradients_zeroed(*args):
    found = train_with_while(*args)
    for parameter in args[0].parameters():
        parameter.grad[...] = 0
    return found


def train_into_an_array(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    losses = np.zeros((2, num_epochs))
    for epoch in range(num_epochs):
        losses[0, epoch] = loss_fn(model(train_set[0]), train_set[1])
        model.backward(loss_fn.backward())
        optimizer.step()
        losses[1, epoch] = loss_fn(model(dev_set[0]), dev_set[1])
    return list(losses[0]), list(losses[1])


def train_by_helpers(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    def measure(data):
        X, y = data
        return loss_fn(model(X), y)

    def epoch():
        before = measure(train_set)
        model.backward(loss_fn.backward())
        optimizer.step()
        model.eval()
        after = measure(dev_set)
        model.train()
        return before, after

    pairs = [epoch() for _ in range(num_epochs)]
    return [before for before, _ in pairs], [after for _, after in pairs]


def best_from_lists(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    scores, states = [], []
    for _ in range(num_epochs):
        loss_fn(model(train_set[0]), train_set[1])
        model.backward(loss_fn.backward())
        optimizer.step()
        scores.append(-loss_fn(model(dev_set[0]), dev_set[1]))
        states.append(model.state_dict())
    index = int(np.argmax(scores))
    model.load_state_dict(states[index])
    return scores[index], index + 1


def best_of_the_lowest_loss(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    lowest, best = math.inf, None
    for epoch in range(num_epochs):
        loss_fn(model(train_set[0]), train_set[1])
        model.backward(loss_fn.backward())
        optimizer.step()
        loss = loss_fn(model(dev_set[0]), dev_set[1])
        if loss < lowest:
            lowest, best = loss, (epoch + 1, model.state_dict())
    model.load_state_dict(best[1])
    return -lowest, best[0]


def best_with_none(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    X, y = train_set
    best_score, best_epoch, best_state = None, None, None
    for epoch in range(1, num_epochs + 1):
        loss_fn(model(X), y)
        model.backward(loss_fn.backward())
        optimizer.step()
        score = -loss_fn(model(dev_set[0]), dev_set[1])
        if best_score is None or score > best_score:
            best_score, best_epoch = score, epoch
            best_state = {name: value.copy() for name, value in model.state_dict().items()}
    model.load_state_dict(best_state)
    return [best_score, best_epoch]


class RunnerWithoutEvaluateInTrain:
    def __init__(self, model, optimizer, loss_fn):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.train_losses, self.dev_losses = [], []

    def train(self, train_set, dev_set, num_epochs):
        for _ in range(num_epochs):
            self.train_losses.append(self.evaluate(train_set))
            self.model.backward(self.loss_fn.backward())
            self.optimizer.step()
            self.dev_losses.append(self.evaluate(dev_set))
        return self.train_losses

    def evaluate(self, data):
        return self.loss_fn(self.model(data[0]), data[1])


class RunnerThatForgetsGradients(RunnerWithoutEvaluateInTrain):
    def train(self, train_set, dev_set, num_epochs):
        losses = super().train(train_set, dev_set, num_epochs)
        self.optimizer.zero_grad()
        return losses


class RunnerOfEpochs(RunnerWithoutEvaluateInTrain):
    def train(self, train_set, dev_set, *, num_epochs, verbose=False):
        for _ in range(num_epochs):
            self._epoch(train_set)
            self.dev_losses.append(self.evaluate(dev_set))
        return list(self.train_losses)

    def _epoch(self, train_set):
        self.train_losses.append(self.loss_fn(self.model(train_set[0]), train_set[1]))
        self.model.backward(self.loss_fn.backward())
        self.optimizer.step()


class RunnerWithFlag:
    def __init__(self, model, optimizer, loss_fn):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.train_losses = []
        self.dev_losses = []

    def train(self, train_set, dev_set, *, num_epochs):
        X, y = train_set
        for _ in range(num_epochs):
            loss = self.loss_fn(self.model(X), y)
            self.model.backward(self.loss_fn.backward())
            self.optimizer.step()
            self.train_losses.append(loss)
            self.evaluate(dev_set, record=True)
        return self.train_losses

    def evaluate(self, data, record=False):
        X, y = data
        loss = self.loss_fn(self.model(X), y)
        if record:
            self.dev_losses.append(loss)
        return loss


class StopsByOwnList(Listener):
    def __init__(self, window, tolerance):
        self.window, self.tolerance, self.seen = window, tolerance, []

    def on_epoch_end(self, runner):
        self.seen.append(runner.history.train_loss[-1])
        if len(self.seen) <= self.window:
            return
        if not self.seen[-1 - self.window] - self.seen[-1] >= self.tolerance:
            runner.stop("flat")


class StopsByTry(Listener):
    def __init__(self, window, tolerance):
        self.window, self.tolerance = window, tolerance

    def on_epoch_end(self, runner):
        try:
            old = runner.history.train_loss[-(self.window + 1)]
        except IndexError:
            return
        if old - runner.history.train_loss[-1] < self.tolerance:
            runner.stop(reason="flat")


class StopsBySlice(Listener):
    def __init__(self, window, tolerance):
        self.window, self.tolerance = window, tolerance

    def on_epoch_end(self, runner):
        last = runner.history.train_loss[-self.window - 1 :]
        if len(last) == self.window + 1 and last[0] - last[-1] < self.tolerance:
            runner.stop("flat")


def gap_by_math(dev_score, dev_size, test_score, test_size):
    errors = [
        math.sqrt(p * (1 - p) / n) for p, n in ((dev_score, dev_size), (test_score, test_size))
    ]
    return (dev_score - test_score) / math.hypot(*errors)


def gap_by_arrays(dev_score, dev_size, test_score, test_size):
    p, n = np.array([dev_score, test_score]), np.array([dev_size, test_size])
    return -np.diff(p)[0] / np.sum((p - p**2) / n) ** 0.5


ALTERNATIVES = {
    "train": [
        train_with_while,
        train_with_gradients_forgotten,
        train_with_gradients_zeroed,
        train_into_an_array,
        train_by_helpers,
    ],
    "best": [best_from_lists, best_of_the_lowest_loss, best_with_none],
    "runner": [
        RunnerWithoutEvaluateInTrain,
        RunnerThatForgetsGradients,
        RunnerOfEpochs,
        RunnerWithFlag,
    ],
    "listener": [StopsByOwnList, StopsByTry, StopsBySlice],
    "gap": [
        gap_by_math,
        gap_by_arrays,
        lambda p, n, q, m: (p - q) / np.linalg.norm([(p * (1 - p) / n) ** 0.5,
                                                     (q * (1 - q) / m) ** 0.5]),
    ],
}  # fmt: skip
