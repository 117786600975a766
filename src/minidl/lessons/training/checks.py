"""Exercises of the lesson "Training"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from minidl.checking.comparing import Suspect
from minidl.checking.comparing_functions import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.training import solutions as solutions
from minidl.lessons.training.listener import STOP_WHEN_FLAT
from minidl.lessons.training.loop import TRAIN, TRAIN_BEST
from minidl.lessons.training.runner import MINI_RUNNER


def check_gap_in_errors(gap_in_errors: Any) -> None:
    """Check the distance of two accuracies in standard errors."""
    expect_same(
        gap_in_errors,
        solutions.gap_in_errors,
        (0.5, 100, 0.4, 100),
        (0.86, 160, 0.78, 200),
        (0.75, 160, 0.85, 200),
        what="the gap in standard errors",
        suspects=GAP_SUSPECTS,
    )


def _gap_over(error: Callable[[float, float], float]) -> Callable[..., float]:
    """Return the gap divided by some function of the two variances."""
    return lambda p, n, q, m: (p - q) / error(p * (1 - p) / n, q * (1 - q) / m)


def _pooled_gap(p: float, n: int, q: float, m: int) -> float:
    both = (p * n + q * m) / (n + m)
    return (p - q) / float(np.sqrt(both * (1 - both) * (1 / n + 1 / m)))


GAP_SUSPECTS = (
    Suspect(
        "missing-root",
        _gap_over(lambda a, b: a + b),
        "This divides by the variance; the standard error is its square root.",
    ),
    Suspect(
        "errors-added",
        _gap_over(lambda a, b: np.sqrt(a) + np.sqrt(b)),
        "This adds the two standard errors. Independent errors add as squares: both at their "
        "worst at once is rarer than that.",
    ),
    Suspect(
        "only-dev",
        _gap_over(lambda a, b: np.sqrt(a)),
        "This takes the dev score's error only; the test score wobbles, too.",
    ),
    Suspect(
        "only-test",
        _gap_over(lambda a, b: np.sqrt(b)),
        "This takes the test score's error only; the dev score wobbles, too.",
    ),
    Suspect(
        "pooled",
        _pooled_gap,
        "This takes one accuracy for both sets; here each variance has its own.",
    ),
    Suspect(
        "sign",
        _gap_over(lambda a, b: -np.sqrt(a + b)),
        "The gap is dev minus test, below 0 where test is higher.",
    ),
    Suspect(
        "error-not-gap",
        lambda p, n, q, m: np.sqrt(p * (1 - p) / n + q * (1 - q) / m),
        "This is the standard error of the gap; divide the gap by it.",
    ),
)

GAP = Exercise(
    name="training/gap",
    title="How large is the gap?",
    check=check_gap_in_errors,
    solution=solutions.gap_in_errors,
    hints=(
        "The variance of an accuracy p over N points is p·(1 − p)/N, for dev and for test.",
        "The variance of a difference of independent numbers is the sum of their variances.",
        "Divide `dev_score - test_score` by `np.sqrt(` the sum of both variances `)`.",
    ),
    takeaway="A score without its standard error is half a number.",
)

EXERCISES = (TRAIN, TRAIN_BEST, MINI_RUNNER, STOP_WHEN_FLAT, GAP)
