"""A step of a FullyConnectedNet on CIFAR-10's shapes: the Runner against PyTorch.

3072-100-100-10 with batch norm and ReLU, cross-entropy, batches of 100, float32, with SGD with
momentum and with Adam: forward, backward and step. Each is timed with one thread and with two, and
its fastest counts; the processor's time with one thread is shown beside it, which other programs
on the machine hardly change. All take turns; a ratio is of the best turns of each. Run with
`python -m benchmarks.fully_connected`.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from threadpoolctl import threadpool_limits

from minidl import optim
from minidl.losses import CrossEntropyLoss
from minidl.models import FullyConnectedNet
from minidl.train import Runner

N, SIZES, CLASSES = 100, (3072, 100, 100), 10
TURNS, STEPS = 25, 3
RULES: dict[str, dict[str, Any]] = {"SGD": {"lr": 1e-3, "momentum": 0.9}, "Adam": {"lr": 1e-3}}

rng = np.random.default_rng(0)
X = rng.standard_normal((N, SIZES[0])).astype(np.float32)
Y = rng.integers(0, CLASSES, N)


def in_minidl(rule: str) -> Callable[[], Any]:
    net = FullyConnectedNet(
        SIZES[0], SIZES[1:], CLASSES, normalization="batch", rng=0, dtype=np.float32
    )
    optimizer = getattr(optim, rule)(net, **RULES[rule])
    runner = Runner(net, optimizer, CrossEntropyLoss(), metric=None)
    return lambda: runner.train_step(X, Y)


def in_pytorch(rule: str) -> Callable[[], Any]:
    nn = torch.nn
    layers: list[Any] = []
    for before, after in itertools.pairwise(SIZES):
        layers += [nn.Linear(before, after), nn.BatchNorm1d(after), nn.ReLU()]
    net = nn.Sequential(*layers, nn.Linear(SIZES[-1], CLASSES))
    optimizer = getattr(torch.optim, rule)(net.parameters(), **RULES[rule])
    loss_fn, x, y = nn.CrossEntropyLoss(), torch.tensor(X), torch.tensor(Y)

    def step() -> None:
        optimizer.zero_grad()
        loss = loss_fn(net(x), y)
        loss.backward()
        optimizer.step()
        loss.item()  # minidl gives a number, too

    return step


@contextmanager
def threads(number: int) -> Iterator[None]:
    torch.set_num_threads(number)
    with threadpool_limits(number, user_api="blas"):
        yield


def seconds_of(step: Callable[[], Any], clock: Callable[[], float]) -> float:
    step()
    begin = clock()
    for _ in range(STEPS):
        step()
    return (clock() - begin) / STEPS


CLOCKS = {
    "1 thread": (1, time.perf_counter),
    "2 threads": (2, time.perf_counter),
    "processor": (1, time.process_time),
}


def measure(rule: str) -> dict[tuple[str, str], float]:
    """Return the best time of a step of each, by clock and name, in seconds."""
    steps = {"minidl": in_minidl(rule), "PyTorch": in_pytorch(rule)}
    best: dict[tuple[str, str], float] = {}
    for _ in range(TURNS):
        for (clock, (number, now)), (name, step) in itertools.product(
            CLOCKS.items(), steps.items()
        ):
            with threads(number):
                seconds = seconds_of(step, now)
            best[clock, name] = min(best.get((clock, name), np.inf), seconds)
    return best


def main() -> None:
    for rule in RULES:
        best = measure(rule)
        ours, theirs = (
            min(best["1 thread", name], best["2 threads", name]) for name in ("minidl", "PyTorch")
        )
        print(f"{rule}: ratio {ours / theirs:.2f}, at most 1.0 is asked")
        for clock in CLOCKS:
            ours, theirs = best[clock, "minidl"], best[clock, "PyTorch"]
            shown = f"{ours * 1e3:6.2f} ms, PyTorch {theirs * 1e3:6.2f} ms"
            print(f"  {clock:10} {shown}, {ours / theirs:.2f}", flush=True)


if __name__ == "__main__":
    main()
