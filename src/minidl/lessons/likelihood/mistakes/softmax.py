"""Mistakes that learners make in "A softmax that does not overflow"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.likelihood import solutions as right
from minidl.numerics import softmax


def overflowing(scores):
    return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)


def over_all(scores):
    exponentials = np.exp(scores - scores.max())
    return exponentials / exponentials.sum()


def over_columns(scores):
    exponentials = np.exp(scores - scores.max(axis=0))
    return exponentials / exponentials.sum(axis=0)


def one_maximum(scores):
    exponentials = np.exp(scores - scores.max())
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def maxima_of_columns(scores):
    exponentials = np.exp(scores - scores.max(axis=0))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def cut_off(scores):
    return overflowing(np.clip(scores - scores.max(axis=1, keepdims=True), -700, 0) * 1.0)


def mean_subtracted(scores):
    return overflowing(scores - scores.mean(axis=1, keepdims=True))


def shares(scores):
    return scores / scores.sum(axis=1, keepdims=True)


MISTAKES = Mistakes(
    Mistake(
        "overflow",
        overflowing,
        "exp overflows for scores above 709, and below −745 it is 0 for all of them. Before the "
        "exponential, subtract from each row its largest score: the quotient stays the same.",
    ),
    Mistake(
        "overflow",
        lambda scores: overflowing(np.clip(scores, -700, 700)),
        "Scores that are cut off are other scores: subtract the row's largest one instead.",
    ),
    Mistake(
        "over-everything",
        over_all,
        "All probabilities together add up to 1 here; those of each row should: `axis=1`.",
    ),
    Mistake("over-columns", over_columns, "The columns add up to 1 here; the rows should."),
    Mistake(
        "one-maximum",
        one_maximum,
        "One maximum for all rows: a row that lies far below it has nothing but zeros left. Each "
        "row needs its own.",
    ),
    Mistake(
        "maxima-of-columns",
        maxima_of_columns,
        "The largest score of each column is subtracted. Only what is the same for a whole row "
        "cancels: `axis=1, keepdims=True`.",
    ),
    Mistake(
        "divided-by-largest",
        lambda scores: overflowing(scores / scores.max(axis=1, keepdims=True)),
        "Dividing the scores changes the probabilities; only what is added or subtracted cancels.",
    ),
    Mistake(
        "all-or-nothing",
        lambda scores: np.eye(scores.shape[1])[scores.argmax(axis=1)],
        "This gives all to the highest score. A softmax gives each class its share of the "
        "exponentials.",
    ),
    Mistake(
        "mean-subtracted",
        mean_subtracted,
        "The mean is not enough: a score that lies far above it still overflows. Subtract the "
        "largest.",
    ),
    Mistake(
        "no-exponential", shares, "Shares of the scores themselves: take their exponentials first."
    ),
    Mistake("logarithm", right.my_log_softmax, "These are the logarithms of the probabilities."),
    Mistake(
        "cut-off",
        cut_off,
        "Right, but for very small probabilities: do you cut something off, or add a small number?",
    ),
    Mistake("shape", lambda scores: right.my_softmax(scores)[:, :1]),
    Mistake("inexact", lambda scores: np.round(right.my_softmax(scores), 9)),
    Mistake("borrowed", lambda scores: softmax(scores)),
)
