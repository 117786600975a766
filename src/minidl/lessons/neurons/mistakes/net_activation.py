"""Mistakes that learners make in "The net activation"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def by_three_loops(X, W, b):
    z = np.empty((len(X), W.shape[1]))
    for i in range(len(X)):
        for j in range(W.shape[1]):
            z[i, j] = b[0, j]
            for k in range(len(W)):
                z[i, j] += X[i, k] * W[k, j]
    return z


MISTAKES = Mistakes(
    Mistake("elementwise", lambda X, W, b: X * W + b, "`*` multiplies number by number; use `@`."),
    Mistake(
        "x-second", lambda X, W, b: W @ X + b, "X comes first: its rows meet the columns of W."
    ),
    Mistake("no-bias", lambda X, W, b: X @ W, "The bias is missing."),
    Mistake(
        "column-bias",
        lambda X, W, b: X @ W + b.T,
        "`b.T` is a column, with a bias for each sample. b is a row: add it as it is.",
    ),
    Mistake("minus-bias", lambda X, W, b: X @ W - b, "The bias is added, not subtracted."),
    Mistake(
        "transposed",
        lambda X, W, b: X @ W.T + b,
        "W is used as it is: one column for each neuron.",
    ),
    Mistake(
        "one-number-a-sample",
        lambda X, W, b: X @ W[:, 0] + b[0, 0],
        "The result keeps two axes: a row for each sample, a column for each neuron.",
    ),
    Mistake(
        "loop",
        by_three_loops,
        "The numbers are right, but it goes through the {what} one by one. Write it without a "
        "loop: NumPy does all of them at once, and many times faster.",
    ),
    Mistake(
        "whole-numbers",
        lambda X, W, b: (X @ W + b).astype(int),
        "What follows the point is cut off: leave the numbers as they are.",
    ),
    Mistake("values", lambda X, W, b: X @ W + 2 * b),
    Mistake("shape", lambda X, W, b: (X @ W + b)[..., None]),
)
