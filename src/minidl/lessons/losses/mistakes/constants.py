"""Mistakes that learners make in "The best constant"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.losses import L1Loss


def borrowed(labels):
    loss = L1Loss()
    costs = [loss(np.full_like(labels, c), labels) for c in labels]
    return np.mean(labels), labels[int(np.argmin(costs))]


MISTAKES = Mistakes(
    Mistake(
        "swapped",
        lambda y: (np.median(y), np.mean(y)),
        "The other way round: the one for MSELoss comes first, and a far-off label moves it.",
    ),
    Mistake(
        "mean-twice",
        lambda y: (np.mean(y), np.mean(y)),
        "The second is the mean again. A sum of signs does not ask how far off a label is.",
    ),
    Mistake(
        "median-twice",
        lambda y: (np.median(y), np.median(y)),
        "The first is the median. A sum of distances is 0 elsewhere.",
    ),
    Mistake(
        "unsorted",
        lambda y: (np.mean(y), y[len(y) // 2]),
        "The label in the middle of the list is not the middle one in size: sort first.",
    ),
    Mistake(
        "midrange",
        lambda y: (np.mean(y), (np.min(y) + np.max(y)) / 2),
        "Halfway between the extremes the worst error is smallest, not the mean one.",
    ),
    Mistake(
        "trimmed",
        lambda y: (np.mean(y), np.mean(np.sort(y)[1:-1]) if len(y) > 2 else np.mean(y)),
        "Leaving the extremes out is not yet the median: as many labels below as above.",
    ),
    Mistake(
        "minima",
        lambda y: (np.mean((y - y.mean()) ** 2), np.mean(abs(y - np.median(y)))),
        "These are the losses of the best constants. Return the constants.",
    ),
    Mistake("sum", lambda y: (np.sum(y), np.median(y)), "A sum is not yet a mean."),
    Mistake(
        "most-frequent",
        lambda y: (np.mean(y), max(sorted(y.tolist()), key=y.tolist().count)),
        "This is the most frequent label. The signs ask for the middle one.",
    ),
    Mistake("not-a-pair", lambda y: np.mean(y)),
    Mistake("inexact", lambda y: (np.float64(f"{np.mean(y):.9g}"), np.median(y))),
    Mistake("borrowed", borrowed),
    Mistake("values", lambda y: (np.sqrt(np.mean(y**2)), np.median(y))),
)
