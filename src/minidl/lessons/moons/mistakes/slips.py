"""Slips in the binary cross-entropy that two exercises of the lesson share."""

import numpy as np

from minidl.checking.mistake import Mistake


def without_brackets(p, y):
    return -np.mean(y * np.log(p) + 1 - y * np.log(1 - p))


def slips(right):
    """Return the mistakes in a cross-entropy that is otherwise right."""
    return (
        Mistake(
            "missing-mean",
            lambda p, y: right(p, y) * p.size,
            "This is the sum over the points, not the mean.",
        ),
        Mistake(
            "divided-by-labels",
            lambda p, y: right(p, y) * p.size / y.sum(),
            "The sum is divided by `y.sum()`, the number of points of class 1: the mean takes N.",
        ),
        Mistake("sign", lambda p, y: -right(p, y), "A loss is positive: mind the minus."),
        Mistake(
            "same-log-twice",
            lambda p, y: -np.mean(y * np.log(p) + (1 - y) * np.log(p)),
            "The second term takes log(1 − p).",
        ),
        Mistake("no-brackets", without_brackets, "`1 - y * …` multiplies first: bracket (1 − y)."),
        Mistake(
            "one-minus",
            lambda p, y: np.mean(-y * np.log(p) + (1 - y) * np.log(1 - p)),
            "The minus belongs to both terms.",
        ),
        Mistake(
            "one-minus",
            lambda p, y: np.mean(y * np.log(p) - (1 - y) * np.log(1 - p)),
            "The minus belongs to both terms.",
        ),
    )


def moves_p(right):
    """Return the mistake of a cross-entropy that keeps its logarithms from being large."""
    return Mistake(
        "moves-p",
        lambda p, y: right(np.clip(p, 1e-7, 1 - 1e-7), y),
        "Right, but not where p is very close to 0 or 1: do you move p, or cut something off? "
        "No p is exactly 0 or 1, so take the formula as it stands.",
    )


def one_term(p, y):
    return -np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))
