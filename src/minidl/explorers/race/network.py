"""A slice through a real network's loss: two of its weights vary, the others stay as trained.

The network has three hidden units and was trained on 160 points of the moons, by 600 steps of Adam.
The two weights are those on the way of the first feature through the first unit: x is its weight
in the first layer, y that in the second.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import make_moons
from minidl.numerics import sigmoid

Array = npt.NDArray[Any]

TRAINED: dict[str, Array] = {
    "fc1.W": np.array([[-6.07, -10.57, -11.92], [-7.04, 0.79, 1.54]]),
    "fc1.b": np.array([[4.55, -2.16, 15.20]]),
    "fc2.W": np.array([[9.37], [-8.59], [-8.68]]),
    "fc2.b": np.array([[4.59]]),
}
"""What training has led to, rounded."""


def points() -> tuple[Array, Array]:
    """Return what the network was trained on: inputs (160, 2) and labels (160, 1)."""
    X, y = make_moons(160, noise=0.2, rng=1)
    return X, y.reshape(-1, 1)


@cache
def _fixed() -> tuple[Array, Array, Array, Array]:
    """Return the first feature, what else goes into the first unit, into the output, and labels."""
    X, labels = points()
    W, b, V, c = TRAINED.values()
    into_units = X @ W + b
    into_output = sigmoid(into_units[:, 1:]) @ V[1:] + c
    return X[:, 0], into_units[:, 0] - X[:, 0] * W[0, 0], into_output[:, 0], labels[:, 0]


def loss(p: Array) -> Array:
    """Return the mean binary cross-entropy for weights (..., 2)."""
    feature, into_unit, into_output, labels = _fixed()
    unit = sigmoid(p[..., :1] * feature + into_unit)
    logits = p[..., 1:] * unit + into_output
    mean: Array = np.mean(np.logaddexp(0, logits) - labels * logits, axis=-1)
    return mean


def slope(p: Array) -> Array:
    """Return the gradients of the loss with respect to both weights, (..., 2)."""
    feature, into_unit, into_output, labels = _fixed()
    x, y = p[..., :1], p[..., 1:]
    unit = sigmoid(x * feature + into_unit)
    error = (sigmoid(y * unit + into_output) - labels) / len(labels)
    along_x = np.sum(error * y * unit * (1 - unit) * feature, axis=-1)
    return np.stack([along_x, np.sum(error * unit, axis=-1)], axis=-1)
