"""Mistakes that learners make in "Find the fault: the shapes"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.moons import solutions as right

MISTAKES = Mistakes(
    Mistake(
        "missing-mean",
        lambda p, y: right.bce(p, y.reshape(-1, 1)) * p.size,
        "This is the sum over the points, not the mean.",
    ),
    Mistake(
        "broadcast", right.bce, "Every prediction still meets every label, N × N pairs of them."
    ),
    Mistake(
        "breaks-columns",
        lambda p, y: right.bce(p, y[:, None]),
        "Labels of shape (N, 1) worked before and should still.",
    ),
    Mistake("not-one-number", lambda p, y: -np.mean(np.log(p) * y.reshape(-1, 1), axis=0)),
)
