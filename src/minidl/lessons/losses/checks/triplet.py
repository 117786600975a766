"""The check of the exercise "losses/triplet"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_same
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.showing import show_arguments
from minidl.lessons.losses import solutions as solutions
from minidl.lessons.losses.mistakes.triplet import MISTAKES
from minidl.lessons.losses.shared import Array

NAMES = ("anchor", "positive", "negative", "margin")
SIZES = ((3, 2), (1, 4), (4, 4), (2, 5), (6, 3), (5, 1), (7, 6), (3, 2), (30, 2), (2, 2))
MARGINS = (1.0, 0.5, 1.0, 2.0, 3.0, 0.2, 1.5, 1.0, 4.0, 1.0)


def triplets() -> Iterator[tuple[Array, Array, Array, float]]:
    """Yield triplets that cost nothing, that cost something, and that cost more than a margin."""
    a, p = np.array([[0.0, 0.0], [0.0, 0.0]]), np.array([[3.0, 4.0], [0.0, 1.0]])
    yield a, p, np.array([[0.0, 5.5], [6.0, 8.0]]), 1.0
    yield a, p, np.array([[0.0, 5.5], [6.0, 8.0]]), 2.0
    yield a, a, a, 0.5
    for seed, (size, margin) in enumerate(zip(SIZES, MARGINS, strict=True)):
        rng = np.random.default_rng(seed)
        yield (*np.round((1, 2, 90)[seed % 3] * rng.normal(size=(3, *size)), 3), margin)


def check_triplet(triplet: Any) -> None:
    """Check the loss of each triplet, with Euclid's distance."""
    cases = list(triplets())
    because = "The losses are not right."
    expect_same(triplet, solutions.triplet, *cases, what="the losses", because=because)
    for args in cases:
        exact = solutions.triplet(*args)
        expect_exact(ask(triplet, *args), exact, given=show_arguments(NAMES, args))
    expect_own(triplet, *cases[0])


TRIPLET = Exercise(
    name="losses/triplet",
    title="Farther away by a margin",
    check=check_triplet,
    solution=solutions.triplet,
    mistakes=MISTAKES,
    hints=(
        "Two distances for each row: from the anchor to either example.",
        "Euclid's distance of two rows is the root of the sum of the squared differences: "
        "`np.linalg.norm(…, axis=1)`.",
        "`np.maximum(0, margin + to_positive - to_negative)`.",
    ),
    takeaway="Only triplets that lack something pull; in practice one looks for these.",
)
