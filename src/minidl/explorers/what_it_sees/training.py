"""A small convolutional network that learns the digits, remembered epoch by epoch."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from minidl.data import load_digits, train_dev_test_split
from minidl.losses import CrossEntropyLoss
from minidl.nn import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential, xavier_normal
from minidl.optim import Adam
from minidl.train import Runner

Array = npt.NDArray[Any]

FILTERS = 8
POOLED = 4
"""Rows and columns that are left of 8 after the pooling."""


class Sets(NamedTuple):
    """Images of shape (N, 1, 8, 8) with numbers from 0 to 1, and their digits."""

    train: tuple[Array, Array]
    new: tuple[Array, Array]


@cache
def digit_sets() -> Sets:
    """Return images to train on, and others."""
    images, digits = load_digits()
    images = images[:, np.newaxis] / 16
    train, new, _ = train_dev_test_split(images, digits, sizes=(0.8, 0.2, 0), rng=0)
    return Sets(train, new)


def small_network(rng: int) -> Sequential:
    """Return eight filters of 3 × 3, a ReLU, a pooling, and one affine layer: 1,370 numbers."""
    generator = np.random.default_rng(rng)
    inputs = FILTERS * POOLED**2
    return Sequential(
        Conv2d(1, FILTERS, 3, padding=1, rng=generator),
        ReLU(),
        MaxPool2d(2),
        Flatten(),
        Linear(inputs, 10, weight_init=xavier_normal, rng=generator),
    )


class Training:
    """A training that goes on when somebody asks for a later epoch.

    Parameters
    ----------
    seed : int
        Of the first weights and the order of the images.
    """

    def __init__(self, seed: int) -> None:
        self._model = small_network(seed)
        optimizer = Adam(self._model, lr=0.005)
        self._runner = Runner(self._model, optimizer, CrossEntropyLoss(), rng=seed)
        self._known = [self._model.state_dict()]

    def up_to(self, epoch: int) -> Iterator[Sequential | None]:
        """Train as far as is needed, then yield the network of that epoch; None in between."""
        while len(self._known) <= epoch:
            self._runner.train(digit_sets().train, num_epochs=1, batch_size=32)
            self._known.append(self._model.state_dict())
            yield None
        network = small_network(0)
        network.load_state_dict(self._known[epoch])
        yield network


training_of = cache(Training)
"""The training of a seed, one for all explorers."""
