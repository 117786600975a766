"""The check of the exercise "neurons/linearity-gap"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.lessons.neurons import solutions as solutions
from minidl.lessons.neurons.mistakes.linearity_gap import MISTAKES
from minidl.lessons.neurons.shared import EXACT, numbers


def check_linearity_gap(linearity_gap: Any) -> None:
    """Check the gap of linear, affine and bent maps."""
    u, v = np.array([[1.0, 2.0]]), np.array([[3.0, -1.0]])
    maps = {
        "T(x) = x²": lambda x: x**2,
        "T(x) = x + 1": lambda x: x + 1,
        "T(x) = x − 1": lambda x: x - 1,
        "T(x) = 3x": lambda x: 3 * x,
    }
    for text, T in maps.items():
        given = f"{text}, u = (1, 2), v = (3, −1), a = 2, b = −3"
        _expect_gap(linearity_gap, (T, u, v, 2.0, -3.0), given)
    for seed, (rows, columns) in enumerate(((1, 2), (5, 4), (4, 7), (6, 6), (12, 9))):
        u, v = (numbers(rows, columns, seed=seed + extra) for extra in (10, 20))
        args = (lambda x: x**2 - 0.3 * x, u, v, 0.7 + seed, 1.3 - seed)
        given = f"T(x) = x² − 0.3x, a = {args[3]:g}, b = {args[4]:g}, u and v of shape {u.shape}"
        _expect_gap(linearity_gap, args, given, **EXACT)


def _expect_gap(linearity_gap: Any, args: tuple[Any, ...], given: str, **exactness: Any) -> None:
    right = solutions.linearity_gap(*args)
    expect_close(ask(linearity_gap, *args), right, given=given, what="the gap", **exactness)


LINEARITY_GAP = Exercise(
    name="neurons/linearity-gap",
    title="How far from linear?",
    check=check_linearity_gap,
    solution=solutions.linearity_gap,
    mistakes=MISTAKES,
    hints=(
        "T is a function: call it on a u + b v, on u, and on v.",
        "It is `T(a * u + b * v)` minus the whole of `a * T(u) + b * T(v)`.",
    ),
    takeaway="A gap of zero for all u, v, a and b is what linear means.",
)
