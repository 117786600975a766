"""Mistakes that learners make in "Back through the logistic function"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.backpropagation import solutions as right


def logistic(slope):
    class Mistaken(right.MyLogistic):
        """The logistic function with another way back."""

        def forward(self, x):
            self.x = x
            return super().forward(x)

        def backward(self, grad):
            return slope(self.x, self.saved_for_backward(), grad)

    return Mistaken


class InputSaved(right.MyLogistic):
    """The logistic function that keeps x where its slope takes a."""

    def forward(self, x):
        a = super().forward(x)
        self.save_for_backward(x)
        return a


def sigma(x):
    return 1 / (1 + np.exp(-x))


MISTAKES = Mistakes(
    Mistake(
        "gradient-left-out",
        logistic(lambda x, a, grad: a * (1 - a)),
        "This is the slope alone: multiply by g.",
    ),
    Mistake(
        "half-a-slope",
        logistic(lambda x, a, grad: grad * a),
        "The slope is a·(1 − a); a factor is missing.",
    ),
    Mistake(
        "slope-of-slope",
        logistic(lambda x, a, grad: grad * sigma(a) * (1 - sigma(a))),
        "What was saved is σ(x) already.",
    ),
    Mistake(
        "turned-sign",
        logistic(lambda x, a, grad: grad * a * (a - 1)),
        "The sign is turned: it is 1 − a, not a − 1.",
    ),
    Mistake(
        "slope-of-tanh",
        logistic(lambda x, a, grad: grad * (1 - a**2)),
        "1 − a² is the slope of tanh.",
    ),
    Mistake("of-the-input", InputSaved, "The slope is a·(1 − a) with a = σ(x)."),
    Mistake(
        "parentheses",
        logistic(lambda x, a, grad: grad * a * 1 - a),
        "g·a·1 − a is not g·a·(1 − a).",
    ),
    Mistake(
        "matrix-product",
        logistic(lambda x, a, grad: grad @ (a * (1 - a))),
        "Number by number: `*`, not `@`.",
    ),
    Mistake("sum", logistic(lambda x, a, grad: grad + a * (1 - a)), "The chain rule multiplies."),
    Mistake("input-gradient", logistic(lambda x, a, grad: grad * a * (1 + a))),
)
