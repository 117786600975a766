"""What the exercises on regularization share: a small model, and batches to train it on."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.nn import Linear, Sequential, Tanh

Array = npt.NDArray[Any]
LR = 0.1


def small_model() -> Sequential:
    """Return a network of two layers with biases that are not 0.

    Examples
    --------
    >>> [parameter.name for parameter in small_model().parameters()]
    ['fc1.W', 'fc1.b', 'fc2.W', 'fc2.b']
    """
    rng = np.random.default_rng(3)
    model = Sequential(Linear(1, 3, rng=rng, name="fc1"), Tanh(), Linear(3, 1, rng=rng, name="fc2"))
    for parameter in model.parameters():
        parameter.value = np.round(rng.uniform(0.5, 2, parameter.value.shape), 1)
    return model


def small_batches() -> list[tuple[Array, Array]]:
    """Return ten points in batches of 4, 4 and 2."""
    X = np.linspace(-1, 1, 10).reshape(-1, 1)
    return [(X[part], X[part] ** 2) for part in (slice(4), slice(4, 8), slice(8, 10))]
