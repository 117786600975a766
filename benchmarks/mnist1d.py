"""How hard MNIST-1D is: test accuracy of four models, beside what its authors published.

The models are the authors' (logistic regression, two hidden layers of 100 units, three
convolutions of 25 channels) and trained as theirs, by Adam with rate 0.01 on batches of 100, with
PyTorch, so that the data set is measured and not this library. Run with
`python -m benchmarks.mnist1d`, and a number of steps for another one than 6,000.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch
from torch import nn

from minidl.data import make_mnist1d

PUBLISHED = {"logistic regression": 32, "fully connected": 68, "convolutions": 94, "shuffled": 56}
"""Per cent; the last is the one with convolutions where the 40 positions are shuffled."""
SEEDS = 3


def logistic_regression() -> nn.Module:
    return nn.Linear(40, 10)


def fully_connected() -> nn.Module:
    hidden = nn.Linear(40, 100), nn.ReLU(), nn.Linear(100, 100), nn.ReLU()
    return nn.Sequential(*hidden, nn.Linear(100, 10))


def convolutions() -> nn.Module:
    layers: list[nn.Module] = [nn.Unflatten(1, (1, 40))]
    for channels, kernel in [(1, 5), (25, 3), (25, 3)]:
        layers += [nn.Conv1d(channels, 25, kernel, stride=2, padding=1), nn.ReLU()]
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(125, 10))


MODELS: dict[str, Callable[[], nn.Module]] = {
    "logistic regression": logistic_regression,
    "fully connected": fully_connected,
    "convolutions": convolutions,
    "shuffled": convolutions,
}


def test_accuracy(name: str, steps: int, seed: int) -> float:
    """Return the part of the test set that a model is right on after so many steps."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    order = rng.permutation(40) if name == "shuffled" else np.arange(40)
    (X, y), (X_test, y_test) = make_mnist1d(rng=seed)
    net = MODELS[name]()
    train(net, tensor(X[:, order]), torch.tensor(y), steps, rng)
    with torch.no_grad():
        predicts = net(tensor(X_test[:, order])).argmax(dim=1).numpy()
    return float((predicts == y_test).mean())


def train(net: nn.Module, X: Any, y: Any, steps: int, rng: np.random.Generator) -> None:
    optimizer = torch.optim.Adam(net.parameters(), lr=0.01)
    for _ in range(steps):
        rows = torch.tensor(rng.integers(len(X), size=100))
        loss = nn.functional.cross_entropy(net(X[rows]), y[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


def tensor(X: np.ndarray) -> Any:
    return torch.tensor(X, dtype=torch.float32)


def main(steps: int) -> None:
    torch.set_num_threads(1)
    start = time.perf_counter()
    make_mnist1d(rng=0)
    print(f"made in {time.perf_counter() - start:.2f} s")
    for name, published in PUBLISHED.items():
        found = [100 * test_accuracy(name, steps, seed) for seed in range(SEEDS)]
        each = ", ".join(f"{value:.1f}" for value in found)
        print(f"{name:20} {np.mean(found):5.1f} % ({each}); published {published} %", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6000)
