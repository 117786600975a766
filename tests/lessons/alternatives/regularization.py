"""Right answers to the lesson on regularization, as somebody else would write them."""

import math

import numpy as np

from minidl.op import Op
from minidl.train import Listener


def epoch_with_lists(model, optimizer, loss_fn, batches):
    losses, sizes = [], []
    for X, y in batches:
        losses.append(loss_fn(model(X), y))
        sizes.append(X.shape[0])
        optimizer.zero_grad()
        model.backward(loss_fn.backward())
        optimizer.step()
    return np.average(losses, weights=sizes)


def epoch_by_points(model, optimizer, loss_fn, batches):
    each = []
    for X, y in list(batches):
        each += [loss_fn(model(X), y)] * len(y)
        model.backward(loss_fn.backward())
        optimizer.step()
    return sum(each) / len(each)


def epoch_as_running_mean(model, optimizer, loss_fn, batches):
    mean, count = 0.0, 0
    for X, y in batches:
        loss = loss_fn(model(X), y)
        model.backward(loss_fn.backward())
        optimizer.step()
        count += len(X)
        mean += (loss - mean) * len(X) / count
    return float(mean)


def l2_by_loops(W, lam):
    value, gradient = 0.0, np.zeros(W.shape)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            value += lam * W[i, j] ** 2 / 2
            gradient[i, j] = lam * W[i, j]
    return value, gradient


def decay_by_one_formula(model, lr, damping):
    for p in model.parameters():
        kept = 1.0 - damping * p.name.endswith("W")
        p.value[:] = kept * p.value - lr * p.grad


def decay_in_two_loops(model, lr, damping):
    for p in model.parameters():
        if p.name[-1] == "W":
            p.value -= damping * p.value
    for p in model.parameters():
        p.value += -lr * p.grad
    return model


def decay_by_layers(model, lr, damping):
    for layer in reversed(model.layers):
        for name, value in layer.params.items():
            value *= (1 - damping) if name == "W" else 1
            value -= lr * layer.grads[name]


class DropoutByWhere(Op):
    def __init__(self, keep_prob, rng=None):
        super().__init__()
        self.keep_prob, self.rng = keep_prob, np.random.default_rng(rng)

    def forward(self, x):
        self.kept = self.rng.random(x.shape) < self.keep_prob if self.training else None
        return x if self.kept is None else np.where(self.kept, x / self.keep_prob, 0.0)

    def backward(self, grad):
        return grad if self.kept is None else np.where(self.kept, grad / self.keep_prob, 0.0)


class DropoutByBinomial(Op):
    def __init__(self, keep_prob, rng=None):
        super().__init__()
        self.keep_prob, self.rng = keep_prob, np.random.default_rng(rng)

    def forward(self, x):
        self.factor = 1.0
        if self.training:
            self.factor = self.rng.binomial(1, self.keep_prob, size=x.shape) / self.keep_prob
        return self.factor * x

    def backward(self, grad):
        return self.factor * grad


class DropoutByDropping(Op):
    def __init__(self, keep_prob, rng=None):
        super().__init__()
        self.keep_prob = keep_prob
        self.rng = np.random.default_rng(rng)

    def forward(self, x):
        self.was_training = self.training
        if not self.training:
            return x.copy()
        self.dropped = self.rng.uniform(size=x.shape) >= self.keep_prob
        y = x / self.keep_prob
        y[self.dropped] = 0
        return y

    def backward(self, grad):
        if not self.was_training:
            return grad.copy()
        result = grad / self.keep_prob
        result[self.dropped] = 0
        return result


def paired_by_sums(plain, other):
    n = len(plain)
    differences = [a - b for a, b in zip(plain, other, strict=True)]
    mean = sum(differences) / n
    variance = sum((d - mean) ** 2 for d in differences) / (n - 1)
    return mean, math.sqrt(variance / n)


class StopsByHistory(Listener):
    def __init__(self, warm_up, patience):
        self.warm_up, self.patience = warm_up, patience

    def on_evaluate_end(self, runner):
        losses = runner.history.dev_loss
        best = losses.index(min(losses))
        if len(losses) - max(best + 1, self.warm_up) >= self.patience:
            runner.stop("why")


class StopsByCountdown(Listener):
    def __init__(self, warm_up, patience):
        self.warm_up, self.patience = warm_up, patience
        self.lowest, self.left = math.inf, patience

    def on_evaluate_end(self, runner):
        loss = runner.history.dev_loss[-1]
        if loss < self.lowest:
            self.lowest, self.left = loss, self.patience
        elif len(runner.history.dev_loss) > self.warm_up:
            self.left -= 1
            if self.left <= 0:
                runner.stop("enough")


class StopsWithNone(Listener):
    def __init__(self, warm_up, patience):
        self.warm_up, self.patience = warm_up, patience
        self.best, self.count, self.bad = None, 0, 0

    def on_evaluate_end(self, runner):
        self.count += 1
        newest = runner.history.dev_loss[-1]
        if self.best is None or newest < self.best:
            self.best, self.bad = newest, 0
            return
        if self.count > self.warm_up:
            self.bad += 1
        if self.bad >= self.patience:
            runner.stop("no better")


ALTERNATIVES = {
    "epoch": [epoch_with_lists, epoch_by_points, epoch_as_running_mean],
    "l2": [
        l2_by_loops,
        lambda W, lam: (0.5 * lam * np.linalg.norm(W) ** 2, W * lam),
        lambda W, lam: [lam * np.einsum("ij,ij->", W, W) / 2, np.multiply(lam, W)],
    ],
    "decay": [decay_by_one_formula, decay_in_two_loops, decay_by_layers],
    "dropout": [DropoutByWhere, DropoutByBinomial, DropoutByDropping],
    "paired": [
        paired_by_sums,
        lambda p, o: (np.mean(p) - np.mean(o), np.std(p - o, ddof=1) / len(p) ** 0.5),
        lambda p, o: [np.mean(p - o), np.sqrt(np.var(p - o) / (len(o) - 1))],
    ],
    "stopping": [StopsByHistory, StopsByCountdown, StopsWithNone],
}
