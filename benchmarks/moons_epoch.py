"""One epoch of the moons run: the Runner against plain NumPy and against PyTorch.

640 training and 160 dev points, a 2-5-1 network, full batch, float64; losses and accuracies of
train and dev are recorded every epoch. The three take turns, so that a noisy machine is noisy to
all of them, and a ratio is taken of each turn. Run with `python benchmarks/moons_epoch.py`.
"""

from __future__ import annotations

import statistics
import time
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


def moons() -> tuple[Pair, Pair]:
    """Return the training and the dev set."""
    X, y = make_moons(1000, noise=0.5, rng=0)
    train_set, dev_set, _ = train_dev_test_split(X, y.reshape(-1, 1).astype(float), rng=0)
    return train_set, dev_set


def run_minidl(train_set: Pair, dev_set: Pair) -> float:
    """Train through the Runner; return the last train loss."""
    model = two_layer_net(2, 5, 1, rng=0)
    runner = Runner(model, BatchGD(model, lr=LR), BCELoss())
    runner.train(train_set, dev_set, num_epochs=EPOCHS)
    return runner.history.train_loss[-1]


def run_numpy(train_set: Pair, dev_set: Pair) -> float:
    """Train with the same arithmetic written out, without any guard; return the last train loss."""
    (X, y), (X_dev, y_dev) = train_set, dev_set
    W1, b1, W2, b2 = (p.value for p in two_layer_net(2, 5, 1, rng=0).parameters())
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


def torch_model() -> torch.nn.Sequential:
    """Return the network with the weights that the other two start from."""
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 5), torch.nn.Sigmoid(), torch.nn.Linear(5, 1), torch.nn.Sigmoid()
    ).double()
    start = two_layer_net(2, 5, 1, rng=0).parameters()
    with torch.no_grad():
        for parameter, value in zip(model.parameters(), start, strict=True):
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
    sets = moons()
    runs = {"minidl": run_minidl, "NumPy": run_numpy, "PyTorch": run_torch}
    losses = [run(*sets) for run in runs.values()]
    np.testing.assert_allclose(losses, losses[0], rtol=1e-9)  # all three do the same work
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(ROUNDS):
        for name, run in runs.items():
            begin = time.perf_counter()
            run(*sets)
            times[name].append((time.perf_counter() - begin) / EPOCHS)
    for name, values in times.items():
        print(f"{name:8} {statistics.median(values) * 1e6:7.1f} µs an epoch")
    for other in ("NumPy", "PyTorch"):
        ratios = [a / b for a, b in zip(times["minidl"], times[other], strict=True)]
        low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
        print(f"minidl / {other:8} {middle:.2f} (from {low:.2f} to {high:.2f})")


if __name__ == "__main__":
    main()
