"""Mistakes that learners make in "Weights that go with a bend"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes

SIZE = "The mean of the *squares* is wanted: that is what a gate multiplies mean squares by."
MISTAKES = Mistakes(
    Mistake(
        "without-the-gate",
        lambda slopes, n: 1 / np.sqrt(n),
        "That is Xavier's rule: it takes every gate to be open. The slopes have to come in.",
    ),
    Mistake(
        "without-the-sum",
        lambda slopes, n: 1 / np.sqrt(np.mean(slopes**2)),
        "That undoes the gates alone. `n` shares are added, too.",
    ),
    Mistake(
        "variance",
        lambda slopes, n: 1 / (n * np.mean(slopes**2)),
        "That is σ², the variance of the weights; σ is its root.",
    ),
    Mistake(
        "upside-down",
        lambda slopes, n: np.sqrt(n * np.mean(slopes**2)),
        "Upside down: where many shares are added, or gates are wide open, weights have to be "
        "small.",
    ),
    Mistake(
        "gate-upside-down",
        lambda slopes, n: np.sqrt(np.mean(slopes**2) / n),
        "Gates that let little through need larger weights, not smaller ones.",
    ),
    Mistake("mean-squared", lambda slopes, n: 1 / np.sqrt(n * np.mean(slopes) ** 2), SIZE),
    Mistake("mean-squared", lambda slopes, n: 1 / np.sqrt(n * np.abs(np.mean(slopes))), SIZE),
    Mistake("mean-squared", lambda slopes, n: 1 / np.sqrt(n * np.mean(np.abs(slopes))), SIZE),
    Mistake("mean-squared", lambda slopes, n: 1 / (np.sqrt(n) * np.mean(np.abs(slopes))), SIZE),
    Mistake(
        "squares-outside-the-root",
        lambda slopes, n: 1 / (np.sqrt(n) * np.mean(slopes**2)),
        "The root belongs to both: from n·σ²·mean(slopes²) = 1 follows σ = 1 / √(n·mean(slopes²)).",
    ),
    Mistake(
        "spread",
        lambda slopes, n: 1 / (np.sqrt(n) * np.std(slopes)),
        "`np.std` takes the mean away first; slopes that are all alike have none left.",
    ),
    Mistake(
        "sum",
        lambda slopes, n: 1 / np.sqrt(n * np.sum(slopes**2)),
        "The mean of the squares, not their sum: twice as many samples change nothing.",
    ),
    Mistake(
        "sum",
        lambda slopes, n: 1 / np.sqrt(np.sum(slopes**2)),
        "The mean of the squares, not their sum; and `n` is no number of slopes.",
    ),
    Mistake(
        "n-of-the-slopes",
        lambda slopes, n: 1 / np.sqrt(np.shape(slopes)[1] * np.mean(slopes**2)),
        "That takes for n how many units there are. `n` says how many neurons each of them feeds.",
    ),
    Mistake(
        "hes-rule",
        lambda slopes, n: np.sqrt(2 / n),
        "That is right where half of the slopes are 0 and half are 1. These here are others.",
    ),
    Mistake("not-one-number", lambda slopes, n: 1 / np.sqrt(n * np.mean(slopes**2, axis=0))),
    Mistake("values", lambda slopes, n: 1 / np.sqrt((n + 1) * np.mean(slopes**2))),
)
