"""The check of the exercise "neurons/separate"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.verdicts import wrong
from minidl.lessons.neurons import solutions as solutions
from minidl.lessons.neurons.mistakes.separate import MISTAKES

ORANGE = np.array([[-3.0, 1.0], [-2.0, 2.5], [0.0, 2.0], [1.0, 3.5], [3.0, 3.0]])
BLUE = np.array([[-2.5, -1.5], [-1.0, -0.5], [1.0, 0.5], [2.0, -2.0], [3.5, 1.5]])

FLIPS = {"w1": (-1, 1, 1), "b": (1, 1, -1), "w1 and b": (-1, 1, -1)}
"""Signs that are lost when a line x₂ = m·x₁ + c is read off a picture."""


def check_separate(my_neuron: Any) -> None:
    """Check that a neuron's line has all orange points on one side, all blue ones on the other."""
    if not isinstance(my_neuron, (tuple, list, np.ndarray)) or np.shape(my_neuron) != (3,):
        wrong(MISTAKES["not-three-numbers"])
    w1, w2, b = (expect_number(number, what="each of the three") for number in my_neuron)
    z_orange, z_blue = _at_the_points(w1, w2, b)
    if not np.isfinite([*z_orange, *z_blue]).all():
        wrong(MISTAKES["not-finite"])
    if np.all(z_orange < 0) and np.all(z_blue > 0):
        wrong(MISTAKES["sides-swapped"])
    if _is_right(w1, w2, b):
        return
    where = _first_wrong(z_orange, z_blue)
    if w1 == w2 == 0:
        wrong(MISTAKES["no-weights"], b=b, where=where)
    if b == 0:
        wrong(MISTAKES["no-bias"], where=where)
    for which, signs in FLIPS.items():
        if _is_right(*np.multiply(signs, (w1, w2, b))):
            wrong(MISTAKES["sign"], which=which, where=where)
    wrong(MISTAKES["wrong-side"], where=where)


def _at_the_points(w1: float, w2: float, b: float) -> tuple[Any, Any]:
    return ORANGE @ [w1, w2] + b, BLUE @ [w1, w2] + b


def _is_right(w1: float, w2: float, b: float) -> bool:
    z_orange, z_blue = _at_the_points(w1, w2, b)
    return bool(np.all(z_orange > 0) and np.all(z_blue < 0))


def _first_wrong(z_orange: Any, z_blue: Any) -> str:
    """Return a sentence about the first point on the wrong side."""
    for name, points, z, sign in (("orange", ORANGE, z_orange, 1), ("blue", BLUE, z_blue, -1)):
        for (x1, x2), value in zip(points, z, strict=True):
            if value * sign <= 0:
                side = "above" if sign > 0 else "below"
                return f"At the {name} point ({x1:g}, {x2:g}) z is {value:.3g}, not {side} 0."
    return ""


SEPARATE = Exercise(
    name="neurons/separate",
    title="Draw the line",
    check=check_separate,
    solution="my_neuron = (-0.5, 1.0, -1.0)",
    mistakes=MISTAKES,
    answer="my_neuron",
    hints=(
        "The line should rise gently to the right and cross the vertical axis near 1.",
        "Read the slope m and the height c off a ruler laid between the points; then "
        "(w1, w2, b) = (−m, 1, −c).",
    ),
    takeaway="Any multiple of your three numbers draws the same line: only their ratio counts.",
)
