"""Mistakes that learners make in "XOR by hand"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes

MISTAKES = Mistakes(
    Mistake(
        "sides-swapped",
        [(1.0, 1.0, 0.0, 1.0), (-1.0, -1.0, 0.0, 1.0)],
        "The folds lie across the wrong diagonal: the sum is positive at the circles.",
    ),
    Mistake(
        "one-alone",
        [(1.0, -1.0, 0.0, 1.0), (-1.0, 1.0, 0.0, 0.0)],
        "Unit {j} adds nothing at any of the four points, by its weight or since z never is above "
        "0 there; the other cannot do it alone. {where}",
    ),
    Mistake(
        "same-fold",
        [(1.0, -1.0, 0.0, 1.0), (2.0, -2.0, 0.0, 1.0)],
        "Both units are awake at the same points, in the same proportion: they are one unit. "
        "{where}",
    ),
    Mistake(
        "only-downwards",
        [(1.0, -1.0, 0.0, -1.0), (-1.0, 1.0, 0.0, -1.0)],
        "No weight v is above 0, so both units only push the sum further down from c = −1.",
    ),
    Mistake(
        "too-low",
        [(1.0, -1.0, -1.0, 1.0), (-1.0, 1.0, -1.0, 1.0)],
        "At none of the four points is the sum above 0; it comes to {highest:.3g} at most. Larger "
        "w, or a larger v for the unit that lifts?",
    ),
    Mistake("wrong-side", [(1.0, 0.0, 0.0, 1.0), (0.0, 1.0, 0.0, 1.0)], "{where}"),
    Mistake(
        "not-two-units",
        [(1.0, -1.0, 0.0), (-1.0, 1.0, 0.0)],
        "Expected two units of four numbers each, (w1, w2, b, v).",
    ),
    Mistake(
        "not-finite",
        [(np.inf, -1.0, 0.0, 1.0), (-1.0, 1.0, 0.0, 1.0)],
        "Expected finite numbers.",
    ),
)
