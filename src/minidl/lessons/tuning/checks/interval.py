"""The check of the exercise "tuning/interval"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number, expect_two
from minidl.lessons.tuning import solutions
from minidl.lessons.tuning.mistakes.interval import MISTAKES

FIRST = (
    (8, 10, 2.0), (138, 150, 1.96), (150, 150, 1.96), (0, 7, 1.0), (3, 6, 2.58),
    (1, 1, 0.5), (4_999, 100_000, 3.0), (5, 4_000, 1.645), (40, 77, 0.1),
)  # fmt: skip
"""How many are right, of how many, and z."""


def check_interval(interval: Any) -> None:
    """Check both ends for many counts, those without a fault and with nothing but faults too."""
    for right, n, z in (*FIRST, *_drawn()):
        ends = expect_two(ask(interval, right, n, z), "two ends, `return low, high`")
        expect_close(
            np.array([expect_number(end, what="each end") for end in ends]),
            np.array(solutions.interval(right, n, z)),
            what="the interval",
            names=("the lower end", "the upper end"),
            given=f"right = {right}, n = {n}, z = {z:.3g}",
            rtol=1e-9,
            atol=1e-12,
            example_of=f"{right} {n} {z}".encode(),
        )


def _drawn() -> Any:
    rng = np.random.default_rng(12)
    for n in (4, 5, 6, 7, 31, 640):
        yield int(rng.integers(0, n + 1)), n, float(rng.uniform(0.3, 3))


INTERVAL = Exercise(
    name="tuning/interval",
    title="The accuracies that fit what was seen",
    check=check_interval,
    solution=solutions.interval,
    mistakes=MISTAKES,
    hints=(
        "At both ends the square of the distance is exactly z²·q·(1 − q)/n: multiply out, and "
        "sort by powers of q.",
        "With s = z²/n it is (1 + s)·q² − (2p + s)·q + p² = 0, an equation of second degree in q.",
        "Its solutions are (p + s/2 ± √(s·p·(1 − p) + s²/4)) / (1 + s).",
    ),
    takeaway="It has a width also where nothing was wrong: a test without a fault proves little.",
)
