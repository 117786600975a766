"""Mistakes that learners make in "Find the fault: the gradient"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes

MISTAKES = Mistakes(
    Mistake(
        "missing-1/N",
        lambda p, y: (p - y) / (p * (1 - p)),
        "This is the gradient of the sum; the loss is the mean of N points.",
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
    Mistake("shape", lambda p, y: np.mean((p - y) / (p * (1 - p)))),
    Mistake("gradient", lambda p, y: (p - y) / (p * (1 - p)) / 3),
)
