"""The check of the exercise "backpropagation/logistic"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import make
from minidl.checking.comparing_ops import expect_op
from minidl.checking.exercise import Exercise
from minidl.lessons.backpropagation import solutions as solutions
from minidl.lessons.backpropagation.mistakes.logistic import MISTAKES
from minidl.lessons.backpropagation.shared import expect_like


def check_logistic(MyLogistic: Any) -> None:
    """Check the logistic function's backward, which has only its output to go by."""
    op, reference = make(MyLogistic), solutions.MyLogistic()
    x, grad = np.array([[0.0, 2.0], [-1.0, 0.5]]), np.array([[1.0, -2.0], [3.0, 0.1]])
    expect_op(op, reference, x, grad)
    expect_op(op, reference, np.array([[-30.0, -6.0], [6.0, 40.0]]), 1e6 * grad)
    for M in (1, 5, 7):
        expect_like(MyLogistic, solutions.MyLogistic, shape=(M, M))


LOGISTIC = Exercise(
    name="backpropagation/logistic",
    title="Back through the logistic function",
    check=check_logistic,
    solution=solutions.MyLogistic,
    mistakes=MISTAKES,
    hints=(
        "Each number passes through the curve alone, so no sum and no matrix product.",
        "The chain rule: what comes in, times the local slope.",
        "The slope at x is a·(1 − a), and a is what forward has saved.",
    ),
    takeaway="One multiplication, since forward had saved the hard part.",
)
