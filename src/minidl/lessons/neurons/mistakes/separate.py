"""Mistakes that learners make in "Draw the line"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes

MISTAKES = Mistakes(
    Mistake(
        "sides-swapped",
        (0.5, -1.0, 1.0),
        "The line is right, the sides are swapped: z > 0 is for orange.",
    ),
    Mistake(
        "no-bias",
        (-0.5, 1.0, 0.0),
        "Without a bias the line runs through the origin, and it cannot do that here. {where}",
    ),
    Mistake(
        "no-weights",
        (0.0, 0.0, 0.0),
        "Without weights there is no line: z is {b:g} everywhere. {where}",
    ),
    Mistake(
        "sign",
        (0.5, 1.0, -1.0),
        "With {which} of the other sign it is right: a line x₂ = m·x₁ + c that you see is "
        "−m·x₁ + x₂ − c = 0. {where}",
    ),
    Mistake("wrong-side", (0.0, 1.0, -1.0), "{where}"),
    Mistake("not-three-numbers", (1.0, 2.0), "Expected three numbers, (w1, w2, b)."),
    Mistake("not-finite", (np.inf, 1.0, 1.0), "Expected three finite numbers."),
)
