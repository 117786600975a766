"""How well LeNet reads the bundled digits, enlarged to 28 × 28, over five seeds.

A fifth of the digits is the test set: of each digit alike, at random; and beside it the last fifth
as they come. The two differ, since writers differ: where the digits are drawn at random, other
digits of the same writers are among those that the network has learned from. The seed decides the
split, the weights and the order. Run with `python -m benchmarks.digits`.
"""

from __future__ import annotations

import time
from typing import Any

import numpy as np

from minidl.data import load_digits
from minidl.losses import CrossEntropyLoss
from minidl.models import LeNet
from minidl.optim import Adam
from minidl.schedules import CosineAnnealingLR
from minidl.train import LRScheduler, Runner

EPOCHS = 25
SEEDS = range(5)

Pair = tuple[Any, Any]


def enlarged(images: Any, size: int) -> Any:
    """Return square images (N, H, H) as (N, 1, size, size), lines drawn between their pixels."""
    old = images.shape[1]
    at = (np.arange(size) + 0.5) * old / size - 0.5
    rows = np.array([np.interp(at, np.arange(old), one) for one in np.eye(old)]).T
    return (rows @ images @ rows.T)[:, np.newaxis]


def stratified(y: Any, rng: np.random.Generator) -> Any:
    """Return where the test set is: a fifth of each class, at random."""
    test = np.zeros(len(y), bool)
    for label in np.unique(y):
        of_class = rng.permutation(np.flatnonzero(y == label))
        test[of_class[: round(len(of_class) / 5)]] = True
    return test


def last_fifth(y: Any, rng: np.random.Generator) -> Any:
    """Return where the test set is: at the end."""
    return np.arange(len(y)) >= len(y) * 4 // 5


def run(X: Any, y: Any, test: Any, rng: np.random.Generator) -> tuple[float, float]:
    """Train on all but the test set; return the test accuracy and the seconds it took."""
    begin = time.perf_counter()
    model = LeNet(rng=rng, dtype=np.float32)
    schedule = LRScheduler(CosineAnnealingLR(EPOCHS))
    runner = Runner(model, Adam(model, lr=2e-3), CrossEntropyLoss(), listeners=[schedule], rng=rng)
    runner.train((X[~test], y[~test]), num_epochs=EPOCHS, batch_size=32)
    accuracy, _ = runner.evaluate((X[test], y[test]))
    return float(accuracy or 0.0), time.perf_counter() - begin


def main() -> None:
    """Print accuracies and times."""
    images, y = load_digits()
    X = enlarged(images / 16, 28).astype(np.float32)
    for split in (stratified, last_fifth):
        runs = []
        for seed in SEEDS:
            rng = np.random.default_rng(seed)
            runs.append(run(X, y, split(y, rng), rng))
        found, seconds = np.array(runs).T
        print(
            f"{split.__name__:10}  test accuracy {found.mean():.4f} ± {found.std(ddof=1):.4f} "
            f"({', '.join(f'{a:.4f}' for a in found)}), at most {seconds.max():.0f} s a run",
            flush=True,
        )


if __name__ == "__main__":
    main()
