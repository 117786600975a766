"""Hostile answers in the lesson on bends that are right, and legal uses of all answers."""

import numpy as np

from tests.lessons.hostile.legal import Use, numbers


def points(rng):
    n = int(rng.integers(2, 9))
    return np.cumsum(rng.uniform(0.1, 3, n)) - 5, numbers(rng, n)


USES = {"hinges": Use(points)}
EXPLAINED: dict[str, list] = {}
