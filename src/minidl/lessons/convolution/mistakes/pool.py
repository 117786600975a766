"""Mistakes that learners make in "Find the fault: a pooling that gives too much back"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.convolution.solutions import pool_gradient


def by_windows(rule):
    """Return an answer that applies `rule(windows, g)` to all windows, one a row."""
    return lambda x, g, k: rule(x.reshape(-1, k), g[:, np.newaxis]).reshape(x.shape)


def largest(windows):
    return windows == windows.max(axis=1, keepdims=True)


def shared(windows, g):
    return largest(windows) * g / largest(windows).sum(axis=1, keepdims=True)


def last(x, g, k):
    return pool_gradient(x[::-1], g[::-1], k)[::-1].copy()


def not_zeros(windows, g):
    return largest(windows) * (windows > 0) * g


def in_the_row(x, g, k):
    dx = np.zeros(len(x))
    for i in range(len(g)):
        dx[x[i * k : (i + 1) * k].argmax()] = g[i]
    return dx


MISTAKES = Mistakes(
    Mistake(
        "all-equal",
        by_windows(lambda windows, g: largest(windows) * g),
        "Where several numbers of a window are equally large, each gets the whole gradient, so "
        "that more comes back than went in. One should get it, the first.",
    ),
    Mistake(
        "shared",
        by_windows(shared),
        "Equal numbers share the gradient here. That adds up, but the first is to get all of it, "
        "as in PyTorch.",
    ),
    Mistake("last", last, "Of equal numbers the last gets the gradient; it should be the first."),
    Mistake(
        "not-zeros",
        by_windows(not_zeros),
        "A window whose largest number is 0 or below gives nothing back; its gradient belongs to "
        "the first of its largest numbers, too.",
    ),
    Mistake(
        "smallest",
        lambda x, g, k: pool_gradient(-x, g, k),
        "The gradient goes to the smallest number; it was the largest that counted.",
    ),
    Mistake(
        "largest-amount",
        lambda x, g, k: pool_gradient(abs(x), g, k),
        "The gradient goes to the number farthest from 0; the largest is wanted, and −8 is "
        "smaller than −5.",
    ),
    Mistake(
        "first-always",
        lambda x, g, k: pool_gradient(np.zeros(len(x)), g, k),
        "The first number of each window gets the gradient, whichever was largest.",
    ),
    Mistake(
        "in-the-row",
        in_the_row,
        "`argmax` counts from the beginning of its window: add where the window begins, `i * k`.",
    ),
    Mistake(
        "everybody",
        by_windows(lambda windows, g: np.ones_like(windows) * g),
        "All numbers of a window get its gradient; only the largest had a say.",
    ),
    Mistake(
        "evenly",
        by_windows(lambda windows, g: np.ones_like(windows) * g / windows.shape[1]),
        "This is the gradient of a mean: all numbers get the same share.",
    ),
    Mistake(
        "times-x",
        lambda x, g, k: pool_gradient(x, g, k) * x,
        "The slope of the largest number is 1: what arrives is g, not g times the number.",
    ),
    Mistake(
        "windows-of-two",
        lambda x, g, k: np.resize(pool_gradient(x[: 2 * len(g)], g, 2), len(x)),
        "It takes windows of two; their length is `k`.",
    ),
    Mistake("values", lambda x, g, k: pool_gradient(x, g, k) + 1),
)
