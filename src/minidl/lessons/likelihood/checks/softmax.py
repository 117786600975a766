"""The check of the exercise "likelihood/softmax"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_same
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.lessons.likelihood import solutions as solutions
from minidl.lessons.likelihood.mistakes.softmax import MISTAKES
from minidl.lessons.likelihood.shared import FAR, LOUD, SCORES, WIDE, scores_of_all_shapes

ALL: dict[str, Any] = {"rtol": 1e-9, "atol": 0.0}  # however small a probability is


def check_softmax(my_softmax: Any) -> None:
    """Check probabilities of scores of all shapes, then of scores that overflow."""
    right = solutions.my_softmax
    expect_array(ask(my_softmax, SCORES), shape=SCORES.shape, what="the probabilities")
    several = [(scores,) for scores in scores_of_all_shapes()]
    expect_same(my_softmax, right, (SCORES,), *several, what="the softmax")
    for (scores,) in several:
        given = f"scores of shape {scores.shape}"
        expect_exact(ask(my_softmax, scores), right(scores), given=given, rtol=1e-10, atol=0)
    expect_same(
        my_softmax, right, (LOUD[:1],), (LOUD,), (1000 * SCORES,), (1e6 * SCORES - 7e6,),
        what="the softmax of large scores", diagnosis=MISTAKES["overflow"],
    )  # fmt: skip
    expect_same(
        my_softmax, right, (FAR,), (FAR[:, ::-1] * 100,),
        what="the softmax of rows far apart", diagnosis=MISTAKES["one-maximum"],
    )  # fmt: skip
    expect_same(
        my_softmax, right, (WIDE,), (2 * WIDE[::-1] - 50,), what="the softmax of scores far apart",
        diagnosis=MISTAKES["cut-off"], **ALL,
    )  # fmt: skip
    expect_same(my_softmax, right, (np.zeros((2, 5)),), what="the softmax of equal scores")
    expect_own(my_softmax, SCORES)


SOFTMAX = Exercise(
    name="likelihood/softmax",
    title="A softmax that does not overflow",
    check=check_softmax,
    solution=solutions.my_softmax,
    mistakes=MISTAKES,
    hints=(
        "exp(1000) is too large for a float, exp(0) is not. Which number may you subtract from "
        "every score of a row?",
        "The largest score of each row: `scores.max(axis=1, keepdims=True)` is a column of shape "
        "(N, 1).",
        "`e = np.exp(scores - scores.max(axis=1, keepdims=True))`, and divide by the sum of `e` "
        "in each row.",
    ),
    takeaway="What cancels in a formula is yours to choose: choose it so that nothing overflows.",
)
