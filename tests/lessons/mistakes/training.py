"""Mistakes that learners make in the exercises on training, by the diagnosis that each gets."""

import numpy as np

from minidl.optim import BatchGD
from minidl.train import Listener

GIVEN = {"BatchGD": BatchGD}


def loop_in_order(order, *, epochs=0, swap=False):
    """Return a loop: t, d, T record a loss (T: train as dev), f is forward, b back, s a step."""

    def train(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
        losses = {"t": [], "d": []}
        for action in order * (num_epochs + epochs):
            if action == "f":  # forward, without a record
                loss_fn(model(train_set[0]), train_set[1])
            elif action == "t":
                losses["t"].append(loss_fn(model(train_set[0]), train_set[1]))
            elif action in "dT":
                X, y = dev_set if action == "d" else train_set
                losses["d"].append(loss_fn(model(X), y))
            elif action == "b":  # back through whatever was computed last
                model.backward(loss_fn.backward())
            else:
                optimizer.step()
        found = (losses["t"], losses["d"])
        return found[::-1] if swap else found

    return train


def loop_without_lists(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    for _ in range(num_epochs):
        loss = loss_fn(model(train_set[0]), train_set[1])
        model.backward(loss_fn.backward())
        optimizer.step()
    return loss


def best_with(
    start=-np.inf, *, better=np.greater, copy=True, first=1, sign=-1, inside=False, back=True
):
    def train_best(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
        best_score, best_epoch, best_state = start, 0, model.state_dict()
        for epoch in range(first, num_epochs + first):
            loss_fn(model(train_set[0]), train_set[1])
            if back:
                model.backward(loss_fn.backward())
            optimizer.step()
            score = sign * loss_fn(model(dev_set[0]), dev_set[1])
            if better(score, best_score):
                best_score, best_epoch = score, epoch
                views = {p.name: p.value for p in model.parameters()}
                best_state = model.state_dict() if copy else views
            if inside:
                model.load_state_dict(best_state)
        model.load_state_dict(best_state)
        return best_score, best_epoch

    return train_best


def best_as_a_loss(*args):
    score, epoch = best_with()(*args)
    return -score, epoch


def best_swapped(*args):
    return best_with()(*args)[::-1]


def best_of_untrained(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    state = model.state_dict()
    found = best_with()(model, optimizer, loss_fn, train_set, dev_set, num_epochs)
    model.load_state_dict(state)
    return found


def best_score_only(*args):
    return best_with()(*args)[0]


class Faulty:
    """The runner as the lesson shows it, with both faults."""

    def __init__(self, model, optimizer, loss_fn):
        self.model, self.optimizer, self.loss_fn = model, optimizer, loss_fn
        self.train_losses, self.dev_losses = [], []

    def train(self, train_set, dev_set, **options):
        X, y = train_set
        for _ in range(options.get("num_epochs", 0)):
            self.train_losses.append(self.loss_fn(self.model(X), y))
            self.model.backward(self.loss_fn.backward())
            self.optimizer.step()
            self.evaluate(dev_set)
        return self.train_losses

    def evaluate(self, data):
        X, y = data
        loss = self.loss_fn(self.model(X), y)
        self.dev_losses.append(loss)
        return loss


class OnlyTheArgument(Faulty):
    def train(self, train_set, dev_set, *, num_epochs):
        return super().train(train_set, dev_set, num_epochs=num_epochs)


class OnlyTheRecord(Faulty):
    def train(self, train_set, dev_set, **options):
        X, y = train_set
        for _ in range(options.get("num_epochs", 0)):
            self.train_losses.append(self.loss_fn(self.model(X), y))
            self.model.backward(self.loss_fn.backward())
            self.optimizer.step()
            self.dev_losses.append(self.evaluate(dev_set))
        return self.train_losses

    def evaluate(self, data):
        X, y = data
        return self.loss_fn(self.model(X), y)


class NoRecord(OnlyTheRecord):
    def train(self, train_set, dev_set, *, num_epochs):
        X, y = train_set
        for _ in range(num_epochs):
            self.train_losses.append(self.loss_fn(self.model(X), y))
            self.model.backward(self.loss_fn.backward())
            self.optimizer.step()
            self.evaluate(dev_set)
        return self.train_losses


class LearnsFromDev(OnlyTheRecord):
    def train(self, train_set, dev_set, *, num_epochs):
        for _ in range(num_epochs):
            self.train_losses.append(self.evaluate(train_set))
            self.dev_losses.append(self.evaluate(dev_set))
            self.model.backward(self.loss_fn.backward())
            self.optimizer.step()
        return self.train_losses


class Right(OnlyTheRecord):
    def train(self, train_set, dev_set, *, num_epochs):
        return super().train(train_set, dev_set, num_epochs=num_epochs)


class TrainReturnsNothing(Right):
    def train(self, train_set, dev_set, *, num_epochs):
        super().train(train_set, dev_set, num_epochs=num_epochs)


class EvaluateReturnsNothing(Right):
    def evaluate(self, data):
        super().evaluate(data)


class SwallowsTheRest(Right):
    def train(self, train_set, dev_set, num_epochs, **options):
        return super().train(train_set, dev_set, num_epochs=num_epochs)


class NoBackward(Right):
    def train(self, train_set, dev_set, *, num_epochs):
        for _ in range(num_epochs):
            self.train_losses.append(self.evaluate(train_set))
            self.optimizer.step()
            self.dev_losses.append(self.evaluate(dev_set))
        return self.train_losses


class OtherName(OnlyTheRecord):
    def train(self, train_set, dev_set, epochs):
        return super().train(train_set, dev_set, num_epochs=epochs)


class NoEvaluate:
    def __init__(self, model, optimizer, loss_fn):
        self.train_losses, self.dev_losses = [], []

    def train(self, train_set, dev_set, *, num_epochs):
        return self.train_losses


def listener(decide):
    """Return a listener class that stops when `decide(losses, window, tolerance)` says so."""

    class StopWhenFlat(Listener):
        def __init__(self, window, tolerance):
            self.window, self.tolerance = window, tolerance

        def on_epoch_end(self, runner):
            if decide(runner.history.train_loss, self.window, self.tolerance):
                runner.stop("flat")

    return StopWhenFlat


class NeverSaysStop(Listener):
    def __init__(self, window, tolerance):
        self.window, self.tolerance = window, tolerance

    def on_epoch_end(self, runner):
        losses = runner.history.train_loss
        return len(losses) > 3 and losses[-4] - losses[-1] < self.tolerance


class WatchesDev(Listener):
    def __init__(self, window, tolerance):
        self.window, self.tolerance = window, tolerance

    def on_epoch_end(self, runner):
        losses = runner.history.dev_loss
        if len(losses) > self.window and losses[-1 - self.window] - losses[-1] < self.tolerance:
            runner.stop("flat")


class NoHook(Listener):
    def __init__(self, window, tolerance):
        self.window, self.tolerance = window, tolerance

    def end_of_epoch(self, runner):
        runner.stop("flat")


MISTAKES = {
    "training/train": {
        "not-a-pair": loop_without_lists,
        "epochs": loop_in_order("tbsd", epochs=-1),
        "no-step": loop_in_order("tbd"),
        "no-backward": loop_in_order("tsd"),
        "learns-from-dev": loop_in_order("tdbs"),
        "steps-on-dev": loop_in_order("tbsdbs"),
        "dev-too-early": loop_in_order("dtbs"),
        "train-too-late": loop_in_order("fbstd"),
        "swapped": loop_in_order("tbsd", swap=True),
        "both-on-train": loop_in_order("tbsT"),
    },
    "training/best": {
        "starts-at-zero": best_with(0.0),
        "starts-too-high": best_with(-1000.0),
        "keeps-the-worst": best_with(np.inf, better=np.less),
        "keeps-the-last": best_with(better=lambda score, best: True),
        "score-sign": best_as_a_loss,
        "epoch-count": best_with(first=0),
        "not-restored": best_with(copy=False),
        "back-to-the-start": best_of_untrained,
        "not-a-pair": best_score_only,
        "swapped": best_swapped,
        "put-back-too-early": best_with(inside=True),
        "no-backward": best_with(back=False),
    },
    "training/runner": {
        "leaves-traces": OnlyTheArgument,
        "silent-epochs": OnlyTheRecord,
        "history": NoRecord,
        "learns-from-dev": LearnsFromDev,
        "no-num-epochs": OtherName,
        "train-returns-nothing": TrainReturnsNothing,
        "evaluate-returns-nothing": EvaluateReturnsNothing,
        "swallows-the-rest": SwallowsTheRest,
        "no-backward": NoBackward,
        "no-method": NoEvaluate,
        "not-a-class": Faulty(None, None, None),
    },
    "training/listener": {
        "stops-while-falling": listener(lambda L, w, t: len(L) > w and L[-1 - w] - L[-1] > t),
        "never-stops": NeverSaysStop,
        "dev-loss": WatchesDev,
        "no-guard": listener(lambda L, w, t: L[-1 - w] - L[-1] < t),
        "sign-lost": listener(lambda L, w, t: len(L) > w and abs(L[-1 - w] - L[-1]) < t),
        "not-less": listener(lambda L, w, t: len(L) > w and L[-1 - w] - L[-1] <= t),
        "off-by-one": listener(lambda L, w, t: len(L) > w and L[-w] - L[-1] < t),
        "ignores-the-window": listener(lambda L, w, t: len(L) > w and L[-2] - L[-1] < t),
        "moment": listener(lambda L, w, t: len(L) > 8 and L[-1 - w] - L[-1] < t),
        "no-hook": NoHook,
        "not-a-listener": dict,
    },
    "training/gap": {
        "missing-root": lambda p, n, q, m: (p - q) / (p * (1 - p) / n + q * (1 - q) / m),
        "errors-added": lambda p, n, q, m: (
            (p - q) / (np.sqrt(p * (1 - p) / n) + np.sqrt(q * (1 - q) / m))
        ),
        "only-dev": lambda p, n, q, m: (p - q) / np.sqrt(p * (1 - p) / n),
        "only-test": lambda p, n, q, m: (p - q) / np.sqrt(q * (1 - q) / m),
        "pooled": lambda p, n, q, m: (
            (p - q) * (n + m) / np.sqrt((p * n + q * m) * (n + m - p * n - q * m) * (1 / n + 1 / m))
        ),
        "sign": lambda p, n, q, m: (q - p) / np.sqrt(p * (1 - p) / n + q * (1 - q) / m),
        "error-not-gap": lambda p, n, q, m: np.sqrt(p * (1 - p) / n + q * (1 - q) / m),
        "values": lambda p, n, q, m: (p - q) / np.sqrt(p * (1 - p) / m + q * (1 - q) / n),
    },
}
