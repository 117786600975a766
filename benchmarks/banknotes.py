"""How hard the drawn banknotes are, and how well a watermark misleads: test accuracies.

Mean colours and single pixels go through least squares with a penalty; LeNet is trained as in the
lesson, by SGD with momentum on batches of 16, with PyTorch, so that the data set is measured and
not this library. Run with `python -m benchmarks.banknotes`.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from minidl.data import ImageFolder, make_banknotes

N, EPOCHS = 400, 15
Array = np.ndarray
Part = tuple[Array, Array]


def notes(seed: int, watermark: tuple[float, float] = (0, 0)) -> Part:
    """Return fractions of shape (N, 3, 32, 32), and labels."""
    with tempfile.TemporaryDirectory() as folder:
        made = ImageFolder(make_banknotes(Path(folder), N, watermark=watermark, rng=seed))
        X, y = made.batch(slice(None))
    return (X.transpose(0, 3, 1, 2) / 255 - 0.5) / 0.25, y


def right_by_least_squares(train: Part, test: Part, penalty: float) -> float:
    (X, y), (X_test, y_test) = train, test
    gram = X.T @ X + penalty * np.eye(X.shape[1])
    weights = np.linalg.solve(gram, X.T @ (2.0 * y - 1))
    return float(((X_test @ weights > 0) == y_test).mean())


def lenet() -> nn.Sequential:
    features = [nn.Conv2d(3, 6, 5), nn.ReLU(), nn.MaxPool2d(2)]
    features += [nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()]
    net = nn.Sequential(*features, nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU())
    return net.append(nn.Linear(84, 2))


def right_by_lenet(train: Part, tests: dict[str, Part]) -> list[dict[str, float]]:
    """Return the accuracy on each test set after each epoch."""
    torch.manual_seed(0)
    net, rng, found = lenet(), np.random.default_rng(0), []
    optimizer = torch.optim.SGD(net.parameters(), lr=0.01, momentum=0.9)
    X, y = tensor(train[0]), torch.tensor(train[1])
    for _ in range(EPOCHS):
        for rows in np.array_split(rng.permutation(len(y)), len(y) // 16):
            loss = nn.functional.cross_entropy(net(X[rows]), y[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        found.append({name: accuracy(net, test) for name, test in tests.items()})
    return found


def accuracy(net: nn.Module, test: Part) -> float:
    with torch.no_grad():
        return float((net(tensor(test[0])).argmax(dim=1).numpy() == test[1]).mean())


def tensor(X: Array) -> Any:
    return torch.tensor(X, dtype=torch.float32)


def main() -> None:
    torch.set_num_threads(1)
    start = time.perf_counter()
    train, test = notes(0), notes(1)
    print(f"{2 * N} photos made and read in {time.perf_counter() - start:.1f} s")
    mean, flat = ([(f(X), y) for X, y in (train, test)] for f in (mean_colour, rows_of))
    print(f"mean colours  {right_by_least_squares(*mean, 1):.3f}")
    print(f"single pixels {right_by_least_squares(*flat, 1000):.3f}")
    epochs = [epoch["plain"] for epoch in right_by_lenet(train, {"plain": test})]
    print(f"LeNet by epochs {' '.join(f'{value:.3f}' for value in epochs)}")
    tests = {"same": notes(3, (0, 1)), "none": notes(3), "turned": notes(3, (1, 0))}
    for watermark in ((0, 1), (0.05, 0.95)):
        last = right_by_lenet(notes(2, watermark), tests)[-1]
        print(f"trained with watermarks {watermark}, tested with:", last)


def mean_colour(X: Array) -> Array:
    return np.column_stack([X.mean(axis=(2, 3)), np.ones(len(X))])


def rows_of(X: Array) -> Array:
    return X.reshape(len(X), -1)


if __name__ == "__main__":
    main()
