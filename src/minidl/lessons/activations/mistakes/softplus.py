"""Mistakes that learners make in "Softplus"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.activations.mistakes.making import activation
from minidl.numerics import sigmoid


def softplus(x):
    return np.logaddexp(0, x)


def softplus_slope(x, a):
    return sigmoid(x)


MISTAKES = Mistakes(
    Mistake(
        "overflows",
        activation(lambda x: np.log(1 + np.exp(x)), softplus_slope),
        "e¹⁰⁰⁰ is more than a float can hold, and log(inf) is inf: take max(x, 0) out first.",
    ),
    Mistake(
        "stuck",
        activation(lambda x: np.log(1 + np.exp(np.minimum(x, 700))), softplus_slope),
        "A clipped exponent also clips the result, which should go on growing like x.",
    ),
    Mistake(
        "relu",
        activation(lambda x: np.maximum(x, 0), softplus_slope),
        "That is ReLU, without the smooth bend.",
    ),
    Mistake(
        "log10",
        activation(lambda x: np.logaddexp(0, x) / np.log(10), softplus_slope),
        "`np.log10` is the logarithm to base 10; the one to base e is `np.log`.",
    ),
    Mistake(
        "mirrored",
        activation(lambda x: np.logaddexp(0, -x), softplus_slope),
        "That is the mirror image, log(1 + e⁻ˣ); a softplus rises to the right.",
    ),
    Mistake(
        "inner-derivative",
        activation(softplus, lambda x, a: 1 / (1 + np.exp(x))),
        "The chain rule asks for the slope of the inside as well: 1/(1 + eˣ) times eˣ.",
    ),
    Mistake(
        "slope-of-relu",
        activation(softplus, lambda x, a: 1.0 * (x > 0)),
        "That is ReLU's slope; this curve bends.",
    ),
    Mistake(
        "value-for-slope", activation(softplus, lambda x, a: a), "That is a itself, not its slope."
    ),
    Mistake(
        "slope-of-the-logistic",
        activation(softplus, lambda x, a: a * (1 - a)),
        "a·(1 − a) is the slope where a is the logistic's value; here it is a softplus.",
    ),
    Mistake(
        "a-for-x",
        activation(softplus, lambda x, a: sigmoid(a)),
        "The logistic of x is wanted, not of a.",
    ),
    Mistake(
        "wrong-switch",
        activation(
            lambda x: np.where(x > 3, x, np.log(1 + np.exp(np.minimum(x, 5)))), softplus_slope
        ),
    ),
    Mistake(
        "hidden-overflow",
        activation(lambda x: np.where(x > 50, x, np.log(1 + np.exp(x))), softplus_slope),
    ),
    Mistake("not-finite", activation(softplus, lambda x, a: np.exp(x) / (1 + np.exp(x)))),
    Mistake("dtype", activation(softplus, lambda x, a: softplus_slope(x, a).astype(np.float64))),
)
