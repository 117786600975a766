"""Mistakes that learners make in "Find the fault: a slope that passed its test"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes

MISTAKES = Mistakes(
    Mistake("x-for-a", lambda x, a: 1 - x**2, "The square is that of the value a, not of x."),
    Mistake("slope-of-the-logistic", lambda x, a: a * (1 - a), "a·(1 − a) is the logistic's."),
    Mistake(
        "tanh-twice", lambda x, a: 1 - np.tanh(a) ** 2, "a is tanh(x) already: no second tanh."
    ),
    Mistake("square-of-all", lambda x, a: (1 - a) ** 2, "It is 1 − a², not (1 − a)²."),
    Mistake("sign", lambda x, a: a**2 - 1, "The sign is the wrong way round: tanh only rises."),
    Mistake("sign", lambda x, a: 1 + a**2, "The sign between the two terms is wrong."),
    Mistake("wrong-switch", lambda x, a: np.where(np.abs(x) > 3, 0, 1 - a**2)),
    Mistake("values", lambda x, a: 1 - a),
)
