"""The part of the samples that early stopping looks at, and that is not learned from."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
from sklearn.model_selection import train_test_split

Array = npt.NDArray[Any]
Set = tuple[Array, Array]


def hold_out(
    X: Array, y: Array, share: float, classes: Array | None, rng: np.random.Generator
) -> tuple[Set, Set]:
    """Return training and dev set, the classes in both in one proportion where that can be.

    Parameters
    ----------
    X, y : ndarray, shapes (N, …)
        At least two samples and their labels.
    share : float
        The dev set's, between 0 and 1; it gets one sample at least, and leaves one.
    classes : ndarray of shape (N,), optional
        Each sample's.
    rng : numpy.random.Generator
        What draws the dev set.

    Examples
    --------
    >>> X = y = np.arange(10.0)
    >>> train, dev = hold_out(X, y, 0.25, None, np.random.default_rng(0))
    >>> len(train[0]), len(dev[0])
    (7, 3)
    """
    held = min(math.ceil(share * len(X)), len(X) - 1)
    X, X_dev, y, y_dev = train_test_split(
        X,
        y,
        test_size=held,
        stratify=classes if can_stratify(classes, held) else None,
        random_state=int(rng.integers(2**31)),
    )
    return (X, y), (X_dev, y_dev)


def can_stratify(classes: Array | None, held: int) -> bool:
    """Tell whether each class could stand in a part of so many samples, and in the rest.

    Examples
    --------
    >>> can_stratify(np.array([0, 0, 1, 1]), 2), can_stratify(np.array([0, 0, 0, 1]), 2)
    (True, False)
    """
    if classes is None:
        return False
    counts = np.unique(classes, return_counts=True)[1]
    return bool(counts.min() >= 2 and len(counts) <= min(held, len(classes) - held))
