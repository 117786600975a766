"""The check of the exercise "training/gap"."""

from __future__ import annotations

from typing import Any

from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.training import solutions as solutions
from minidl.lessons.training.mistakes.gap import MISTAKES
from minidl.lessons.training.shared import EXACT


def check_gap_in_errors(gap_in_errors: Any) -> None:
    """Check the distance of two accuracies in standard errors."""
    expect_same(
        gap_in_errors,
        solutions.gap_in_errors,
        (0.5, 100, 0.4, 100),
        (0.86, 160, 0.78, 200),
        (0.75, 160, 0.85, 200),
        (0.7, 50, 0.9, 40),
        (0.99, 1_000_000, 0.01, 2_000_000),
        (0.61, 45, 0.6099, 7),
        (1.0, 6, 0.9, 5),
        what="the gap in standard errors",
        **EXACT,
    )


GAP = Exercise(
    name="training/gap",
    title="How large is the gap?",
    check=check_gap_in_errors,
    solution=solutions.gap_in_errors,
    mistakes=MISTAKES,
    hints=(
        "The variance of an accuracy p over N points is p·(1 − p)/N, for dev and for test.",
        "The variance of a difference of independent numbers is the sum of their variances.",
        "Divide `dev_score - test_score` by `np.sqrt(` the sum of both variances `)`.",
    ),
    takeaway="A score without its standard error is half a number.",
)
