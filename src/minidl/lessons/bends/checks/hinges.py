"""The check of the exercise "bends/hinges"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_two
from minidl.checking.showing import show_arguments
from minidl.checking.verdicts import expect
from minidl.lessons.bends import solutions
from minidl.lessons.bends.mistakes.hinges import MISTAKES

Array = npt.NDArray[Any]

FIRST = (
    (np.array([0.0, 2.0, 3.0]), np.array([1.0, 5.0, 4.0])),
    (np.array([-1.0, 1.0, 5.0, 7.0]), np.array([3.0, -1.0, 1.0, 8.0])),
)
SIZES = (5, 2, 7, 4, 6, 9, 3, 13)
"""How many points there are: two are a straight line."""


def check_hinge_weights(hinge_weights: Any) -> None:
    """Check c and v for zigzags through few points and many, at uneven distances."""
    for x, y in (*FIRST, *_drawn()):
        given = show_arguments(["x", "y"], (x, y))
        c, v = expect_two(ask(hinge_weights, x, y), "two results, `return c, v`")
        expect(np.ndim(c) == 0 or np.ndim(v) > 0, MISTAKES["swapped"])
        right_c, right_v = solutions.hinge_weights(x, y)
        expect_close(v, right_v, what="v", given=given)
        expect_close(c, right_c, what="c", given=given)


def _drawn() -> Iterator[tuple[Array, Array]]:
    rng = np.random.default_rng(5)
    for case, n in enumerate(SIZES):
        steps = rng.uniform(0.2, 3.0, n)
        yield np.cumsum(steps) - 4, 10.0 ** (case % 6 - 1) * rng.normal(size=n)


HINGES = Exercise(
    name="bends/hinges",
    title="A zigzag of hinges",
    check=check_hinge_weights,
    solution=solutions.hinge_weights,
    mistakes=MISTAKES,
    hints=(
        "Left of all joints every hinge is 0. What does that leave for c?",
        "Right of a joint its hinge adds v to the slope. So v is what the slope changes by there; "
        "before the first joint it is 0.",
        "`np.diff(y) / np.diff(x)` are the slopes; `np.diff(slopes, prepend=0)` their changes.",
    ),
    takeaway="A weight is a change of slope, so any zigzag is a sum of hinges.",
)
