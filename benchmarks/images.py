"""Networks on images, forward, backward and step, in float32: minidl against PyTorch.

LeNet takes 64 images of 28 × 28 a step, an affine network 784-256-128-10 takes 128. Each is timed
on one thread and on two, and its faster number counts; all take turns, so that a busy machine is
busy for all of them, and a ratio is of the best turns. Memory is what a process of its own needs
for its steps, beyond what it had before the first. Run with `python -m benchmarks.images`, and a
number of turns for other than 40.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from threadpoolctl import threadpool_limits

from minidl.losses import CrossEntropyLoss
from minidl.models import LeNet
from minidl.nn import Linear, ReLU, Sequential, he_normal
from minidl.optim import SGD, Adam

Step = Callable[[], Any]
RNG = np.random.default_rng(0)


def batch(*shape: int) -> tuple[Any, Any]:
    """Return images and labels of ten classes."""
    return RNG.standard_normal(shape).astype(np.float32), RNG.integers(0, 10, shape[0])


def affine() -> Sequential:
    """Return the network 784-256-128-10."""
    held: dict[str, Any] = {"rng": 0, "dtype": np.float32, "weight_init": he_normal}
    return Sequential(
        Linear(784, 256, **held), ReLU(), Linear(256, 128, **held), ReLU(), Linear(128, 10, **held)
    )


def their_lenet() -> torch.nn.Sequential:
    """Return LeNet of PyTorch's layers."""
    t = torch.nn
    return t.Sequential(
        t.Conv2d(1, 6, 5, padding=2), t.ReLU(), t.MaxPool2d(2),
        t.Conv2d(6, 16, 5), t.ReLU(), t.MaxPool2d(2), t.Flatten(),
        t.Linear(400, 120), t.ReLU(), t.Linear(120, 84), t.ReLU(), t.Linear(84, 10),
    )  # fmt: skip


def their_affine() -> torch.nn.Sequential:
    """Return 784-256-128-10 of PyTorch's layers."""
    t = torch.nn
    return t.Sequential(
        t.Linear(784, 256), t.ReLU(), t.Linear(256, 128), t.ReLU(), t.Linear(128, 10)
    )


def our_step(model: Any, optimizer: Any, X: Any, y: Any) -> Step:
    """Return a step as the Runner takes it."""
    loss_fn = CrossEntropyLoss()

    def step() -> None:
        loss_fn(model(X), y)
        model.backward_params(loss_fn.backward())
        optimizer.step()

    return step


def their_step(model: Any, optimizer: Any, X: Any, y: Any) -> Step:
    """Return the same with PyTorch."""
    loss_fn = torch.nn.CrossEntropyLoss()
    inputs, labels = torch.from_numpy(X), torch.from_numpy(y)

    def step() -> None:
        loss = loss_fn(model(inputs), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    return step


def lenet(side: str) -> Step:
    """Return a step of LeNet, SGD with momentum."""
    X, y = batch(64, 1, 28, 28)
    if side == "minidl":
        model = LeNet(rng=0, dtype=np.float32)
        return our_step(model, SGD(model, lr=0.01, momentum=0.9), X, y)
    theirs = their_lenet()
    return their_step(theirs, torch.optim.SGD(theirs.parameters(), 0.01, 0.9), X, y)


def mlp(side: str, name: str) -> Step:
    """Return a step of the affine network."""
    X, y = batch(128, 784)
    if side == "minidl":
        model = affine()
        return our_step(model, {"SGD": SGD, "Adam": Adam}[name](model, lr=1e-3), X, y)
    theirs = their_affine()
    return their_step(theirs, getattr(torch.optim, name)(theirs.parameters(), lr=1e-3), X, y)


CASES = {
    "LeNet": lenet,
    "MLP, SGD": partial(mlp, name="SGD"),
    "MLP, Adam": partial(mlp, name="Adam"),
}


def on_threads(number: int, step: Step, repeats: int = 3) -> float:
    """Return the seconds of the fastest of some steps; the first warms up the threads."""
    torch.set_num_threads(number)
    times = []
    with threadpool_limits(number, user_api="blas"):
        step()
        for _ in range(repeats):
            begin = time.perf_counter()
            step()
            times.append(time.perf_counter() - begin)
    return min(times)


def measure(make: Callable[[str], Step], turns: int) -> dict[tuple[str, int], float]:
    """Return the best time of each side on each number of threads, in seconds."""
    steps = {side: make(side) for side in ("minidl", "PyTorch")}
    best: dict[tuple[str, int], float] = {}
    for _ in range(turns):
        for threads in (1, 2):
            for side, step in steps.items():
                found = on_threads(threads, step)
                best[side, threads] = min(best.get((side, threads), np.inf), found)
    return best


def resident(key: str) -> float:
    """Return the MB of this process that are in memory (VmRSS), or were at most (VmHWM)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(float(line.split()[1]) for line in lines if line.startswith(key)) * 1024 / 1e6


def memory(name: str, side: str) -> None:
    """Print by how many MB the largest memory of this process exceeds that before the steps."""
    step = CASES[name](side)
    before = resident("VmRSS")
    for _ in range(10):
        step()
    print(resident("VmHWM") - before)


def memory_of(name: str, side: str) -> float:
    """Return what `memory` finds in a process of its own."""
    call = [sys.executable, "-m", "benchmarks.images", "memory", name, side]
    return float(subprocess.run(call, check=True, capture_output=True, text=True).stdout)


def main(turns: int) -> None:
    """Print times, ratios and memory."""
    for name, make in CASES.items():
        best = measure(make, turns)
        ours, theirs = (min(best[side, n] for n in (1, 2)) for side in ("minidl", "PyTorch"))
        shown = ", ".join(f"{side} {n}: {best[side, n] * 1e3:.2f}" for side, n in best)
        print(f"{name:10} {ours / theirs:.2f}   (ms by threads: {shown})", flush=True)
        one, other = memory_of(name, "minidl"), memory_of(name, "PyTorch")
        print(f"{'':10} memory {one / other:.2f}   ({one:.0f} MB, {other:.0f} MB)", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["memory"]:
        memory(*sys.argv[2:])
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
