"""Mistakes that learners make in "Find the fault: the gradient"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.gradcheck import numerical_gradient
from minidl.lessons.moons import solutions as right
from minidl.lessons.moons.mistakes.slips import moves_p
from minidl.losses import BCELoss


def measured(p, y, eps=1e-6):
    slopes = np.zeros_like(p)
    for n in range(len(p)):
        nudge = np.zeros_like(p)
        nudge[n] = eps * min(p[n, 0], 1 - p[n, 0])
        slopes[n] = (right.bce(p + nudge, y) - right.bce(p - nudge, y)) / (2 * nudge[n])
    return slopes


def borrowed(p, y):
    loss = BCELoss()
    loss(p, y)
    return loss.backward()


MISTAKES = Mistakes(
    Mistake(
        "missing-1/N",
        lambda p, y: (p - y) / (p * (1 - p)),
        "This is the gradient of the sum; the loss is the mean of N points.",
    ),
    Mistake(
        "times-N",
        lambda p, y: (p - y) / (p * (1 - p)) * len(p),
        "N times too long it was already: a mean divides by N.",
    ),
    Mistake(
        "sign",
        lambda p, y: (y - p) / (p * (1 - p)) / len(p),
        "The sign is the wrong way round: where y = 1, the loss falls as p grows.",
    ),
    Mistake(
        "brackets",
        lambda p, y: (p - y) / p * (1 - p) / len(p),
        "`/ p * (1 - p)` divides by p, then multiplies by 1 − p: bracket the denominator.",
    ),
    Mistake(
        "brackets",
        lambda p, y: (p - y) / p * (1 - p),
        "`/ p * (1 - p)` divides by p, then multiplies by 1 − p: bracket the denominator.",
    ),
    Mistake("numerator-only", lambda p, y: (p - y) / len(p), "p·(1 − p) is missing below."),
    moves_p(right.bce_gradient),
    Mistake(
        "one-term",
        lambda p, y: np.where(y == 1, -1 / p, 1 / (1 - p)) / len(p),
        "A label between 0 and 1 needs the whole formula.",
    ),
    Mistake("inexact", measured),
    Mistake("borrowed", lambda p, y: numerical_gradient(lambda p: right.bce(p, y), p)),
    Mistake("borrowed", borrowed),
    Mistake(
        "added-up",
        lambda p, y: np.mean((p - y) / (p * (1 - p))),
        "Each prediction has a slope of its own, an N-th of its point's: do not add them up.",
    ),
    Mistake("shape", lambda p, y: ((p - y) / (p * (1 - p)) / len(p))[:, 0]),
    Mistake("values", lambda p, y: (p - y) / (p * (1 - p)) / 3),
)
