"""Mistakes that learners make in "Farther away by a margin"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.losses import solutions as right
from minidl.losses import TripletMarginLoss


def by(distance):
    def triplet(a, p, n, margin):
        return np.maximum(0, margin + distance(a - p) - distance(a - n))

    return triplet


def length(x):
    return np.linalg.norm(x, axis=1)


def between_examples(a, p, n, margin):
    return np.maximum(0, margin + length(a - p) - length(p - n))


MISTAKES = Mistakes(
    Mistake(
        "swapped",
        lambda a, p, n, margin: right.triplet(a, n, p, margin),
        "The other way round: the unlike one should be the farther one, and then it costs nothing.",
    ),
    Mistake(
        "not-limited",
        lambda a, p, n, margin: margin + length(a - p) - length(a - n),
        "What is far enough away costs nothing, and earns nothing: no loss is below 0.",
    ),
    Mistake(
        "no-margin",
        lambda a, p, n, margin: np.maximum(0, length(a - p) - length(a - n)),
        "The margin is missing: the unlike one has to be farther away by that much.",
    ),
    Mistake(
        "margin-beside",
        lambda a, p, n, margin: margin + np.maximum(0, length(a - p) - length(a - n)),
        "The margin belongs inside the maximum, or no triplet ever costs less than it.",
    ),
    Mistake(
        "margin-by-heart",
        lambda a, p, n, margin: right.triplet(a, p, n, 1.0),
        "Right for a margin of 1 only: take `margin` itself.",
    ),
    Mistake(
        "squared",
        by(lambda x: (x**2).sum(axis=1)),
        "These are squared distances: the root is missing.",
    ),
    Mistake(
        "sum-of-sizes",
        by(lambda x: abs(x).sum(axis=1)),
        "This adds up the sizes of the differences. Euclid's distance is the root of the squares.",
    ),
    Mistake(
        "mean-of-squares",
        by(lambda x: np.sqrt((x**2).mean(axis=1))),
        "A mean of the squares; Euclid's distance adds them.",
    ),
    Mistake(
        "other-pair",
        between_examples,
        "The distance between the two examples is not asked for; both are measured from the "
        "anchor.",
    ),
    Mistake(
        "margin-sign",
        lambda a, p, n, margin: right.triplet(a, p, n, -margin),
        "The margin is subtracted: so a triplet is content while the unlike one is nearer.",
    ),
    Mistake(
        "only-negative",
        lambda a, p, n, margin: np.maximum(0, margin - length(a - n)),
        "The distance to the like one is missing; the unlike one has to be farther away than that.",
    ),
    Mistake(
        "columns",
        by(lambda x: np.linalg.norm(x, axis=0)),
        "`axis=0` measures the columns. A triplet stands in a row: `axis=1`.",
    ),
    Mistake(
        "all-rows-at-once",
        lambda a, p, n, margin: np.maximum(
            0, margin + np.linalg.norm(a - p) - np.linalg.norm(a - n) + np.zeros(len(a))
        ),
        "`np.linalg.norm` without `axis=1` measures the whole array at once.",
    ),
    Mistake(
        "not-one-a-triplet",
        lambda *args: np.full(len(args[0]), right.triplet(*args).mean()),
        "The mean of all; each triplet has a loss of its own.",
    ),
    Mistake("shape", lambda *args: right.triplet(*args).mean()),
    Mistake("inexact", lambda *args: np.round(right.triplet(*args), 9)),
    Mistake(
        "borrowed",
        lambda a, p, n, m: TripletMarginLoss(m, eps=0.0, reduction="none")(a, p, n),
    ),
    Mistake("values", lambda *args: right.triplet(*args) ** 2),
)
