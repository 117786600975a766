"""Mistakes that learners make in "ELU"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.activations.mistakes.making import activation


def elu(x, alpha=1.0):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_slope(x, a, alpha=1.0):
    return np.where(x > 0, 1, a + alpha)


def exponential(x):
    return np.exp(np.minimum(x, 0))


LOST_MINUS_ONE = "On the left it is α·(eˣ − 1), so that both sides meet at 0."
ALPHA_INSIDE = "α multiplies the whole bracket, the −1 as well."
ALPHA_IGNORED = "The left side ignores `alpha`."
MISTAKES = Mistakes(
    Mistake(
        "lost-minus-one",
        activation(lambda x, al=1.0: np.where(x > 0, x, al * np.exp(x)), elu_slope),
        LOST_MINUS_ONE,
    ),
    Mistake(
        "lost-minus-one",
        activation(lambda x, al=1.0: np.where(x > 0, x, al * exponential(x)), elu_slope),
        LOST_MINUS_ONE,
    ),
    Mistake(
        "alpha-inside",
        activation(lambda x, al=1.0: np.where(x > 0, x, al * np.exp(x) - 1), elu_slope),
        ALPHA_INSIDE,
    ),
    Mistake(
        "alpha-inside",
        activation(lambda x, al=1.0: np.where(x > 0, x, al * exponential(x) - 1), elu_slope),
        ALPHA_INSIDE,
    ),
    Mistake("alpha-ignored", activation(lambda x, al=1.0: elu(x, 1.0), elu_slope), ALPHA_IGNORED),
    Mistake(
        "alpha-ignored",
        activation(lambda x, al=1.0: elu(x, 1.0), lambda x, a, al=1.0: elu_slope(x, a, 1.0)),
        ALPHA_IGNORED,
    ),
    Mistake(
        "maximum-for-minimum",
        activation(
            lambda x, al=1.0: np.where(x > 0, x, al * (np.exp(np.maximum(x, 0)) - 1)), elu_slope
        ),
        "Left of 0, `np.maximum(x, 0)` makes every x 0. `np.minimum(x, 0)` leaves it as it is, "
        "and cuts off what is too large.",
    ),
    Mistake(
        "leaks",
        activation(lambda x, al=1.0: np.where(x > 0, x, al * x), elu_slope),
        "That is a LeakyReLU; an ELU bends.",
    ),
    Mistake(
        "one-for-alpha",
        activation(elu, lambda x, a, al=1.0: np.where(x > 0, 1, a + 1)),
        "On the left a = α·eˣ − α and the slope is α·eˣ, which is more than a by α. "
        "That is 1 only for alpha = 1.",
    ),
    Mistake(
        "a-is-not-the-slope",
        activation(elu, lambda x, a, al=1.0: np.where(x > 0, 1, a)),
        "On the left a is α·eˣ − α; its slope is α·eˣ, as the constant falls away.",
    ),
    Mistake(
        "alpha-ignored",
        activation(elu, lambda x, a, al=1.0: np.where(x > 0, 1, np.exp(x))),
        "Left of 0 it ignores `alpha`.",
    ),
    Mistake(
        "value-for-slope",
        activation(elu, lambda x, a, al=1.0: np.where(x > 0, x, a + al)),
        "On the right a = x, and the slope of x is 1.",
    ),
    Mistake(
        "slope-of-relu",
        activation(elu, lambda x, a, al=1.0: 1.0 * (x > 0)),
        "Left of 0 the curve still rises, so its slope is not 0.",
    ),
    Mistake(
        "not-finite",
        activation(elu, lambda x, a, al=1.0: np.where(x == 0, np.nan, elu_slope(x, a, al))),
    ),
    Mistake("wrong-switch", activation(elu, lambda x, a, al=1.0: np.where(x > -0.1, 1, a + al))),
    Mistake("slope-missing", activation(elu, lambda x, a, al=1.0: None)),
    Mistake(
        "hidden-overflow",
        activation(lambda x, al=1.0: np.where(x > 0, x, al * (np.exp(x) - 1)), elu_slope),
    ),
    Mistake("gradient", activation(elu, lambda x, a, al=1.0: np.where(x > 0, 1, a - al))),
    Mistake("dtype", activation(elu, lambda x, a, al=1.0: elu_slope(x, a, al).astype(np.float64))),
)
