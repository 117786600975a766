"""One epoch of the moons run: the Runner against plain NumPy and against PyTorch.

640 training and 160 dev points, a 2-5-1 network, full batch; losses and accuracies of train and
dev are recorded every epoch. In float64 and in float32, by one call of `train` and stepped through
with a stop at each epoch; NumPy both as one writes it and with all outputs reused. All take turns,
so that a noisy machine is noisy to all of them, and a ratio is taken of each turn. Run with
`OPENBLAS_NUM_THREADS=1 python benchmarks/moons_epoch.py`.
"""

from __future__ import annotations

import statistics
import time
from functools import partial
from typing import Any

import numpy as np
import torch

from minidl.data import make_moons, train_dev_test_split
from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.optim import BatchGD
from minidl.train import Runner

EPOCHS = 1000
ROUNDS = 15
LR = 0.2

Pair = tuple[Any, Any]


def moons(dtype: str) -> tuple[Pair, Pair]:
    """Return the training and the dev set."""
    X, y = make_moons(1000, noise=0.5, rng=0)
    train_set, dev_set, _ = train_dev_test_split(
        X.astype(dtype), y.reshape(-1, 1).astype(dtype), rng=0
    )
    return train_set, dev_set


def start(dtype: Any) -> Any:
    """Return the network that all start from."""
    return two_layer_net(2, 5, 1, rng=0, dtype=dtype)


def make_runner(dtype: Any) -> Runner:
    model = start(dtype)
    return Runner(model, BatchGD(model, lr=LR), BCELoss())


def run_minidl(train_set: Pair, dev_set: Pair) -> float:
    """Train through the Runner; return the last train loss."""
    runner = make_runner(train_set[0].dtype)
    runner.train(train_set, dev_set, num_epochs=EPOCHS)
    return runner.history.train_loss[-1]


def run_stepped(train_set: Pair, dev_set: Pair) -> float:
    """Train through the Runner, with a stop at each epoch."""
    runner = make_runner(train_set[0].dtype)
    for _ in runner.epochs(train_set, dev_set, num_epochs=EPOCHS):
        pass
    return runner.history.train_loss[-1]


def run_numpy(train_set: Pair, dev_set: Pair) -> float:
    """Train with the same arithmetic written out, without any guard; return the last train loss."""
    (X, y), (X_dev, y_dev) = train_set, dev_set
    W1, b1, W2, b2 = (p.value for p in start(X.dtype).parameters())
    train_loss, train_score, dev_loss, dev_score = [], [], [], []
    for _ in range(EPOCHS):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        train_loss.append(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
        train_score.append(np.mean((p >= 0.5) == y))
        g = (p - y) / (p * (1 - p)) / len(X)
        g = g * p * (1 - p)
        dW2 = h.T @ g
        db2 = g.sum(axis=0, keepdims=True)
        g = (g @ W2.T) * h * (1 - h)
        dW1 = X.T @ g
        db1 = g.sum(axis=0, keepdims=True)
        W1 -= LR * dW1
        b1 -= LR * db1
        W2 -= LR * dW2
        b2 -= LR * db2
        h = 1 / (1 + np.exp(-(X_dev @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        dev_loss.append(-np.mean(y_dev * np.log(p) + (1 - y_dev) * np.log(1 - p)))
        dev_score.append(np.mean((p >= 0.5) == y_dev))
    return float(train_loss[-1])


class Reused:
    """A set with arrays for all that is computed of it, written into again at each epoch."""

    def __init__(self, X: Any, y: Any) -> None:
        N, dtype = len(X), X.dtype
        self.X, self.y = X, y
        self.h, self.g, self.slope = (np.empty((N, 5), dtype) for _ in range(3))
        self.p, self.a, self.b, self.c = (np.empty((N, 1), dtype) for _ in range(4))
        self.hits = np.empty((N, 1), bool)

    def forward(self, W1: Any, b1: Any, W2: Any, b2: Any) -> None:
        for x, W, b, out in ((self.X, W1, b1, self.h), (self.h, W2, b2, self.p)):
            np.dot(x, W, out=out)
            np.add(out, b, out=out)
            np.negative(out, out=out)
            np.exp(out, out=out)
            np.add(1, out, out=out)
            np.divide(1, out, out=out)

    def measure(self) -> tuple[float, float]:
        np.log(self.p, out=self.a)
        np.multiply(self.y, self.a, out=self.a)
        np.subtract(1, self.p, out=self.b)
        np.log(self.b, out=self.b)
        np.subtract(1, self.y, out=self.c)
        np.multiply(self.c, self.b, out=self.b)
        np.add(self.a, self.b, out=self.a)
        np.greater_equal(self.p, 0.5, out=self.hits)
        np.equal(self.hits, self.y, out=self.hits)
        return -np.mean(self.a), np.mean(self.hits)

    def backward(self, W2: Any) -> tuple[Any, Any, Any, Any]:
        np.subtract(1, self.p, out=self.b)
        np.multiply(self.p, self.b, out=self.b)
        np.subtract(self.p, self.y, out=self.a)
        np.divide(self.a, self.b, out=self.a)
        np.divide(self.a, len(self.X), out=self.a)
        np.multiply(self.a, self.b, out=self.a)
        dW2, db2 = self.h.T @ self.a, self.a.sum(axis=0, keepdims=True)
        np.dot(self.a, W2.T, out=self.g)
        np.subtract(1, self.h, out=self.slope)
        np.multiply(self.slope, self.h, out=self.slope)
        np.multiply(self.g, self.slope, out=self.g)
        return self.X.T @ self.g, self.g.sum(axis=0, keepdims=True), dW2, db2


def run_reused(train_set: Pair, dev_set: Pair) -> float:
    """Train as `run_numpy`, without a new array for any large result."""
    weights = [p.value for p in start(train_set[0].dtype).parameters()]
    train, dev = Reused(*train_set), Reused(*dev_set)
    on_train, on_dev = [], []
    for _ in range(EPOCHS):
        train.forward(*weights)
        on_train.append(train.measure())
        for weight, grad in zip(weights, train.backward(weights[2]), strict=True):
            weight -= LR * grad
        dev.forward(*weights)
        on_dev.append(dev.measure())
    return float(on_train[-1][0])


def torch_model() -> torch.nn.Sequential:
    """Return the network with the weights that the other two start from."""
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 5), torch.nn.Sigmoid(), torch.nn.Linear(5, 1), torch.nn.Sigmoid()
    ).double()
    first = start(np.float64).parameters()
    with torch.no_grad():
        for parameter, value in zip(model.parameters(), first, strict=True):
            parameter.copy_(torch.from_numpy(value.value.T).reshape(parameter.shape))
    return model


def run_torch(train_set: Pair, dev_set: Pair) -> float:
    """Train with nn modules, autograd and SGD; return the last train loss."""
    (X, y), (X_dev, y_dev) = (tuple(map(torch.from_numpy, s)) for s in (train_set, dev_set))
    model = torch_model()
    optimizer = torch.optim.SGD(model.parameters(), lr=LR)
    loss_fn = torch.nn.BCELoss()
    train_loss, train_score, dev_loss, dev_score = [], [], [], []
    for _ in range(EPOCHS):
        p = model(X)
        loss = loss_fn(p, y)
        train_loss.append(loss.item())
        train_score.append(((p >= 0.5) == y).double().mean().item())
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            p = model(X_dev)
            dev_loss.append(loss_fn(p, y_dev).item())
            dev_score.append(((p >= 0.5) == y_dev).double().mean().item())
    return train_loss[-1]


def main() -> None:
    """Print the time of an epoch for each, and the ratios."""
    torch.set_num_threads(1)
    runs = {
        f"{name} {dtype}": partial(run, *moons(dtype))
        for dtype, names in KINDS.items()
        for name, run in names.items()
    }
    losses = [run() for run in runs.values()]
    np.testing.assert_allclose(losses, losses[0], rtol=1e-6)  # they all do the same work
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            begin = time.perf_counter()
            run()
            times[name].append((time.perf_counter() - begin) / EPOCHS)
    for name, values in times.items():
        print(f"{name:16} {statistics.median(values) * 1e6:7.1f} µs an epoch")
    for name, other in RATIOS:
        ratios = [a / b for a, b in zip(times[name], times[other], strict=True)]
        low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
        print(f"{name} / {other:16} {middle:.2f} (from {low:.2f} to {high:.2f})")


KINDS = {
    "float64": {
        "minidl": run_minidl,
        "stepped": run_stepped,
        "NumPy": run_numpy,
        "reused": run_reused,
        "PyTorch": run_torch,
    },
    "float32": {"minidl": run_minidl, "NumPy": run_numpy, "reused": run_reused},
}
RATIOS = [
    ("stepped float64", "minidl float64"),
    *[("minidl float64", f"{other} float64") for other in ("NumPy", "reused", "PyTorch")],
    *[("minidl float32", f"{other} float32") for other in ("NumPy", "reused")],
]


if __name__ == "__main__":
    main()
