"""Hostile answers in the lesson on activations that are right: nothing tells them apart."""

import numpy as np

from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def inputs(rng):
    """Draw inputs of any shape and either precision."""
    shape = rng.integers(1, 6, rng.integers(1, 4))
    return (numbers(rng, *shape).astype((np.float32, np.float64)[rng.integers(2)]),)


def with_tanh(rng):
    (x,) = inputs(rng)
    return x, np.tanh(x)


def with_alpha(rng):
    return *inputs(rng), float(10.0 ** rng.uniform(-2, 3))


def slopes_and_fan(rng):
    """Draw slopes, of which one at least is not 0: else no weights keep the size."""
    slopes = rng.normal(size=rng.integers(1, 8, 2)) * (rng.random() < 0.9)
    slopes[0, 0] += 1.5
    return slopes, int(rng.integers(1, 300))


def values_and_slopes(kind, x, *arguments):
    op = kind(*arguments)
    a = op.function(x)
    return a, op.slope(x, a)


def values_and_slopes_off_the_corner(kind, x, *arguments):
    """At 0 an ELU has no slope, and the lesson takes that of either side."""
    a, slope = values_and_slopes(kind, x, *arguments)
    return a, np.where(x == 0, 0, slope).astype(slope.dtype)


ELU, ELU_SLOPE = "np.where(x > 0, x, left)", "np.where(x > 0, 1, a + self.alpha)"
USES = {
    "stable-tanh": Use(inputs),
    "tanh-slope": Use(with_tanh),
    "elu": Use(with_alpha, values_and_slopes),
    "swish": Use(inputs, values_and_slopes),
    "keep-size": Use(slopes_and_fan),
}
EXPLAINED = {
    "tanh-slope": [
        Explained(
            "The slope is found from a; x is not used.",
            ("+ x = hostile.fitting(x, hostile.first['tanh_slope', 'x'])",),
        ),
    ],
    "elu": [
        Explained(
            "Both sides meet at 0.",
            (f"- return {ELU} | + return np.where(x >= 0, x, left)",),
        ),
        Explained(
            "An ELU is positive where its input is.",
            (f"- return {ELU_SLOPE} | + return np.where(a > 0, 1, a + self.alpha)",),
        ),
        Explained(
            "At 0 the slope of either side will do.",
            (f"- return {ELU_SLOPE} | + return np.where(x >= 0, 1, a + self.alpha)",),
            Use(with_alpha, values_and_slopes_off_the_corner),
        ),
        Explained(
            "An exponential of at most e¹ is as safe, and not taken where x is above 0.",
            (
                "- left = self.alpha * (np.exp(np.minimum(x, 0)) - 1) | "
                "+ left = self.alpha * (np.exp(np.minimum(x, 1)) - 1)",
            ),
        ),
    ],
}
