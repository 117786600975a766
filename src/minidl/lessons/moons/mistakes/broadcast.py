"""Mistakes that learners make in "Find the fault: the shapes"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.moons import solutions as right
from minidl.lessons.moons.mistakes.slips import moves_p, one_term
from minidl.losses import BCELoss


def changes_labels(p, y):
    y = y.reshape(p.shape).copy()
    y[...] = y * 0.5 + 0.25
    return right.bce(p, 2 * y - 0.5)


MISTAKES = Mistakes(
    Mistake(
        "missing-mean",
        lambda p, y: right.bce(p, y.reshape(-1, 1)) * p.size,
        "This is the sum over the points, not the mean.",
    ),
    Mistake(
        "divided-by-labels",
        lambda p, y: right.mended_bce(p, y) * p.size / y.sum(),
        "The sum is divided by `y.sum()`, the number of points of class 1: the mean takes N.",
    ),
    Mistake(
        "broadcast", right.bce, "Every prediction still meets every label, N × N pairs of them."
    ),
    Mistake(
        "breaks-columns",
        lambda p, y: right.bce(p, y[:, None]),
        "Labels of shape (N, 1) worked before and should still.",
    ),
    Mistake(
        "breaks-integers",
        changes_labels,
        "Right for labels such as 1.0; but those of make_moons are whole numbers, of dtype int64.",
    ),
    Mistake(
        "one-term",
        lambda p, y: one_term(p, y.reshape(p.shape)),
        "A label between 0 and 1 needs both terms.",
    ),
    moves_p(right.mended_bce),
    Mistake("inexact", lambda p, y: np.float32(right.mended_bce(p, y))),
    Mistake("borrowed", lambda p, y: BCELoss()(p, y.reshape(p.shape))),
    Mistake("not-one-number", lambda p, y: -np.mean(np.log(p) * y.reshape(-1, 1), axis=0)),
)
