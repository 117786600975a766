"""How the cost of an epoch grows with the number of points and of hidden units.

The same full-batch epoch through the Runner and in plain NumPy, for 10² to 10⁵ points with 5 hidden
units, and for 5 to 500 hidden units with 640 points. Run with
`python benchmarks/cost_against_size.py`; the plot is written to `benchmarks/cost_against_size.png`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np

from minidl.data import make_moons
from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.optim import BatchGD
from minidl.plots import new_axes
from minidl.train import Runner

LR = 0.2
POINTS = [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000]
HIDDEN = [5, 10, 20, 50, 100, 200, 500]
SECONDS = 0.15  # of each measurement
ROUNDS = 5


def moons(points: int) -> tuple[np.ndarray, np.ndarray]:
    """Return a training set."""
    X, y = make_moons(points, noise=0.2, rng=0)
    return X, y.reshape(-1, 1).astype(float)


def minidl_epochs(points: int, hidden: int) -> Callable[[int], None]:
    """Return a function that trains for a number of epochs through the Runner."""
    train_set = moons(points)
    model = two_layer_net(2, hidden, 1, rng=0)
    runner = Runner(model, BatchGD(model, lr=LR), BCELoss())
    return lambda epochs: runner.train(train_set, num_epochs=epochs)


def numpy_epochs(points: int, hidden: int) -> Callable[[int], None]:
    """Return a function that does the same arithmetic, written out and without any guard."""
    X, y = moons(points)
    W1, b1, W2, b2 = (p.value for p in two_layer_net(2, hidden, 1, rng=0).parameters())
    losses, scores = [], []

    def run(epochs: int) -> None:
        for _ in range(epochs):
            h = 1 / (1 + np.exp(-(X @ W1 + b1)))
            p = 1 / (1 + np.exp(-(h @ W2 + b2)))
            losses.append(-np.mean(y * np.log(p) + (1 - y) * np.log(1 - p)))
            scores.append(np.mean((p >= 0.5) == y))
            g = (p - y) / (p * (1 - p)) / len(X)
            g = g * p * (1 - p)
            dW2, db2 = h.T @ g, g.sum(axis=0, keepdims=True)
            g = (g @ W2.T) * h * (1 - h)
            dW1, db1 = X.T @ g, g.sum(axis=0, keepdims=True)
            for value, grad in ((W1, dW1), (b1, db1), (W2, dW2), (b2, db2)):
                value -= LR * grad

    return run


def microseconds(run: Callable[[int], None]) -> float:
    """Return the time of an epoch: the best of some rounds, each about `SECONDS` long."""
    run(1)
    begin = time.perf_counter()
    run(1)
    epochs = max(1, round(SECONDS / (time.perf_counter() - begin)))
    times = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        run(epochs)
        times.append((time.perf_counter() - begin) / epochs)
    return 1e6 * min(times)


def main() -> None:
    """Measure, print and plot."""
    figure, axes = plt.subplots(1, 2, figsize=(9, 3.6), sharey=True, layout="constrained")
    sweeps = {
        "points (5 hidden units)": [(n, 5, n) for n in POINTS],
        "hidden units (640 points)": [(640, h, h) for h in HIDDEN],
    }
    for ax, (label, sweep) in zip(axes, sweeps.items(), strict=True):
        new_axes(ax)
        sizes = [size for _, _, size in sweep]
        times = np.array(
            [[microseconds(f(n, h)) for f in (minidl_epochs, numpy_epochs)] for n, h, _ in sweep]
        )
        ax.loglog(sizes, times[:, 0], "o-", label="minidl Runner")
        ax.loglog(sizes, times[:, 1], "s--", label="plain NumPy")
        ax.set_xlabel(label)
        for size, (ours, plain) in zip(sizes, times, strict=True):
            print(f"{size:7} {label}: {ours:9.0f} µs, NumPy {plain:9.0f} µs, {ours / plain:.2f}")
    axes[0].set_ylabel("time of an epoch in µs")
    axes[0].legend()
    figure.savefig(Path(__file__).with_suffix(".png"), dpi=120, metadata={"Software": None})


if __name__ == "__main__":
    main()
