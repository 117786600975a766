"""Mistakes that learners make in "HardLogistic and HardTanh"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.activations.mistakes.making import activation
from minidl.nn import Activation


def clipped(x, steepness, offset, low, high):
    return np.clip(steepness * x + offset, low, high)


def clipped_slope(x, a, steepness, offset, low, high):
    return np.where((a > low) & (a < high), steepness, 0)


class NoSelf(Activation):
    """A clipped line that asks for `steepness` without `self`."""

    def __init__(self, steepness, offset, low, high):
        super().__init__()
        self.steepness, self.offset, self.low, self.high = steepness, offset, low, high

    def function(self, x):
        return np.clip(steepness * x + self.offset, self.low, self.high)  # noqa: F821


ONE_CUT = "The line is cut off at both of its ends; this slope is 0 beyond one of them only."
CONSTANT = "Where it is not cut off, a line's slope is the number `steepness`, without x or a."
MISTAKES = Mistakes(
    Mistake(
        "not-clipped",
        activation(lambda x, s, o, low, high: s * x + o, clipped_slope),
        "The line has to stop at `low` and at `high`.",
    ),
    Mistake(
        "clips-x",
        activation(lambda x, s, o, low, high: s * np.clip(x, low, high) + o, clipped_slope),
        "Clip the value of the line, not x before it.",
    ),
    Mistake(
        "cut-on-one-side",
        activation(clipped, lambda x, a, s, o, low, high: s * (a < high)),
        ONE_CUT,
    ),
    Mistake(
        "not-constant",
        activation(clipped, lambda x, a, s, o, low, high: s * a * (a > low) * (a < high)),
        CONSTANT,
    ),
    Mistake(
        "cut-on-one-side", activation(clipped, lambda x, a, s, o, low, high: s * (a > low)), ONE_CUT
    ),
    Mistake(
        "not-constant",
        activation(clipped, lambda x, a, s, o, low, high: s * x * (a > low) * (a < high)),
        CONSTANT,
    ),
    Mistake(
        "not-constant",
        activation(clipped, lambda x, a, s, o, low, high: a * (a > low) * (a < high)),
        CONSTANT,
    ),
    Mistake(
        "slope-everywhere",
        activation(clipped, lambda x, a, s, o, low, high: s + 0 * x),
        "Where the line is clipped nothing moves, so the slope there is 0. (With `<=` "
        "in place of `<` the clipped ends count as inside.)",
    ),
    Mistake(
        "slope-one",
        activation(clipped, lambda x, a, s, o, low, high: (a > low) * (a < high) * 1.0),
        "Inside, a rises by `steepness` for each unit of x, not by 1.",
    ),
    Mistake(
        "x-for-a",
        activation(clipped, lambda x, a, s, o, low, high: s * (x > low) * (x < high)),
        "`low` and `high` are bounds of the value a, not of x.",
    ),
    Mistake(
        "inside-out",
        activation(clipped, lambda x, a, s, o, low, high: s * ((a <= low) | (a >= high))),
        "The flat parts and the ramp are swapped.",
    ),
    Mistake(
        "not-finite",
        activation(
            clipped,
            lambda x, a, s, o, low, high: np.where(
                s * x + o == low, np.nan, s * (a > low) * (a < high)
            ),
        ),
    ),
    Mistake(
        "wrong-switch",
        activation(clipped, lambda x, a, s, o, low, high: s * (a > low) * (a < 0.95 * high)),
    ),
    Mistake("one-number", activation(clipped, lambda x, a, s, o, low, high: s)),
    Mistake("forgotten-self", NoSelf),
    Mistake(
        "values", activation(lambda x, s, o, low, high: np.clip(s * x, low, high), clipped_slope)
    ),
    Mistake("dtype", activation(lambda *given: clipped(*given).astype(np.float64), clipped_slope)),
)
