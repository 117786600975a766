"""The check of the exercise "optimizers/descend"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.showing import describe_kind
from minidl.checking.verdicts import wrong
from minidl.lessons.optimizers import solutions as solutions
from minidl.lessons.optimizers.mistakes.descend import MISTAKES
from minidl.lessons.optimizers.shared import EXACT

Array = npt.NDArray[Any]
Slope = Callable[[Any], Any]


def parabola(x: Any) -> Any:
    """Return the slope of 4x²."""
    return 8 * x


def bent(x: Any) -> Any:
    """Return the slope of x⁴/4 − x²."""
    return x**3 - 2 * x


NAMES: dict[Slope, str] = {parabola: "slope 8x", bent: "slope x³ − 2x"}
CASES: tuple[tuple[Slope, Any, float, int], ...] = (
    (parabola, 2.0, 0.1, 3),
    (parabola, 2.0, 0.1, 1),
    (bent, 1.3, 0.07, 6),
    (parabola, -3e4, 0.2617, 5),
    (bent, np.array([0.3, -1.7, 0.9, 2e-5]), 0.011, 7),
    (parabola, np.array([[1.0, -2.0], [4e3, 0.25], [0.0, 7.0]]), 0.25, 4),
    (bent, np.array([[0.5, -1.0, 0.2, 1.9]]), 0.04, 2),
    (parabola, np.arange(25.0).reshape(5, 5), 0.05, 6),
    (parabola, 1.5, 0.3, 0),
)


def check_descend(descend: Any) -> None:
    """Check the positions of gradient descent, from one number and from arrays."""
    for slope, x, lr, num_steps in CASES:
        received = ask(descend, slope, x, lr, num_steps)
        if not isinstance(received, (list, tuple, np.ndarray)):
            wrong(MISTAKES["only-the-last"], what=describe_kind(received))
        expected = np.array(solutions.descend(slope, x, lr, num_steps))
        if len(received) == len(expected):
            received = _as_numbers(received)
        elif len(received) and np.shape(received) == np.shape(x):
            wrong(MISTAKES["only-the-last"], what="one position")
        else:
            wrong(MISTAKES["number"], number=len(received), expected=num_steps + 1, steps=num_steps)
        expect_close(
            received, expected, what="the list of positions", **EXACT,
            given=f"{NAMES[slope]}, lr = {lr:g}, {num_steps} steps from x = {x}",
        )  # fmt: skip


def _as_numbers(positions: Any) -> Any:
    """Return positions as one array, if they are of one shape."""
    try:
        return np.asarray(positions, dtype=np.float64)
    except (TypeError, ValueError):
        return positions


DESCEND = Exercise(
    name="optimizers/descend",
    title="Down a slope",
    check=check_descend,
    solution=solutions.descend,
    mistakes=MISTAKES,
    hints=(
        "Begin with a list that holds x, and append the new x in each turn of a loop.",
        "The slope has to be asked anew at each position.",
        "`x = x - lr * slope(x)` makes a new x; `x -= …` would change an array in the list, too.",
    ),
    takeaway="The same three lines walk down from one number or from many.",
)
