"""Mistakes that learners make in "Swish"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.activations.mistakes.making import activation
from minidl.numerics import sigmoid


def swish(x):
    return x * sigmoid(x)


def swish_slope(x, a):
    return sigmoid(x) + a * (1 - sigmoid(x))


NOT_THE_GATE = "a·(1 − a) holds where a is the logistic's value; here a = x·σ(x), so take σ(x)."
MISTAKES = Mistakes(
    Mistake(
        "gate-only",
        activation(sigmoid, swish_slope),
        "That is the gate σ(x) alone; it multiplies x.",
    ),
    Mistake(
        "nan",
        activation(lambda x: x * np.exp(x) / (1 + np.exp(x)), swish_slope),
        "Far out eˣ is infinite, and inf / inf is NaN; `sigmoid` is safe.",
    ),
    Mistake(
        "nan-at-0",
        activation(swish, lambda x, a: a / x + a * (1 - a / x)),
        "At 0 this is 0 / 0, which is NaN: a / x is the gate everywhere else; take `sigmoid(x)`.",
    ),
    Mistake(
        "minus",
        activation(swish, lambda x, a: sigmoid(x) - a * (1 - sigmoid(x))),
        "The product rule adds its two terms: (x·σ)′ = σ + x·σ′.",
    ),
    Mistake(
        "lost-gate",
        activation(swish, lambda x, a: sigmoid(x) + x * (1 - sigmoid(x))),
        "In the second term 1 − σ stands where σ′ = σ·(1 − σ) should.",
    ),
    Mistake(
        "first-term-only",
        activation(swish, lambda x, a: sigmoid(x)),
        "The product rule has two terms; x·σ′(x) is missing.",
    ),
    Mistake(
        "second-term-only",
        activation(swish, lambda x, a: a * (1 - sigmoid(x))),
        "The product rule has two terms; σ(x) itself is missing.",
    ),
    Mistake(
        "lost-x",
        activation(swish, lambda x, a: sigmoid(x) * (2 - sigmoid(x))),
        "In the second term the factor x is missing.",
    ),
    Mistake(
        "slope-of-the-gate",
        activation(swish, lambda x, a: sigmoid(x) * sigmoid(-x)),
        "That is the slope of σ alone; x·σ(x) is a product and needs the product rule.",
    ),
    Mistake(
        "gate-for-its-slope",
        activation(swish, lambda x, a: sigmoid(x) + x * sigmoid(x)),
        "In the second term stands σ where its slope σ·(1 − σ) should.",
    ),
    Mistake(
        "a-is-not-the-gate",
        activation(swish, lambda x, a: a * (1 - a)),
        NOT_THE_GATE,
    ),
    Mistake(
        "a-is-not-the-gate",
        activation(swish, lambda x, a: sigmoid(x) + x * a * (1 - a)),
        NOT_THE_GATE,
    ),
    Mistake(
        "a-is-not-the-gate",
        activation(swish, lambda x, a: a + x * a * (1 - a)),
        NOT_THE_GATE,
    ),
    Mistake("hidden-overflow", activation(lambda x: x / (1 + np.exp(-x)), swish_slope)),
    Mistake("gradient", activation(swish, lambda x, a: 1 + 0 * x)),
    Mistake("one-number", activation(swish, lambda x, a: 1.0)),
    Mistake("dtype", activation(swish, lambda x, a: swish_slope(x, a).astype(np.float64))),
    Mistake("not-an-activation", dict),
)
