"""The check of the exercise "regularization/paired"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number, expect_two
from minidl.checking.showing import show
from minidl.lessons.regularization import solutions as solutions
from minidl.lessons.regularization.mistakes.paired import MISTAKES
from minidl.lessons.regularization.shared import EXACT

RNG = np.random.default_rng(4)
SEEDS = (  # plain and other: four seeds with a mean above 0, five with one below, and others
    (np.array([0.30, 0.10, 0.22, 0.15]), np.array([0.25, 0.12, 0.16, 0.14])),
    (np.array([0.20, 0.10, 0.30, 0.12, 0.25]), np.array([0.25, 0.30, 0.28, 0.22, 0.35])),
    *((RNG.normal(size=size), RNG.normal(size=size)) for size in (4, 5, 5)),
    *((scale * RNG.normal(size=7), scale * RNG.normal(size=7)) for scale in (1e3, 1e-3)),
    *((RNG.normal(size=size), RNG.normal(size=size)) for size in (2, 6, 10, 40)),
)


def check_paired_difference(paired_difference: Any) -> None:
    """Check the mean of paired differences and its standard error."""
    for plain, other in SEEDS:
        answer = expect_two(
            ask(paired_difference, plain, other), "a mean and its error, `return mean, error`"
        )
        mean, error = (
            expect_number(part, what=what)
            for part, what in zip(answer, ("the mean", "the error"), strict=True)
        )
        given = f"plain = {show(plain)} and other = {show(other)}"
        expect_close(mean, (plain - other).mean(), what="the mean difference", given=given, **EXACT)
        expect_close(
            error, solutions.paired_difference(plain, other)[1], what="the standard error",
            given=given, **EXACT,
        )  # fmt: skip


PAIRED = Exercise(
    name="regularization/paired",
    title="Does it help, or was it luck?",
    check=check_paired_difference,
    solution=solutions.paired_difference,
    mistakes=MISTAKES,
    hints=(
        "A seed is one experiment: what did the method change in it?",
        "Take the differences, one a seed. Their mean is wanted, and how well it is known.",
        "The error is `difference.std(ddof=1) / np.sqrt(len(difference))`.",
    ),
    takeaway="Where both share their luck, the luck cancels in the difference.",
)
