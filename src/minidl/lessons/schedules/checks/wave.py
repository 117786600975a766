"""The check of the exercise "schedules/wave"."""

from __future__ import annotations

from typing import Any

from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.schedules import solutions
from minidl.lessons.schedules.mistakes.wave import MISTAKES
from minidl.lessons.schedules.shared import EXACT, drawn

FIRST = (
    *((epoch, 1.0, 4, 0.0) for epoch in range(4)),
    *((epoch, 0.5, 6, 0.1) for epoch in range(7)),
    (50, 2e4, 70, 30.0), (3, 1e-4, 7, 1e-5), (5, 0.01, 5, 0.3), (2, 0.25, 5, 0.25),
)  # fmt: skip
# At T_max without a lowest rate, rounding may leave 1e-33 in place of 0.


def check_wave_rate(wave_rate: Any) -> None:
    """Check rates along several half waves."""
    inputs = []
    for rng, scale in drawn(6):
        T_max = int(rng.integers(8, 60))
        epoch = int(rng.integers(1, T_max))
        inputs.append((epoch, scale, T_max, float(scale * rng.uniform(0, 0.5))))
    expect_same(wave_rate, solutions.wave_rate, *FIRST, *inputs, what="the rate", **EXACT)


WAVE = Exercise(
    name="schedules/wave",
    title="Half a wave",
    check=check_wave_rate,
    solution=solutions.wave_rate,
    mistakes=MISTAKES,
    hints=(
        "The cosine goes from 1 to −1 as its angle goes from 0 to π. Which angle belongs to "
        "`epoch`?",
        "`(1 + math.cos(math.pi * epoch / T_max)) / 2` goes from 1 to 0.",
        "Multiply that by the distance from `eta_min` to `base_lr`, and add `eta_min`.",
    ),
    takeaway="Level at first, steep in the middle, level at the end, and one line of code.",
)
