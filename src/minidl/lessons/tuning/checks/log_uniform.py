"""The check of the exercise "tuning/log-uniform"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.tuning import solutions
from minidl.lessons.tuning.mistakes.log_uniform import MISTAKES

RANGES = (
    (1.0, 100.0), (0.001, 10.0), (1e-7, 1e-3), (2.0, 3.0), (30.0, 7e5), (1e-4, 1.0), (0.5, 0.5),
)  # fmt: skip


def check_log_uniform(log_uniform: Any) -> None:
    """Check the numbers that come of several u, in ranges of all widths and sizes."""
    rng = np.random.default_rng(4)
    shapes = ((4,), (4, 4), (2, 5), (7,), (6, 1), (2, 3, 2), (1,))
    first = [(np.array([0.0, 0.25, 0.5, 0.75]), low, high) for low, high in RANGES[:3]]
    drawn = [
        (np.round(rng.random(shape), 3), low, high)
        for shape, (low, high) in zip(shapes, RANGES, strict=True)
    ]
    expect_same(log_uniform, solutions.log_uniform, *first, *drawn, what="the draw", rtol=1e-9)


LOG_UNIFORM = Exercise(
    name="tuning/log-uniform",
    title="A draw in which each factor counts alike",
    check=check_log_uniform,
    solution=solutions.log_uniform,
    mistakes=MISTAKES,
    hints=(
        "What has to come out at u = 0 and at u = 1? And from one quarter of u to the next the "
        "result grows by the same factor.",
        "The logarithm runs from log(low) to log(high) as u runs from 0 to 1, along a line.",
        "exp(log(low) + u·(log(high) − log(low))), which is low·(high/low)^u.",
    ),
    takeaway="Draw where steps are alike: rates, penalties and widths in factors, not in sums.",
)
