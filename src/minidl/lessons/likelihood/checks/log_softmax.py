"""The check of the exercise "likelihood/log-softmax"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.lessons.likelihood import solutions as solutions
from minidl.lessons.likelihood.mistakes.log_softmax import MISTAKES
from minidl.lessons.likelihood.shared import FAR, LOUD, SCORES, WIDE, scores_of_all_shapes


def check_log_softmax(my_log_softmax: Any) -> None:
    """Check logarithms of probabilities, then of those that overflow or round to 0."""
    right = solutions.my_log_softmax
    expect_array(ask(my_log_softmax, SCORES), shape=SCORES.shape, what="the logarithms")
    several = [(scores,) for scores in scores_of_all_shapes()]
    expect_same(my_log_softmax, right, (SCORES,), *several, what="the log-softmax")
    expect_same(
        my_log_softmax, right, (LOUD[:1],), (LOUD[1:],), (LOUD[:1] - 5000,),
        what="the log-softmax of large scores", diagnosis=MISTAKES["overflow"],
    )  # fmt: skip
    expect_same(
        my_log_softmax, right, (np.array([[0.0, 1000.0]]),), (WIDE,), (np.array([[-5e6, -3e6]]),),
        what="the log-softmax of scores far apart", diagnosis=MISTAKES["log-of-softmax"],
    )  # fmt: skip
    expect_same(
        my_log_softmax, right, (LOUD,), (FAR,), (1e6 * SCORES - 7e6,),
        what="the log-softmax of rows far apart", diagnosis=MISTAKES["one-maximum"],
    )  # fmt: skip
    expect_own(my_log_softmax, SCORES)


LOG_SOFTMAX = Exercise(
    name="likelihood/log-softmax",
    title="Its logarithm",
    check=check_log_softmax,
    solution=solutions.my_log_softmax,
    mistakes=MISTAKES,
    hints=(
        "The logarithm of a quotient is a difference, and log exp(s) is s: take it on paper, "
        "before the computer does.",
        "With d = scores − the row's largest: log softmax = d − log Σ exp(d).",
        "`below - np.log(np.exp(below).sum(axis=1, keepdims=True))`",
    ),
    takeaway="A sum of exponentials whose largest is 1 is at least 1: its logarithm is harmless.",
)
