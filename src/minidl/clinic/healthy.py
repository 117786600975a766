"""The parts of a healthy training, a function each: what a fault takes the place of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.models import FullyConnectedNet
from minidl.nn import Tanh
from minidl.numerics import softmax
from minidl.op import Op

Array = npt.NDArray[Any]
Set = tuple[Array, Array]

TRAIN, BATCH, RATE = 400, 20, 0.1
HIDDEN = [32, 32]


def prepare(X: Array, y: Array) -> tuple[Set, Set]:
    """Return what to train on and what to judge by, the pixels between 0 and 1."""
    X = X / 16
    return (X[:TRAIN], y[:TRAIN]), (X[TRAIN:], y[TRAIN:])


def build(rng: np.random.Generator) -> Op:
    """Return a network of three layers for ten digits."""
    return FullyConnectedNet(64, HIDDEN, 10, rng=rng)


def build_with_dropout(rng: np.random.Generator) -> Op:
    """Return one with dropout."""
    return FullyConnectedNet(64, HIDDEN, 10, keep_prob=0.7, rng=rng)


def build_with_norm(rng: np.random.Generator) -> Op:
    """Return one with batch norm."""
    return FullyConnectedNet(64, HIDDEN, 10, normalization="batch", rng=rng)


def build_with_tanh(rng: np.random.Generator) -> Op:
    """Return one with tanh, and weights that suit it."""
    return FullyConnectedNet(64, HIDDEN, 10, activation=Tanh, weight_scale=0.15, rng=rng)


def batches(X: Array, y: Array, rng: np.random.Generator) -> Iterator[Set]:
    """Yield an epoch's batches: every sample once, in an order drawn anew."""
    order = rng.permutation(len(X))
    for start in range(0, len(X), BATCH):
        chosen = order[start : start + BATCH]
        yield X[chosen], y[chosen]


def gradient(scores: Array, labels: Array) -> Array:
    """Return the gradient of the mean cross-entropy with respect to the scores."""
    g = softmax(scores)
    g[np.arange(len(labels)), labels] -= 1
    return g / len(labels)


def update(model: Op) -> None:
    """Take a step downhill."""
    for parameter in model.parameters():
        parameter.value -= RATE * parameter.grad


def predict(model: Op, X: Array) -> Array:
    """Return the scores in evaluation."""
    model.eval()
    scores = model(X)
    model.train()
    return np.asarray(scores)


def end_epoch(model: Op, best: dict[str, Any]) -> None:
    """Leave the model as it is; the best one is put back when training is over."""
