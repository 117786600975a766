"""Penguins of two or three species, of one of them few, and a layer that tells them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import load_penguins
from minidl.losses import BCEWithLogitsLoss, CrossEntropyLoss
from minidl.losses.base import Loss
from minidl.nn import Linear
from minidl.optim import BatchGD

Array = npt.NDArray[Any]

MANY = 100
"""How many of each common species are there to train on; all others of every species are new."""
RARE = 1
"""The label of the Chinstraps."""
STEPS = 400


@dataclass(frozen=True)
class Colony:
    """Birds to train on and new ones: measures in their own units, and labels of shape (N,)."""

    train: tuple[Array, Array]
    new: tuple[Array, Array]


def make_colony(features: tuple[str, str], kinds: int, few: int, seed: int) -> Colony:
    """Return a few Chinstraps and 100 of each other species to train on, and the rest as new birds.

    Examples
    --------
    >>> colony = make_colony(("flipper_length_mm", "bill_depth_mm"), kinds=2, few=10, seed=0)
    >>> colony.train[0].shape, np.bincount(colony.new[1])
    ((110, 2), array([51, 58]))
    """
    X, species = load_penguins(features)
    rng = np.random.default_rng(seed)
    orders = [rng.permutation(np.flatnonzero(species == kind)) for kind in range(kinds)]
    counts = [few if kind == RARE else MANY for kind in range(kinds)]
    parts = zip(orders, counts, strict=True)
    cut = [(order[:count], order[count:]) for order, count in parts]
    train, new = (np.concatenate(places) for places in zip(*cut, strict=True))
    return Colony((X[train], species[train]), (X[new], species[new]))


def train_layer(loss: Loss, X: Array, y: Array, outputs: int, lr: float) -> Linear:
    """Return a layer trained from zero on standardized measures.

    Examples
    --------
    >>> X, y = np.array([[-1.0, 0.0], [1.0, 0.0]]), np.array([[0.0], [1.0]])
    >>> (train_layer(BCEWithLogitsLoss(), X, y, outputs=1, lr=2)(X) > 0).ravel().tolist()
    [False, True]
    """
    layer = Linear(X.shape[1], outputs, rng=0)
    layer.params["W"][:] = 0
    optimizer = BatchGD(layer, lr=lr)
    for _ in range(STEPS):
        loss(layer(X), y)
        layer.backward(loss.backward())
        optimizer.step()
    layer.eval()
    return layer


def two_scores(X: Array, y: Array, weight: float) -> tuple[Array, Array]:
    """Return W and b of a neuron's scores, 0 for an Adélie and its logit for a Chinstrap.

    The rate is divided by the mean weight, so that a heavy one does not make it too high.
    """
    labels = y.astype(float).reshape(-1, 1)
    rate = 2 / float(np.mean(1 + (weight - 1) * labels))
    neuron = train_layer(BCEWithLogitsLoss(pos_weight=weight), X, labels, 1, rate)
    W, b = neuron.params["W"], neuron.params["b"]
    return np.hstack([0 * W, W]), np.hstack([0 * b, b])


def three_scores(X: Array, y: Array, weight: float) -> tuple[Array, Array]:
    """Return W and b of a layer with a score for each of three species."""
    loss = CrossEntropyLoss(weight=[1, weight, 1])  # divides by the sum of the weights itself
    layer = train_layer(loss, X, y, outputs=3, lr=2)
    return layer.params["W"], layer.params["b"]


def confusion(said: Array, y: Array, kinds: int) -> Array:
    """Return how many birds of each species (rows) are taken for which (columns).

    Examples
    --------
    >>> confusion(np.array([1, 0, 1]), np.array([1, 0, 0]), kinds=2).tolist()
    [[1, 1], [0, 1]]
    """
    return np.bincount(kinds * y + said, minlength=kinds**2).reshape(kinds, kinds)
