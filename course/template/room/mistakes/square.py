"""Mistakes that learners make in "The square"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes

MISTAKES = Mistakes(
    Mistake("doubled", lambda x: 2 * x, "That is two times x, not x times x."),
    Mistake("cubed", lambda x: x**3, "That is one factor too many."),
    Mistake("absolute-value", np.abs, "The sign goes, but the number has to be multiplied, too."),
    Mistake("values", lambda x: x**2 + 1),
)
