"""Hostile answers in the lesson on activations that are right: nothing tells them apart."""

import numpy as np

from tests.lessons.hostile.equivalence import Explained


def numbers(rng):
    """Draw inputs of any shape, either precision and any magnitude, some of them 0."""
    shape = tuple(rng.integers(1, 6, rng.integers(1, 4)))
    x = rng.normal(size=shape) * 10.0 ** rng.uniform(-3, 3, shape)
    x[rng.random(shape) < 0.1] = 0
    return (x.astype(rng.choice([np.float32, np.float64])),)


def with_tanh(rng):
    (x,) = numbers(rng)
    return x, np.tanh(x)


def with_alpha(rng):
    return *numbers(rng), float(rng.uniform(0, 5))


def with_line(rng):
    low, high = np.sort(rng.normal(size=2) * 3)
    return *numbers(rng), float(rng.normal()), float(rng.normal()), float(low), float(high)


def values_and_slopes(kind, x, *arguments):
    op = kind(*arguments)
    a = op.function(x)
    return a, op.slope(x, a)


def values_and_slopes_off_the_corner(kind, x, *arguments):
    """At 0 an ELU has no slope, and the lesson takes that of either side."""
    a, slope = values_and_slopes(kind, x, *arguments)
    return a, np.where(x == 0, 0, slope).astype(slope.dtype)


BOUNDED = "Its results lie between −1 and 1, far from any bound."
POSITIVE = "Its results are never negative."


def spoiled(result, *texts):
    return tuple(f"- return {result} | + return hostile.{text.format(result)}" for text in texts)


LIMITS = "limited({}, 10.0)", "limited({}, 100.0)"
TANH = "np.sign(z) * (1 - e) / (1 + e)"
ELU, ELU_SLOPE = "np.where(x > 0, x, left)", "np.where(x > 0, 1, a + self.alpha)"
SOFTPLUS = "np.maximum(x, 0) + np.log(1 + np.exp(-np.abs(x)))"
CLIPPED_SLOPE = "np.where(inside, self.steepness, 0).astype({}.dtype)"
EXPLAINED = {
    "stable-tanh": [Explained(BOUNDED, spoiled(TANH, *LIMITS), numbers)],
    "tanh-slope": [
        Explained(BOUNDED, spoiled("1 - a ** 2", *LIMITS), with_tanh),
        Explained(POSITIVE, spoiled("1 - a ** 2", "without_sign({})"), with_tanh),
        Explained(
            "The slope is found from a; x is not used.",
            ("+ x = hostile.fitting(x, hostile.first['tanh_slope', 'x'])",),
            with_tanh,
        ),
    ],
    "clipped-line": [
        Explained(
            "The value has the dtype of the input.",
            (f"- return {CLIPPED_SLOPE.format('x')} | + return {CLIPPED_SLOPE.format('a')}",),
            with_line,
            values_and_slopes,
        )
    ],
    "elu": [
        Explained(
            "Both sides meet at 0.",
            (f"- return {ELU} | + return np.where(x >= 0, x, left)",),
            with_alpha,
            values_and_slopes,
        ),
        Explained(
            "An ELU is positive where its input is.",
            (f"- return {ELU_SLOPE} | + return np.where(a > 0, 1, a + self.alpha)",),
            with_alpha,
            values_and_slopes,
        ),
        Explained(
            "At 0 the slope of either side will do.",
            (f"- return {ELU_SLOPE} | + return np.where(x >= 0, 1, a + self.alpha)",),
            with_alpha,
            values_and_slopes_off_the_corner,
        ),
        Explained(POSITIVE, spoiled(ELU_SLOPE, "without_sign({})"), with_alpha, values_and_slopes),
        Explained(
            "An exponential of at most e¹ is as safe, and not taken where x is above 0.",
            (
                "- left = self.alpha * (np.exp(np.minimum(x, 0)) - 1) | "
                "+ left = self.alpha * (np.exp(np.minimum(x, 1)) - 1)",
            ),
            with_alpha,
            values_and_slopes,
        ),
    ],
    "softplus": [
        Explained(
            "The slope is found from x; a is not used.",
            ("+ a = hostile.fitting(a, hostile.first['slope', 'a'])",),
            numbers,
            values_and_slopes,
        ),
        Explained(POSITIVE, spoiled(SOFTPLUS, "without_sign({})"), numbers, values_and_slopes),
        Explained(POSITIVE, spoiled("sigmoid(x)", "without_sign({})"), numbers, values_and_slopes),
        Explained(BOUNDED, spoiled("sigmoid(x)", *LIMITS), numbers, values_and_slopes),
    ],
    "swish": [
        Explained(
            "The slope lies between −0.1 and 1.1, far from any bound.",
            spoiled("gate + a * (1 - gate)", *LIMITS),
            numbers,
            values_and_slopes,
        )
    ],
}
