"""The check of the exercise "schedules/stairs"."""

from __future__ import annotations

from typing import Any

from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.schedules import solutions
from minidl.lessons.schedules.mistakes.stairs import MISTAKES
from minidl.lessons.schedules.shared import EXACT, drawn

FIRST = (
    *((epoch, 1.0, 3, 0.5) for epoch in range(8)),
    *((epoch, 0.2, 4, 0.1) for epoch in (3, 4, 5, 7, 8, 400)),
    (0, 3.0, 1, 0.9), (7, 1e-4, 1, 0.9), (23, 2e5, 7, 0.6), (12, 0.3, 5, 1.5), (9, 0.7, 4, 0.0),
)  # fmt: skip


def check_stair_rate(stair_rate: Any) -> None:
    """Check the rates of several stairs."""
    inputs = [
        (int(rng.integers(0, 60)), scale, int(rng.integers(1, 9)), float(rng.uniform(0.3, 1)))
        for rng, scale in drawn(6)
    ]
    expect_same(stair_rate, solutions.stair_rate, *FIRST, *inputs, what="the rate", **EXACT)


STAIRS = Exercise(
    name="schedules/stairs",
    title="Stairs",
    check=check_stair_rate,
    solution=solutions.stair_rate,
    mistakes=MISTAKES,
    hints=(
        "How many times has the rate fallen when `epoch` begins?",
        "`epoch // step_size` counts the full stairs.",
        "Each fall multiplies by `gamma`: `gamma ** (epoch // step_size)` times the base rate.",
    ),
    takeaway="One line, no memory: the rate of an epoch needs none of those before it.",
)
