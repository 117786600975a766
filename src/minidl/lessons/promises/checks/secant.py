"""The check of the exercise "promises/secant"."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.showing import describe_kind
from minidl.checking.verdicts import WrongAnswer, wrong
from minidl.lessons.promises import solutions
from minidl.lessons.promises.mistakes.secant import MISTAKES

Slope = Callable[[float], float]


def parabola(x: float) -> float:
    """Return the slope of 4·(x − 1)²."""
    return 8 * (x - 1)


def quartic(x: float) -> float:
    """Return the slope of x⁴/4 − 1.5·x², which has a top at 0."""
    return x**3 - 3 * x


def bent(x: float) -> float:
    """Return the slope of eˣ − 3x."""
    return math.exp(x) - 3


NAMES: dict[Slope, str] = {parabola: "8·(x − 1)", quartic: "x³ − 3x", bent: "eˣ − 3"}
CASES: tuple[tuple[Slope, float, float, int], ...] = (
    (parabola, 3.0, 2.0, 1),
    (quartic, 3.0, 2.5, 3),
    (bent, 0.0, 0.5, 4),
    (quartic, -0.3, -2.0, 5),
    (quartic, -0.3, 0.2, 2),
    (quartic, 0.4, -0.1, 3),
    (bent, 2.0, -1.0, 2),
    (quartic, 40.0, 39.0, 7),
    (bent, 1.0, 1.5, 0),
    (parabola, -7.0, 5.0, 6),
    (parabola, 4.0, 1.0, 3),
)
"""Two positions, and a number of steps; the last ones are at the bottom before they are done."""


def check_secant(secant: Any) -> None:
    """Check the positions of Newton's steps with the curvature of the last two slopes."""
    for slope, before, x, num_steps in CASES:
        given = f"slope {NAMES[slope]}, {num_steps} steps from {before:g} and {x:g}"
        received = _positions(secant, slope, before, x, num_steps)
        expected = solutions.secant(slope, before, x, num_steps)
        _check_number(len(received), expected, num_steps)
        expect_close(
            _as_numbers(received), np.array(expected), what="the list of positions", given=given,
            rtol=1e-8, atol=1e-9,
        )  # fmt: skip


def _positions(secant: Any, *arguments: Any) -> Any:
    """Return what an answer returns, if it is a list."""
    try:
        received = ask(secant, *arguments)
    except WrongAnswer as fault:
        if "ZeroDivisionError" not in fault.sentence:
            raise
        wrong(MISTAKES["divides-by-zero"])
    row = isinstance(received, np.ndarray) and received.ndim > 0
    if not row and not isinstance(received, (list, tuple)):
        wrong(MISTAKES["only-the-last"], what=describe_kind(received))
    return received


def _check_number(number: int, expected: list[float], steps: int) -> None:
    """Check how many positions there are; too few may be all up to the bottom."""
    if 0 < number < len(expected) and expected[number - 1] == expected[-1]:
        wrong(MISTAKES["stops-early"], number=number, expected=len(expected))
    if number != len(expected):
        wrong(MISTAKES["number"], number=number, expected=len(expected), steps=steps)


def _as_numbers(positions: Any) -> Any:
    """Return positions as one array, if they are numbers."""
    try:
        return np.asarray(positions, dtype=np.float64)
    except (TypeError, ValueError):
        return positions


SECANT = Exercise(
    name="promises/secant",
    title="Curvature from two slopes",
    check=check_secant,
    solution=solutions.secant,
    mistakes=MISTAKES,
    hints=(
        "Begin with the list `[before, x]` and the slopes at both.",
        "The curvature is `(g - g_before) / (x - before)`; the step is `g / curvature`.",
        "Move on by a pair: `before, x = x, x - g / curvature`, which changes both at once.",
    ),
    takeaway="On a parabola one step is enough: its curvature is everywhere the same.",
)
