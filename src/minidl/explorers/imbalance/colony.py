"""Penguins of two species, of one of them few, and a neuron that tells them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import load_penguins
from minidl.losses import BCEWithLogitsLoss
from minidl.nn import Linear
from minidl.optim import BatchGD

Array = npt.NDArray[Any]

ADELIES = 100
"""How many of the Adélies are there to train on; all others of both species are new."""
STEPS = 400


@dataclass(frozen=True)
class Colony:
    """Birds to train on and new ones, measures in their own units; label 1 is a Chinstrap."""

    train: tuple[Array, Array]
    new: tuple[Array, Array]


def make_colony(features: tuple[str, str], few: int, seed: int) -> Colony:
    """Return 100 Adélies and a few Chinstraps to train on, and the rest of both as new birds.

    Examples
    --------
    >>> colony = make_colony(("flipper_length_mm", "bill_depth_mm"), few=10, seed=0)
    >>> colony.train[0].shape, colony.new[1].sum()
    ((110, 2), np.float64(58.0))
    """
    X, species = load_penguins(features)
    rng = np.random.default_rng(seed)
    adelies, chinstraps = (rng.permutation(np.flatnonzero(species == each)) for each in (0, 1))
    train = np.concatenate([adelies[:ADELIES], chinstraps[:few]])
    new = np.concatenate([adelies[ADELIES:], chinstraps[few:]])
    y = (species == 1).astype(float).reshape(-1, 1)
    return Colony((X[train], y[train]), (X[new], y[new]))


def train_neuron(X: Array, y: Array, pos_weight: float) -> Linear:
    """Return a neuron that gives logits, trained from zero on standardized measures.

    The rate is divided by the mean weight, so that a heavy one does not make it too high.

    Examples
    --------
    >>> X = np.array([[-1.0, 0.0], [1.0, 0.0]])
    >>> neuron = train_neuron(X, np.array([[0.0], [1.0]]), pos_weight=1.0)
    >>> (neuron(X) > 0).ravel().tolist()
    [False, True]
    """
    neuron, loss = Linear(X.shape[1], 1, rng=0), BCEWithLogitsLoss(pos_weight=pos_weight)
    neuron.params["W"][:] = 0
    optimizer = BatchGD(neuron, lr=2 / float(np.mean(1 + (pos_weight - 1) * y)))
    for _ in range(STEPS):
        loss(neuron(X), y)
        neuron.backward(loss.backward())
        optimizer.step()
    neuron.eval()
    return neuron


def confusion(said: Array, y: Array) -> Array:
    """Return how many birds of each species (rows) are taken for which (columns).

    Examples
    --------
    >>> confusion(np.array([True, False, True]), np.array([1.0, 0.0, 0.0])).tolist()
    [[1, 1], [0, 1]]
    """
    places = 2 * y.reshape(-1).astype(int) + said.reshape(-1)
    return np.bincount(places, minlength=4).reshape(2, 2)
