"""Mistakes that learners make in "Its logarithm"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.likelihood import solutions as right
from minidl.numerics import log_softmax


def log_sum_exp(scores, axis=1):
    return np.log(np.exp(scores).sum(axis=axis, keepdims=True))


def one_maximum(scores):
    below = scores - scores.max()
    return below - log_sum_exp(below)


def forgotten_maximum(scores):
    return scores - log_sum_exp(scores - scores.max(axis=1, keepdims=True))


def over_columns(scores):
    below = scores - scores.max(axis=0)
    return below - log_sum_exp(below, axis=0)


def over_all(scores):
    below = scores - scores.max()
    return below - np.log(np.exp(below).sum())


MISTAKES = Mistakes(
    Mistake(
        "overflow",
        lambda scores: scores - log_sum_exp(scores),
        "The formula is right, and exp overflows: subtract the row's largest score first, as in "
        "the softmax.",
    ),
    Mistake(
        "log-of-softmax",
        lambda scores: np.log(right.my_softmax(scores)),
        "The probability has been rounded to 0 before the logarithm sees it. Take the logarithm "
        "of the formula, so that no exponential is left in the numerator.",
    ),
    Mistake(
        "log-of-softmax",
        lambda scores: np.log(right.my_softmax(scores) + 1e-300),
        "A small number under the logarithm keeps infinity away, and makes a wrong number of it.",
    ),
    Mistake(
        "forgotten-maximum",
        forgotten_maximum,
        "The largest score has been subtracted under the logarithm only. It belongs to both "
        "places: d − log Σ exp(d).",
    ),
    Mistake(
        "one-maximum",
        one_maximum,
        "One maximum for all rows: of a row that lies far below it, the sum is 0. Each row needs "
        "its own.",
    ),
    Mistake("over-everything", over_all, "The sum runs over all rows: `axis=1`."),
    Mistake("over-columns", over_columns, "The sum runs down the columns: `axis=1`."),
    Mistake(
        "log-base",
        lambda scores: right.my_log_softmax(scores) / np.log(10),
        "The logarithm is the natural one, np.log.",
    ),
    Mistake(
        "sign",
        lambda scores: -right.my_log_softmax(scores),
        "The logarithm of a probability is at most 0.",
    ),
    Mistake("no-logarithm", right.my_softmax, "These are the probabilities themselves."),
    Mistake("shape", lambda scores: right.my_log_softmax(scores).max(axis=1)),
    Mistake("inexact", lambda scores: np.round(right.my_log_softmax(scores), 9)),
    Mistake("borrowed", lambda scores: log_softmax(scores)),
)
