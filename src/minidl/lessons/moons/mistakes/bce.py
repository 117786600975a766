"""Mistakes that learners make in "Binary cross-entropy"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.moons import solutions as right
from minidl.lessons.moons.mistakes.slips import slips

MISTAKES = Mistakes(
    *slips(right.bce),
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
        lambda p, y: -np.mean(np.where(y == 1, np.log(p), np.log(1 - p))),
        "A label between 0 and 1 needs both terms.",
    ),
    Mistake("not-one-number", lambda p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p))),
    Mistake("values", lambda p, y: np.mean((p - y) ** 2)),
)
