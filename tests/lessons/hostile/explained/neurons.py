"""Hostile answers in the lesson on neurons that are right: nothing tells them from the solution."""

import itertools

from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def sizes(rng, count):
    return rng.integers(1, 8, count)


def layer(rng):
    n, d, m = sizes(rng, 3)
    return numbers(rng, n, d), numbers(rng, d, m), numbers(rng, 1, m)


def layer_with_any_bias(rng):
    X, W, b = layer(rng)
    return X, W, b if rng.random() < 0.5 else b[0]


def from_pytorch(rng):
    out, inputs = sizes(rng, 2)
    return numbers(rng, out, inputs), numbers(rng, out)


def two_points(rng):
    n, d = sizes(rng, 2)
    maps = (lambda x: x**2, lambda x: 3 * x - 1, lambda x: abs(x))
    u, v = numbers(rng, 2, n, d)
    return maps[rng.integers(3)], u, v, float(numbers(rng)), float(numbers(rng))


def layers(rng):
    widths = sizes(rng, rng.integers(2, 7))
    pairs = itertools.pairwise(widths)
    return ([(numbers(rng, *pair), numbers(rng, 1, pair[1])) for pair in pairs],)


ANY_NEGATIVE = "NumPy takes any negative number for −1 in reshape."
FLAT = "NumPy stretches a bias of shape (M,) as it does a row."
USES = {
    "net-activation": Use(layer),
    "from-pytorch": Use(from_pytorch),
    "find-the-fault": Use(layer_with_any_bias),
    "linearity-gap": Use(two_points),
    "collapse": Use(layers),
}
EXPLAINED = {
    "from-pytorch": [
        Explained(
            ANY_NEGATIVE,
            ("- b = bias.reshape(1, -1) | + b = bias.reshape(1, -2)",),
        ),
    ],
    "find-the-fault": [
        Explained(
            FLAT,
            (
                "- b = b.reshape(1, -1) | + pass",
                "- b = b.reshape(1, -1) | + b = b",
                "- b = b.reshape(1, -1) | + b = b.reshape(-1)",
            ),
        ),
        Explained(
            ANY_NEGATIVE,
            ("- b = b.reshape(1, -1) | + b = b.reshape(1, -2)",),
        ),
    ],
}
