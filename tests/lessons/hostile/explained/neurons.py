"""Hostile answers in the lesson on neurons that are right: nothing tells them from the solution."""

import itertools

from tests.lessons.hostile.equivalence import Explained


def sizes(rng, count):
    return rng.integers(1, 8, count)


def layer(rng):
    n, d, m = sizes(rng, 3)
    return rng.normal(size=(n, d)), rng.normal(size=(d, m)), rng.normal(size=(1, m))


def layer_with_any_bias(rng):
    X, W, b = layer(rng)
    return X, W, b if rng.random() < 0.5 else b[0]


def from_pytorch(rng):
    out, inputs = sizes(rng, 2)
    return rng.normal(size=(out, inputs)), rng.normal(size=out)


def two_points(rng):
    n, d = sizes(rng, 2)
    maps = (lambda x: x**2, lambda x: 3 * x - 1, lambda x: abs(x))
    u, v = rng.normal(size=(2, n, d))
    return maps[rng.integers(3)], u, v, rng.normal(), rng.normal()


def layers(rng):
    widths = sizes(rng, rng.integers(2, 7))
    pairs = itertools.pairwise(widths)
    return ([(rng.normal(size=pair), rng.normal(size=(1, pair[1]))) for pair in pairs],)


SAME_DTYPE = "Numbers of 64 bits go in, the only ones that the lesson speaks of: they stay."
ONE_ROW = "The bias is one row, which has no rows below, and is square only as a single number."
ANY_NEGATIVE = "NumPy takes any negative number for −1 in reshape."


def float64(result):
    return f"- return {result} | + return hostile.of_type({result}, 'float64')"


PAIR = (
    float64("(W, b)"),
    "- return (W, b) | + return (hostile.of_type(W, 'float64'), b)",
    "- return (W, b) | + return (W, hostile.of_type(b, 'float64'))",
)
ROW = (
    "- return (W, b) | + return (W, hostile.cut_below(b, 3))",
    "- return (W, b) | + return (W, hostile.repeated(b, 3))",
    "- return (W, b) | + return (W, hostile.transposed(b))",
)
FLAT = "NumPy stretches a bias of shape (M,) as it does a row."
GAP = "T(a * u + b * v) - (a * T(u) + b * T(v))"
EXPLAINED = {
    "net-activation": [Explained(SAME_DTYPE, (float64("X @ W + b"),), layer)],
    "from-pytorch": [
        Explained(SAME_DTYPE, PAIR, from_pytorch),
        Explained(ONE_ROW, ROW, from_pytorch),
        Explained(
            ANY_NEGATIVE,
            ("- b = bias.reshape(1, -1) | + b = bias.reshape(1, -2)",),
            from_pytorch,
        ),
    ],
    "find-the-fault": [
        Explained(SAME_DTYPE, (float64("X @ W + b"),), layer_with_any_bias),
        Explained(
            FLAT,
            (
                "- b = b.reshape(1, -1) | + pass",
                "- b = b.reshape(1, -1) | + b = b",
                "- b = b.reshape(1, -1) | + b = b.reshape(-1)",
            ),
            layer_with_any_bias,
        ),
        Explained(
            ANY_NEGATIVE,
            ("- b = b.reshape(1, -1) | + b = b.reshape(1, -2)",),
            layer_with_any_bias,
        ),
    ],
    "linearity-gap": [Explained(SAME_DTYPE, (float64(GAP),), two_points)],
    "collapse": [Explained(SAME_DTYPE, PAIR, layers), Explained(ONE_ROW, ROW, layers)],
}
