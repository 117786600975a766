"""How well networks read the bundled digits: fully connected, and LeNet; five seeds.

LeNet gets them enlarged to 28 × 28. A fifth of the digits is the test set: of each digit alike, at
random; and beside it the last fifth as they come. The two differ, since writers differ: where the
digits are drawn at random, other digits of the same writers are among those that the network has
learned from. The seed decides the split, the weights and the order. Run with
`python -m benchmarks.digits`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from minidl.data import interpolate, load_digits, train_dev_test_split
from minidl.losses import CrossEntropyLoss
from minidl.models import FullyConnectedNet, LeNet
from minidl.op import Op
from minidl.optim import Adam
from minidl.schedules import CosineAnnealingLR
from minidl.train import LRScheduler, Runner

SEEDS = range(5)
FIFTH = (0.8, 0.0, 0.2)

Sets = tuple[Any, Any, Any]


class Reader(NamedTuple):
    """A network and how it is trained."""

    make: Callable[..., Op]
    size: int
    epochs: int
    lr: float


READERS = {
    "64-200-100-10": Reader(
        lambda rng: FullyConnectedNet(64, [200, 100], 10, rng=rng, dtype=np.float32), 8, 40, 2e-3
    ),
    "LeNet": Reader(lambda rng: LeNet(rng=rng, dtype=np.float32), 28, 25, 2e-3),
}
SPLITS: dict[str, Callable[..., Sets]] = {
    "at random": lambda X, y, rng: train_dev_test_split(X, y, sizes=FIFTH, stratify=y, rng=rng),
    "as they come": lambda X, y, rng: train_dev_test_split(X, y, sizes=FIFTH, shuffle=False),
}


def run(reader: Reader, train: Any, test: Any, rng: np.random.Generator) -> tuple[float, float]:
    """Return the test accuracy and the seconds of a training."""
    begin = time.perf_counter()
    model = reader.make(rng=rng)
    schedule = LRScheduler(CosineAnnealingLR(reader.epochs))
    optimizer = Adam(model, lr=reader.lr)
    runner = Runner(model, optimizer, CrossEntropyLoss(), listeners=[schedule], rng=rng)
    runner.train(train, num_epochs=reader.epochs, batch_size=32)
    accuracy, _ = runner.evaluate(test)
    return float(accuracy or 0.0), time.perf_counter() - begin


def main() -> None:
    """Print accuracies and times."""
    images, y = load_digits()
    for name, reader in READERS.items():
        X = interpolate((images / 16)[:, np.newaxis], reader.size).astype(np.float32)
        for how, split in SPLITS.items():
            runs = []
            for seed in SEEDS:
                rng = np.random.default_rng(seed)
                train, _, test = split(X, y, rng)
                runs.append(run(reader, train, test, rng))
            found, seconds = np.array(runs).T
            print(
                f"{name:13}  {how:12}  test accuracy {found.mean():.4f} ± {found.std(ddof=1):.4f} "
                f"({', '.join(f'{a:.4f}' for a in found)}), at most {seconds.max():.0f} s a run",
                flush=True,
            )


if __name__ == "__main__":
    main()
