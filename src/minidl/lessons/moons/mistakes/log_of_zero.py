"""Mistakes that learners make in "Find the fault: the logarithm"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.moons import solutions as right
from minidl.lessons.moons.mistakes.slips import slips
from minidl.losses import BCELoss


def clipped(p, y):
    return right.bce(np.clip(p, 1e-12, 1 - 1e-12), y)


def clipped_at_the_cut(p, y):
    return right.bce(np.clip(p, np.exp(-100), 1 - np.exp(-100)), y)


def cut_at(least):
    def bce(p, y):
        log_p, log_q = np.maximum(np.log(p), least), np.maximum(np.log(1 - p), least)
        return -np.mean(y * log_p + (1 - y) * log_q)

    return bce


def cut_one(p, y):
    return -np.mean(y * np.maximum(np.log(p), -100) + (1 - y) * np.log(1 - p))


def cut_only_zero(p, y):
    log_p = np.where(p == 0, -100, np.log(np.where(p == 0, 1, p)))
    log_q = np.where(p == 1, -100, np.log(np.where(p == 1, 1, 1 - p)))
    return -np.mean(y * log_p + (1 - y) * log_q)


def cut_from_above(p, y):
    return -np.mean(y * np.minimum(np.log(p), -100) + (1 - y) * np.minimum(np.log(1 - p), -100))


def without_nan(p, y):
    return -np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))


def cut_by_label(p, y):
    return -np.mean(np.maximum(np.where(y == 1, np.log(p), np.log(1 - p)), -100))


def cut_after_rounding(p, y):
    return -np.mean(np.maximum(np.log(1 - np.abs(y - p)), -100))


MISTAKES = Mistakes(
    *slips(right.safe_bce),
    Mistake(
        "minimum",
        cut_from_above,
        "np.minimum keeps the smaller of two: you need the larger of log p and −100.",
    ),
    Mistake(
        "counts-as-0",
        cut_after_rounding,
        "Here 1e-30 counts as 0, perhaps by rounding: 1 − 1e-30 is 1. Take log p itself.",
    ),
    Mistake(
        "counts-as-0",
        lambda p, y: -np.mean(np.log(1 - np.abs(y - p))),
        "Here 1e-30 counts as 0, perhaps by rounding: 1 − 1e-30 is 1. Take log p itself.",
    ),
    Mistake("nan-when-perfect", right.bce, "A perfect prediction costs 0, not 0·log 0 = NaN."),
    Mistake("infinite", without_nan, "One certain mistake is still infinitely expensive."),
    Mistake(
        "one-log-cut",
        cut_one,
        "A perfect prediction of p = {p} still gives 0·log 0 = NaN: {log} is not cut off there. "
        "(If you move p to at most 1 − e⁻¹⁰⁰ instead: that rounds to 1.) Cut off both logarithms.",
    ),
    Mistake("one-log-cut", clipped_at_the_cut, "A perfect prediction of p = "),
    Mistake("inexact", lambda p, y: np.round(right.safe_bce(p, y), 6)),
    Mistake("borrowed", lambda p, y: BCELoss()(p, y)),
    Mistake(
        "clips-the-prediction",
        clipped,
        "A prediction of 1e-30 is no reason yet to cut: log 1e-30 is about −69.",
    ),
    Mistake("one-term", cut_by_label, "A label between 0 and 1 needs both terms."),
    Mistake("not-one-number", lambda p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p))),
    Mistake("cut-elsewhere", cut_at(-200), "A logarithm is cut off at −100, on both sides."),
    Mistake(
        "only-zero-cut",
        cut_only_zero,
        "log 1e-50 is about −115: anything below −100 counts as −100, not only log 0.",
    ),
)
