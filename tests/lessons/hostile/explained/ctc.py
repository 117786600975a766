"""Hostile answers in the lesson on CTC that are right: nothing tells them from the solution."""

import numpy as np

from minidl.numerics import log_softmax
from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use


def path(rng):
    """Draw a path of 1 to 30 moments over few or many letters."""
    letters = list("-ABCDEFGHIJ")[: int(rng.integers(1, 12))]
    return ("".join(rng.choice(letters, int(rng.integers(1, 31)))),)


def moment(rng):
    """Draw what is known before a moment, in some draws impossible or tiny, and a label."""
    C, size = int(rng.integers(2, 9)), int(rng.integers(1, 8))
    states = np.zeros(2 * size + 1, int)
    states[1::2] = rng.integers(1, C, size)
    before = -(10.0 ** rng.uniform(-3, 4, len(states)))
    if rng.random() < 0.5:
        before[int(rng.integers(1, len(states) + 1)) :] = -np.inf
    return before, log_softmax(10.0 ** rng.uniform(-2, 2) * rng.normal(size=C)), states


JUMP = "- if s > 1 and said != states[s - 2]: | + if {}:"
USES = {"collapse": Use(path), "forward": Use(moment)}
EXPLAINED = {
    "forward": [
        Explained(
            "State 2 is a blank, and so is state 0: there is no jump between them.",
            (
                JUMP.format("s > 2 and said != states[s - 2]"),
                JUMP.format("s > 1.1 and said != states[s - 2]"),
            ),
        ),
    ]
}
