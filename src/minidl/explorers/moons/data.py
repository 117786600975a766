"""What the moons explorer starts from: the points, and logistic regression fitted to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy.typing as npt

from minidl.data import StandardScaler, make_moons, train_dev_test_split
from minidl.explorers.moons.picture import COLUMNS, ROWS, moons_grid
from minidl.losses import BCELoss
from minidl.metrics import accuracy
from minidl.models import logistic_regression
from minidl.optim import BatchGD
from minidl.train import Runner

Array = npt.NDArray[Any]
Dataset = tuple[Array, Array]

DEV, TEST = 160, 200
"""Points that training does not see; the explorer never looks at those of the test set."""


@dataclass(frozen=True)
class Reference:
    """Logistic regression: probabilities on the picture's grid, accuracies (train, dev)."""

    regions: Array
    scores: tuple[float, float]


@lru_cache(maxsize=8)
def moons_sets(noise: float, points: int, seed: int) -> tuple[Dataset, Dataset]:
    """Return training and dev set; 640 points are those of the lessons with the same seed.

    Examples
    --------
    >>> (X, y), (X_dev, y_dev) = moons_sets(0.2, points=640, seed=0)
    >>> X.shape, y.shape, X_dev.shape
    ((640, 2), (640, 1), (160, 2))
    """
    X, y = make_moons(points + DEV + TEST, noise=noise, rng=seed)
    labels = y.reshape(-1, 1).astype(float)
    train, dev, _ = train_dev_test_split(X, labels, sizes=(points, DEV, TEST), rng=seed)
    return train, dev


@lru_cache(maxsize=8)
def moons_reference(noise: float, points: int, seed: int) -> Reference:
    """Return logistic regression, trained until its line stands still.

    On standardized features 50 epochs at a learning rate of 5 are enough for that; the moons
    explorer's controls for training are the network's alone.

    Examples
    --------
    >>> print(f"{moons_reference(0.2, points=640, seed=0).scores[1]:.2f}")
    0.82
    """
    train, dev = moons_sets(noise, points, seed)
    scaler = StandardScaler().fit(train[0])
    model = logistic_regression(2, rng=0)
    runner = Runner(model, BatchGD(model, lr=5.0), BCELoss())
    runner.train((scaler.transform(train[0]), train[1]), num_epochs=50)
    regions = runner.predict(scaler.transform(moons_grid())).reshape(ROWS, COLUMNS)
    scores = [accuracy(runner.predict(scaler.transform(X)), y) for X, y in (train, dev)]
    return Reference(regions, (scores[0], scores[1]))
