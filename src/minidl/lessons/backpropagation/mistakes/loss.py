"""Mistakes that learners make in "Find the fault: every gradient four times too large"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.backpropagation import solutions as right


def loss(gradient):
    class Mistaken(right.MyBCE):
        """The loss with another gradient."""

        def backward(self):
            return gradient(self.p, self.labels)

    return Mistaken


class NoBackward:
    """A loss that has only the way there."""

    def __call__(self, p, labels):
        return right.MyBCE()(p, labels)


class ChangesPredictions(right.MyBCE):
    """The loss that halves the predictions it was given."""

    def backward(self):
        grad = super().backward()
        self.p *= 0.5
        return grad


MISTAKES = Mistakes(
    Mistake(
        "one-term",
        loss(lambda p, y: np.where(y == 1, -1 / p, 1 / (1 - p)) / len(p)),
        "A label between 0 and 1 needs the whole formula.",
    ),
    Mistake(
        "moves-p",
        loss(lambda p, y: (p - y) / np.maximum(p * (1 - p), 0.001 * 0.999) / len(p)),
        "Right, but not where p is close to 0 or 1: do you move p, or cut something off? The "
        "formula needs neither.",
    ),
    Mistake(
        "changes-what-it-keeps",
        ChangesPredictions,
        "Going back changes the predictions or the labels, which others still need: compute into "
        "a new array.",
    ),
    Mistake("inexact", loss(lambda p, y: np.float32((p - y) / (p * (1 - p)) / len(p)))),
    Mistake(
        "missing-1/N",
        loss(lambda p, y: (p - y) / (p * (1 - p))),
        "N times too large: the loss is a mean.",
    ),
    Mistake(
        "label-1-only",
        loss(lambda p, y: -1 / p / len(p)),
        "This is the slope where the label is 1; with another label the other term counts, too.",
    ),
    Mistake(
        "label-0-left-out",
        loss(lambda p, y: -y / p / len(p)),
        "This is the slope of y·log p alone; the other term, (1 − y)·log(1 − p), has one, too.",
    ),
    Mistake(
        "times-n",
        loss(lambda p, y: (p - y) / (p * (1 - p) / len(p))),
        "N² times too large: N multiplies here, as it does in `a / (b / N)`, and has to divide.",
    ),
    Mistake(
        "always-4",
        loss(lambda p, y: (p - y) / (p * (1 - p)) / 4),
        "N is the number of points, not always 4.",
    ),
    Mistake(
        "parentheses",
        loss(lambda p, y: (p - y) / p * (1 - p) / len(p)),
        "(1 − p) belongs below the line.",
    ),
    Mistake(
        "sign",
        loss(lambda p, y: (y - p) / (p * (1 - p)) / len(p)),
        "The sign is turned: where y = 1, more p means less loss.",
    ),
    Mistake("numerator-only", loss(lambda p, y: (p - y) / len(p)), "p·(1 − p) is missing below."),
    Mistake(
        "mean-of-gradients",
        loss(lambda p, y: np.mean((p - y) / (p * (1 - p)))),
        "Each prediction has a gradient of its own.",
    ),
    Mistake("no-backward", NoBackward, "Expected a method backward(self) in {kind}, found none."),
)
