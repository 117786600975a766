"""The check of the exercise "slopes/machine"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.showing import describe_kind, show_arguments
from minidl.checking.verdicts import wrong
from minidl.lessons.slopes import solutions
from minidl.lessons.slopes.mistakes.machine import MISTAKES

DIALS = ("w", "x", "b", "c", "v")
NAMES = tuple(f"the slope of {name}" for name in DIALS)


def settings() -> Iterator[tuple[float, ...]]:
    """Yield settings of the five dials: the left side is the larger one in about half of them."""
    yield 2.0, 3.0, -1.0, 0.5, -1.5
    yield 2.0, -3.0, -1.0, 0.5, -1.5
    yield -2.0, -0.5, 3.0, 1.0, 4.0
    yield -2.0, 0.25, -4.0, 1.0, -3.0
    yield 0.5, -4.0, -2.0, -3.0, 5.0
    rng = np.random.default_rng(11)
    for _ in range(12):
        yield tuple(rng.normal(0, 10.0 ** rng.integers(3), 5).tolist())


def check_machine_slopes(machine_slopes: Any) -> None:
    """Check all five slopes at settings with either side of the max the larger."""
    for dials in settings():
        slopes = _five(ask(machine_slopes, *dials))
        right = np.add(solutions.machine_slopes(*dials), 0.0)  # −0 becomes 0
        given = show_arguments(DIALS, dials)
        expect_close(slopes, right, what="one of the five slopes", given=given, names=NAMES)


def _five(answer: Any) -> np.ndarray[Any, Any]:
    slopes = list(answer) if isinstance(answer, np.ndarray) and answer.ndim else answer
    if not isinstance(slopes, (tuple, list)) or len(slopes) != 5:
        received = describe_kind(answer)
        wrong("not-five", f"Expected five slopes, those of w, x, b, c and v, received {received}.")
    return np.array([expect_number(slope, what="each slope") for slope in slopes])


MACHINE = Exercise(
    name="slopes/machine",
    title="Another machine, walked back",
    check=check_machine_slopes,
    solution=solutions.machine_slopes,
    mistakes=MISTAKES,
    hints=(
        "Name the places: left = w·x, right = b + c, a = max(left, right), y = a·v. What arrives "
        "at a?",
        "The larger side gets all of it, the other one 0. Then the product swaps, and the sum "
        "passes on.",
        "v gets what it is multiplied by, `max(left, right)`.",
    ),
    takeaway="One look forward, one walk back: every dial has its slope, however many there are.",
)
