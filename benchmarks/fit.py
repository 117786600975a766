"""One epoch of a fit with L2: the Runner against plain NumPy and against PyTorch.

320 samples of a parabola, a 1-128-256-1 network with ReLU, mean squared error, ½·λ·ΣW² on the
weights, plain gradient descent, in mini-batches of 32 and on the full batch, in float32 and in
float64. No dev set: what is timed is the training itself. PyTorch has two threads, and the
fastest of three ways to the same penalty. All take turns, so that a noisy machine is noisy to
all of them, and a ratio is taken of each turn; a pause before each run lets the threads of the
last one fall asleep, which would take the cores from it. Run with `python benchmarks/fit.py`.
"""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import torch

from minidl.data import make_quadratic
from minidl.losses import MSELoss
from minidl.nn import Linear, ReLU, Sequential, he_normal
from minidl.optim import BatchGD
from minidl.penalties import L2
from minidl.train import Runner

N = 320
SIZES = (1, 128, 256, 1)
LR = 0.02
LAM = 1e-2
ROUNDS = 25
PAUSE = 0.1  # seconds
THREADS = 2
TOLERANCE = {np.float64: 1e-9, np.float32: 1e-5}


class Task(NamedTuple):
    """What every run is given."""

    dtype: type
    batch_size: int
    epochs: int

    def data(self) -> tuple[Any, Any]:
        """Return the samples, (N, 1) and (N, 1)."""
        X, y = make_quadratic(N, noise=0.1, rng=0)
        return X.astype(self.dtype), y.reshape(-1, 1).astype(self.dtype)

    def model(self) -> Sequential:
        """Return the network that all start from."""
        rng = np.random.default_rng(0)
        fc1, fc2, fc3 = (
            Linear(D, M, weight_init=he_normal, rng=rng, dtype=self.dtype, name=f"fc{i}")
            for i, (D, M) in enumerate(itertools.pairwise(SIZES), start=1)
        )
        return Sequential(fc1, ReLU(), fc2, ReLU(), fc3)

    def batches(self, rng: np.random.Generator) -> list[Any]:
        """Return the rows of each batch of an epoch, or None for the full batch."""
        if self.batch_size == N:
            return [slice(None)]
        order = rng.permutation(N)
        return [order[i : i + self.batch_size] for i in range(0, N, self.batch_size)]


def run_minidl(task: Task) -> float:
    """Train through the Runner; return the last epoch's loss."""
    model = task.model()
    optimizer = BatchGD(model, lr=LR)
    runner = Runner(model, optimizer, MSELoss(), metric=None, penalties=[L2(LAM)], rng=0)
    batch_size = None if task.batch_size == N else task.batch_size
    runner.train(task.data(), num_epochs=task.epochs, batch_size=batch_size)
    return runner.history.train_loss[-1]


def run_numpy(task: Task) -> float:
    """Train with the same arithmetic written out, without any guard; return the last loss."""
    X, y = task.data()
    W1, b1, W2, b2, W3, b3 = (p.value for p in task.model().parameters())
    rng = np.random.default_rng(0)
    losses = []
    for _ in range(task.epochs):
        total = 0.0
        for rows in task.batches(rng):
            x, t = X[rows], y[rows]
            h1 = np.maximum(x @ W1 + b1, 0)
            h2 = np.maximum(h1 @ W2 + b2, 0)
            error = h2 @ W3 + b3 - t
            total += float(np.mean(error**2)) * len(x)
            g = 2 * error / len(x)
            dW3 = h2.T @ g + LAM * W3
            db3 = g.sum(axis=0, keepdims=True)
            g = (g @ W3.T) * (h2 > 0)
            dW2 = h1.T @ g + LAM * W2
            db2 = g.sum(axis=0, keepdims=True)
            g = (g @ W2.T) * (h1 > 0)
            dW1 = x.T @ g + LAM * W1
            db1 = g.sum(axis=0, keepdims=True)
            W1 -= LR * dW1
            b1 -= LR * db1
            W2 -= LR * dW2
            b2 -= LR * db2
            W3 -= LR * dW3
            b3 -= LR * db3
        losses.append(total / N)
    return losses[-1]


def torch_model(task: Task) -> torch.nn.Sequential:
    """Return the network with the weights that the others start from."""
    fc1, fc2, fc3 = (torch.nn.Linear(D, M) for D, M in itertools.pairwise(SIZES))
    model = torch.nn.Sequential(fc1, torch.nn.ReLU(), fc2, torch.nn.ReLU(), fc3)
    model.to(torch.from_numpy(np.zeros(1, task.dtype)).dtype)
    with torch.no_grad():
        for theirs, ours in zip(model.parameters(), task.model().parameters(), strict=True):
            theirs.copy_(torch.from_numpy(ours.value.T).reshape(theirs.shape))
    return model


def run_torch(task: Task, *, term: bool, fused: bool = False) -> float:
    """Train with nn modules, autograd and SGD; return the last loss.

    `term` adds the penalty to the loss; without it the optimizer decays the weights.
    """
    X, y = map(torch.from_numpy, task.data())
    model = torch_model(task)
    weights = [p for p in model.parameters() if p.ndim == 2]
    biases = [p for p in model.parameters() if p.ndim == 1]
    groups = [{"params": weights, "weight_decay": 0 if term else LAM}, {"params": biases}]
    optimizer = torch.optim.SGD(groups, lr=LR, fused=fused)
    loss_fn = torch.nn.MSELoss()
    rng = np.random.default_rng(0)
    losses = []
    for _ in range(task.epochs):
        total = 0.0
        for rows in task.batches(rng):
            x, t = (X, y) if isinstance(rows, slice) else _take(X, y, torch.from_numpy(rows))
            loss = loss_fn(model(x), t)
            total += loss.item() * len(x)
            if term:
                loss = loss + 0.5 * LAM * sum((W**2).sum() for W in weights)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        losses.append(total / N)
    return losses[-1]


def _take(X: torch.Tensor, y: torch.Tensor, rows: torch.Tensor) -> tuple[torch.Tensor, ...]:
    return X.index_select(0, rows), y.index_select(0, rows)


RUNS: dict[str, Callable[[Task], float]] = {
    "minidl": run_minidl,
    "NumPy": run_numpy,
    "PyTorch, weight_decay": lambda task: run_torch(task, term=False),
    "PyTorch, fused SGD": lambda task: run_torch(task, term=False, fused=True),
    "PyTorch, term of the loss": lambda task: run_torch(task, term=True),
}
TORCH = [name for name in RUNS if name.startswith("PyTorch")]


def measure(task: Task) -> dict[str, list[float]]:
    """Return seconds an epoch of each run, turn by turn; the first turn warms up and compares."""
    losses = [run(task) for run in RUNS.values()]
    np.testing.assert_allclose(losses, losses[0], rtol=TOLERANCE[task.dtype])  # the same work
    times: dict[str, list[float]] = {name: [] for name in RUNS}
    for _ in range(ROUNDS):
        for name, run in RUNS.items():
            time.sleep(PAUSE)
            begin = time.perf_counter()
            run(task)
            times[name].append((time.perf_counter() - begin) / task.epochs)
    return times


def report(task: Task, times: dict[str, list[float]]) -> None:
    """Print the time of an epoch for each, and the ratios to NumPy and to the fastest PyTorch."""
    batch = "full batch" if task.batch_size == N else f"batches of {task.batch_size}"
    print(f"{np.dtype(task.dtype).name}, {batch}")
    middle = {name: statistics.median(values) for name, values in times.items()}
    for name, seconds in middle.items():
        print(f"  {name:25} {seconds * 1e6:7.0f} µs an epoch")
    for other in ("NumPy", min(TORCH, key=lambda name: middle[name])):
        ratios = [a / b for a, b in zip(times["minidl"], times[other], strict=True)]
        low, mid, high = min(ratios), statistics.median(ratios), max(ratios)
        print(f"  minidl / {other:16} {mid:.2f} (from {low:.2f} to {high:.2f})")


def main() -> None:
    """Measure all four tasks."""
    torch.set_num_threads(THREADS)
    for dtype in (np.float32, np.float64):
        for batch_size, epochs in ((32, 20), (N, 50)):
            task = Task(dtype, batch_size, epochs)
            report(task, measure(task))


if __name__ == "__main__":
    main()
