"""Hostile answers in the lesson on activations that no change of one place makes."""

import numpy as np

from minidl.lessons.activations.mistakes.making import activation
from minidl.numerics import sigmoid


def measured(function, h=1e-6):
    return lambda x, a, *rest: (function(x + h, *rest) - function(x - h, *rest)) / (2 * h)


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_slope(x, a, alpha=1.0):
    return np.where(x > 0, 1, a + alpha)


WRITTEN = {
    "stable-tanh": {
        "clipped at 700": lambda z: 1 - 2 / (np.exp(np.clip(2 * z, -700, 700)) + 1),
    },
    "elu": {
        "a threshold of 700": activation(
            lambda x, alpha=1.0: np.where(x > 0, x, alpha * (np.exp(np.minimum(x, 700)) - 1)),
            elu_slope,
        ),
        "a measured slope": activation(elu, measured(elu)),
        "always float64": activation(
            elu, lambda x, a, alpha=1.0: elu_slope(x, a, alpha).astype(np.float64)
        ),
        "always float32": activation(
            elu, lambda x, a, alpha=1.0: elu_slope(x, a, alpha).astype(np.float32)
        ),
    },
    "swish": {
        "a measured slope": activation(
            lambda x: x * sigmoid(x), measured(lambda x: x * sigmoid(x), 1e-4)
        ),
    },
    "keep-size": {
        "the size by a median": lambda slopes, n: 1 / np.sqrt(n * np.median(slopes**2)),
        "Xavier's or Kaiming He's": lambda slopes, n: np.sqrt((1 + (slopes == 0).any()) / n),
    },
}
