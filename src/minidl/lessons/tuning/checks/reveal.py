"""The check of the exercise "tuning/reveal"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number, expect_two
from minidl.lessons.tuning import solutions
from minidl.lessons.tuning.mistakes.reveal import MISTAKES

Array = npt.NDArray[Any]

SIZES = ((3, 4, 5), (2, 5, 7), (4, 2, 6), (6, 7, 4), (30, 20, 50), (7, 3, 1), (5, 1, 9), (12, 6, 6))
"""How many networks, dev images and test images there are."""


def outcomes() -> Iterator[tuple[Array, Array, Array]]:
    """Yield which network has which image right, and the places of the dev and the test images."""
    rng = np.random.default_rng(21)
    for networks, dev, test in (*SIZES, *SIZES):
        skills = rng.uniform(0.3, 0.9, (networks, 1))
        places = rng.permutation(dev + test + 3)
        right = rng.random((networks, len(places))) < skills
        yield right, np.sort(places[:dev]), np.sort(places[dev : dev + test])


def check_reveal(reveal: Any) -> None:
    """Check skill and luck of the winners of several searches."""
    for right, dev, test in outcomes():
        parts = expect_two(ask(reveal, right, dev, test), "two numbers, `return skill, luck`")
        expect_close(
            np.array([expect_number(part, what="each of both") for part in parts]),
            np.array(solutions.reveal(right, dev, test)),
            what="what is returned",
            names=("the skill", "the luck"),
            given=f"{len(right)} networks, {len(dev)} dev and {len(test)} test images",
            rtol=1e-9,
            atol=1e-12,
            example_of=right.tobytes(),
        )


REVEAL = Exercise(
    name="tuning/reveal",
    title="What was skill, and what luck",
    check=check_reveal,
    solution=solutions.reveal,
    mistakes=MISTAKES,
    hints=(
        "First two accuracies for each network, on the dev and on the test images.",
        "`right[:, dev].mean(axis=1)` has an accuracy for each; the winner is the `argmax` of it.",
        "The lead of the winner on test, over the mean on test, is skill; what its lead on dev has "
        "beyond that is luck.",
    ),
    takeaway="A lead on the set that has chosen is skill and luck in one. Another set parts them.",
)
