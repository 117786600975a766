"""One epoch of the moons run: the Runner against plain NumPy and against PyTorch.

640 training and 160 dev points, a 2-5-1 network, full batch, float64; losses and accuracies of
train and dev are recorded every epoch. The three take turns, so that a noisy machine is noisy to
all of them. Run with `python benchmarks/moons_epoch.py`.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np

from minidl.data import make_moons, train_dev_test_split
from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.optim import BatchGD
from minidl.train import Runner

EPOCHS = 500
ROUNDS = 15
LR = 0.2


def moons() -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    X, y = make_moons(1000, noise=0.5, rng=0)
    train, dev, _ = train_dev_test_split(X, y.reshape(-1, 1).astype(float), rng=0)
    return train, dev


def run_minidl() -> float:
    train, dev = moons()
    model = two_layer_net(2, 5, 1, rng=0)
    runner = Runner(model, BatchGD(model, lr=LR), BCELoss())
    begin = time.perf_counter()
    runner.train(train, dev, num_epochs=EPOCHS)
    seconds = time.perf_counter() - begin
    run_minidl.loss = runner.history.train_loss[-1]
    return seconds


def run_numpy() -> float:
    """The same arithmetic with no function that a textbook would not write, and no guard."""
    (X, y), (X_dev, y_dev) = moons()
    model = two_layer_net(2, 5, 1, rng=0)
    W1, b1, W2, b2 = (p.value for p in model.parameters())
    N = len(X)
    train_loss, train_score, dev_loss, dev_score = [], [], [], []
    begin = time.perf_counter()
    for _ in range(EPOCHS):
        h = 1 / (1 + np.exp(-(X @ W1 + b1)))
        p = 1 / (1 + np.exp(-(h @ W2 + b2)))
        train_loss.append(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
        train_score.append(np.mean((p >= 0.5) == y))
        g = (p - y) / (p * (1 - p)) / N
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
    seconds = time.perf_counter() - begin
    run_numpy.loss = train_loss[-1]
    return seconds


def run_torch() -> float:
    import torch

    torch.set_num_threads(1)
    (X, y), (X_dev, y_dev) = (tuple(map(torch.from_numpy, pair)) for pair in moons())
    source = two_layer_net(2, 5, 1, rng=0)
    model = torch.nn.Sequential(
        torch.nn.Linear(2, 5), torch.nn.Sigmoid(), torch.nn.Linear(5, 1), torch.nn.Sigmoid()
    ).double()
    values = [torch.from_numpy(p.value.T.squeeze() if p.name[-1] == "b" else p.value.T) for p in source.parameters()]
    with torch.no_grad():
        for parameter, value in zip(model.parameters(), values, strict=True):
            parameter.copy_(value)
    optimizer = torch.optim.SGD(model.parameters(), lr=LR)
    loss_fn = torch.nn.BCELoss()
    train_loss, train_score, dev_loss, dev_score = [], [], [], []
    begin = time.perf_counter()
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
    seconds = time.perf_counter() - begin
    run_torch.loss = train_loss[-1]
    return seconds


def main() -> None:
    runs: dict[str, Callable[[], float]] = {"minidl": run_minidl, "NumPy": run_numpy, "PyTorch": run_torch}
    times: dict[str, list[float]] = {name: [] for name in runs}
    for run in runs.values():
        run()
    for _ in range(ROUNDS):
        for name, run in runs.items():
            times[name].append(run() / EPOCHS)
    losses = {name: f"{run.loss:.10f}" for name, run in runs.items()}
    print("last train loss:", losses)
    for name, values in times.items():
        print(f"{name:8} {statistics.median(values) * 1e6:7.1f} µs an epoch")
    for other in ("NumPy", "PyTorch"):
        ratios = [a / b for a, b in zip(times["minidl"], times[other], strict=True)]
        print(f"minidl / {other}: {statistics.median(ratios):.2f} (from {min(ratios):.2f} to {max(ratios):.2f})")


if __name__ == "__main__":
    main()
