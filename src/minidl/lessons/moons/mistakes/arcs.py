"""Mistakes that learners make in "Two arcs from their formula"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.data import make_moons


def arcs(n, *, end=np.pi, endpoint=True, mirror=-1, order=(0, 1), labels=(0, 1)):
    t = np.linspace(0, end, n, endpoint=endpoint)
    outer = np.column_stack([np.cos(t), np.sin(t)])
    inner = np.column_stack([1 - np.cos(t), 0.5 + mirror * np.sin(t)])
    both = [outer, inner]
    return np.concatenate([both[i] for i in order]), np.repeat(labels, n)


def reshaped(n):
    X, y = arcs(n)
    return X.T.reshape(X.shape), y


def reshaped_each(n):
    X, y = arcs(n)
    return np.concatenate([arc.T.reshape(arc.shape) for arc in (X[:n], X[n:])]), y


def in_rows(n):
    X, y = arcs(n)
    return np.concatenate([X[:n].T, X[n:].T]), y


REFILLED = (
    "`reshape` keeps the numbers in their order, so a row gets two x and no y: try np.column_stack."
)
MISTAKES = Mistakes(
    Mistake(
        "transposed",
        lambda n: (arcs(n)[0].T, arcs(n)[1]),
        "Each point is a row: try np.column_stack.",
    ),
    Mistake("transposed", in_rows, "Each point is a row: try np.column_stack for each arc."),
    Mistake(
        "reshaped",
        reshaped,
        REFILLED,
    ),
    Mistake("reshaped", reshaped_each, REFILLED),
    Mistake("reversed", lambda n: arcs(n, order=(1, 0)), "The outer arc comes first."),
    Mistake(
        "alternating",
        lambda n: (arcs(n)[0][np.arange(2 * n).reshape(2, n).T.ravel()], arcs(n)[1]),
        "The arcs must not take turns: first comes all of the outer one, then the inner one.",
    ),
    Mistake(
        "degrees",
        lambda n: arcs(n, end=180),
        "np.cos and np.sin take radians: t ends at π, not 180.",
    ),
    Mistake(
        "full-circle", lambda n: arcs(n, end=2 * np.pi), "An arc is half a circle: t ends at π."
    ),
    Mistake("open-arc", lambda n: arcs(n, endpoint=False), "The last t should be π itself."),
    Mistake("upright-inner-arc", lambda n: arcs(n, mirror=1), "The inner arc opens up."),
    Mistake(
        "swapped-labels",
        lambda n: arcs(n, labels=(1, 0)),
        "The outer arc is class 0, the inner one class 1.",
    ),
    Mistake(
        "alternating-labels",
        lambda n: (arcs(n)[0], np.tile([0, 1], n)),
        "All labels 0 come first: np.repeat.",
    ),
    Mistake("not-a-pair", lambda n: arcs(n)[0]),
    Mistake("points", lambda n: (arcs(n)[0] * 2, arcs(n)[1])),
    Mistake("labels", lambda n: arcs(n, labels=(0, 0))),
    Mistake("shape", lambda n: arcs(n + 1)),
    Mistake("inexact", lambda n: (arcs(n)[0].astype(np.float32), arcs(n)[1])),
    Mistake("borrowed", lambda n: make_moons(2 * n, shuffle=False)),
)
