"""The check of the exercise "optimizers/average"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.optimizers import solutions as solutions
from minidl.lessons.optimizers.mistakes.average import MISTAKES
from minidl.lessons.optimizers.shared import EXACT, gradients


def check_averages(averages: Any) -> None:
    """Check the corrected averages of series of several lengths."""
    expect_same(
        averages,
        solutions.averages,
        (np.array([10.0, 20.0]), 0.5),
        (np.array([-3.0, 8.0]), 0.5),
        (np.array([3, -1, 4]), 0.9),
        (np.concatenate(gradients(1, 7, seed=3, scale=1e3)), 0.63),
        (np.concatenate(gradients(1, 30, seed=4)), 0.98),
        (np.concatenate(gradients(1, 5, seed=5, scale=1e-3)), 0.999),
        (np.array([2.0, -5.0, 7.0, 1.0]), 0.0),
        (np.array([42.0]), 0.8),
        what="the array of averages",
        **EXACT,
    )


AVERAGE = Exercise(
    name="optimizers/average",
    title="An average that fades",
    check=check_averages,
    solution=solutions.averages,
    mistakes=MISTAKES,
    hints=(
        "One number, v, goes through the loop; the list of results is another matter.",
        "`enumerate(values, start=1)` counts t from 1.",
        "In each turn `v = beta * v + (1 - beta) * value`, then append `v / (1 - beta**t)`.",
    ),
    takeaway="The first result is the first value itself, whatever β is.",
)
