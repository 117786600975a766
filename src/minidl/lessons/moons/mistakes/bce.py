"""Mistakes that learners make in "Binary cross-entropy"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.moons import solutions as right
from minidl.lessons.moons.mistakes.slips import moves_p, one_term, slips
from minidl.losses import BCELoss

MISTAKES = Mistakes(
    *slips(right.bce),
    moves_p(right.bce),
    Mistake(
        "only-class-1", lambda p, y: -np.mean(y * np.log(p)), "Points of class 0 cost nothing here."
    ),
    Mistake(
        "labels-mixed-up", lambda p, y: right.bce(1 - p, y), "The labels switch on the wrong terms."
    ),
    Mistake(
        "log-base",
        lambda p, y: -np.mean(y * np.log10(p) + (1 - y) * np.log10(1 - p)),
        "The logarithm is the natural one, np.log.",
    ),
    Mistake(
        "log-base",
        lambda p, y: -np.mean(y * np.log2(p) + (1 - y) * np.log2(1 - p)),
        "The logarithm is the natural one, np.log.",
    ),
    Mistake(
        "one-term",
        one_term,
        "A label between 0 and 1 needs both terms.",
    ),
    Mistake("not-one-number", lambda p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p))),
    Mistake("inexact", lambda p, y: np.round(right.bce(p, y), 6)),
    Mistake("borrowed", lambda p, y: BCELoss()(p, y)),
    Mistake("values", lambda p, y: np.mean((p - y) ** 2)),
)
