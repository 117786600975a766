"""One training at CIFAR-10's real size: its time, and the most memory that it takes.

50,000 + 10,000 colour images of 32 × 32, read from a file of CIFAR-10's own binary format; a
3072-100-100-10 network with batch norm, float32, batches of 128, Adam. The images stay bytes; a
batch of them becomes fractions when it is taken. As the real images are not everybody's, drawn
ones are used, and written by a process of its own so that its memory is not counted: a pattern for
each class, half hidden by noise. Run with `python -m benchmarks.cifar_size`; with `--fetch` it
downloads the real ones (170 MB).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

from minidl.data import (
    ArrayDataset,
    DataLoader,
    fetch_cifar10,
    interpolate,
    read_cifar10,
    write_cifar10,
)
from minidl.losses import CrossEntropyLoss
from minidl.models import FullyConnectedNet
from minidl.optim import Adam
from minidl.train import Runner

TRAIN, TEST = 50_000, 10_000
EPOCHS = 5
BATCH = 128
NOISE = 25
"""Shares of noise in a drawn image, to one of the pattern."""


class Fractions(ArrayDataset):
    """Images of bytes, of which each batch becomes fractions from −1 to 1 when it is taken."""

    def batch(self, rows: Any) -> tuple[Any, ...]:
        """Return images and classes of some samples."""
        images, classes = super().batch(rows)
        return images / np.float32(127.5) - np.float32(1), classes


def draw_images(N: int, seed: int) -> tuple[Any, Any]:
    """Return images of uint8 and shape (N, 32, 32, 3), and their classes."""
    coarse = np.random.default_rng(0).uniform(0, 255, (10, 3, 4, 4))
    patterns = interpolate(coarse, 32).transpose(0, 2, 3, 1)
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 10, N)
    X = rng.integers(0, 256, (N, 32, 32, 3), dtype=np.uint8)
    for start in range(0, N, 1000):
        rows = slice(start, start + 1000)
        X[rows] = (NOISE * X[rows].astype(np.float32) + patterns[y[rows]]) / (NOISE + 1)
    return X, y


def peak_memory() -> float:
    """Return the most megabytes that this process has had, as far as the system tells."""
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def read() -> Any:
    """Return (X, y), (X_test, y_test), downloaded or drawn."""
    if "--fetch" in sys.argv:
        return fetch_cifar10()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drawn.tar.gz"
        subprocess.run([sys.executable, "-m", "benchmarks.cifar_size", "--draw", path], check=True)
        begin = time.perf_counter()
        found = read_cifar10(path)
        size = path.stat().st_size / 1e6
        print(
            f"read from a file of {size:.0f} MB in {time.perf_counter() - begin:.1f} s", flush=True
        )
    return found


def main() -> None:
    """Print times, accuracy and memory."""
    if "--draw" in sys.argv:
        write_cifar10(sys.argv[-1], draw_images(TRAIN, 1), draw_images(TEST, 2))
        return
    before = peak_memory()
    (X, y), test = read()
    print(f"{len(X):,} × {X[0].size:,} {X.dtype}: {X.nbytes / 1e6:.0f} MB", flush=True)
    loaded = peak_memory()
    model = FullyConnectedNet(
        X[0].size, [100, 100], 10, normalization="batch", rng=0, dtype=np.float32
    )
    runner = Runner(model, Adam(model, lr=1e-3), CrossEntropyLoss(), rng=0)
    begin = time.perf_counter()
    runner.train(DataLoader(Fractions(X, y), BATCH, shuffle=True, rng=0), num_epochs=EPOCHS)
    seconds = time.perf_counter() - begin
    accuracy, _ = runner.evaluate(Fractions(*test))
    print(f"{EPOCHS} epochs in {seconds:.1f} s, {seconds / EPOCHS:.1f} s each")
    print(f"test accuracy {accuracy:.3f}")
    print(f"memory at most: {before:.0f} MB at first, {loaded:.0f} MB read, {peak_memory():.0f} MB")


if __name__ == "__main__":
    main()
