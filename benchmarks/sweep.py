"""A sweep of 64 small networks: as one stacked network, and one after the other.

8 rates × 8 penalties, 2-5-1 networks from the same first weights, 640 points of the moons, full
batch, plain gradient descent with ½·λ·ΣW². One after the other they are trained by the Runner, and
by the same arithmetic in plain NumPy without any guard. All take turns, and a ratio is taken of
each turn; the losses are compared. One BLAS thread for all, and the time that counts is that of the
processor, which other programs disturb less. Run with `python -m benchmarks.sweep`.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from minidl.data import make_moons
from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.numerics import sigmoid
from minidl.optim import BatchGD
from minidl.penalties import L2
from minidl.threads import one_blas_thread
from minidl.train import Runner, Sweep

ROUNDS = 7
EPOCHS = 100
POINTS = 640
RATES, PENALTIES = np.meshgrid(np.geomspace(0.1, 10, 8), np.geomspace(1e-5, 1e-2, 8))
TOLERANCE = {np.float64: 1e-10, np.float32: 1e-3}


class Task(NamedTuple):
    """What every run is given."""

    dtype: type

    def data(self) -> tuple[Any, Any]:
        """Return points (640, 2) and classes (640, 1)."""
        X, y = make_moons(POINTS, noise=0.2, rng=0)
        return X.astype(self.dtype), y.reshape(-1, 1).astype(self.dtype)

    def network(self) -> Any:
        """Return the network that each trial begins with."""
        return two_layer_net(2, 5, 1, rng=0, dtype=self.dtype)


def run_stacked(task: Task) -> Any:
    """Train all networks as one; return the losses of the last step."""
    networks = [task.network() for _ in RATES.flat]
    loss_fn = BCELoss(reduction="none")
    sweep = Sweep(networks, loss_fn, lr=RATES.ravel(), l2=PENALTIES.ravel())
    X, y = task.data()
    for _ in range(EPOCHS):
        losses = sweep.step(X, y)
    return losses


def run_by_runner(task: Task) -> Any:
    """Train one network after the other by the Runner."""
    losses = []
    for lr, lam in zip(RATES.flat, PENALTIES.flat, strict=True):
        model = task.network()
        runner = Runner(model, BatchGD(model, lr=lr), BCELoss(), None, penalties=[L2(lam)])
        runner.train(task.data(), num_epochs=EPOCHS)
        losses.append(runner.history.train_loss[-1])
    return np.array(losses)


def run_by_numpy(task: Task) -> Any:
    """Train one network after the other with the arithmetic written out."""
    (X, y), losses = task.data(), []
    for lr, lam in np.column_stack([RATES.flat, PENALTIES.flat]).astype(task.dtype):
        W1, b1, W2, b2 = (parameter.value for parameter in task.network().parameters())
        for _ in range(EPOCHS):
            hidden = sigmoid(X @ W1 + b1)
            p = sigmoid(hidden @ W2 + b2)
            loss = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
            g2 = (p - y) / len(X)
            g1 = (g2 @ W2.T) * hidden * (1 - hidden)
            W2 -= lr * (hidden.T @ g2 + lam * W2)
            b2 -= lr * g2.sum(axis=0, keepdims=True)
            W1 -= lr * (X.T @ g1 + lam * W1)
            b1 -= lr * g1.sum(axis=0, keepdims=True)
        losses.append(loss)
    return np.array(losses)


RUNS: dict[str, Callable[[Task], Any]] = {
    "stacked": run_stacked,
    "Runner": run_by_runner,
    "plain NumPy": run_by_numpy,
}


def measure(task: Task) -> dict[str, list[float]]:
    """Return the seconds of each run, turn by turn; the first turn warms up and compares."""
    stacked, *others = [run(task) for run in RUNS.values()]
    for other in others:  # the same work
        np.testing.assert_allclose(stacked, other, rtol=TOLERANCE[task.dtype])
    times: dict[str, list[float]] = {name: [] for name in RUNS}
    for _ in range(ROUNDS):
        for name, run in RUNS.items():
            begin = time.process_time()
            run(task)
            times[name].append(time.process_time() - begin)
    return times


def main() -> None:
    """Print, for both precisions, how many times as fast the stacked networks are."""
    for dtype in (np.float64, np.float32):
        with one_blas_thread:
            times = measure(Task(dtype))
        seconds = statistics.median(times["stacked"])
        print(f"{np.dtype(dtype).name}: {seconds / EPOCHS * 1e3:.2f} ms an epoch of 64 networks")
        for name in list(RUNS)[1:]:
            ratios = [a / b for a, b in zip(times[name], times["stacked"], strict=True)]
            low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
            print(f"  as fast as {name} {middle:.2f} times (from {low:.2f} to {high:.2f})")


if __name__ == "__main__":
    main()
