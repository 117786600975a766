"""The check of the exercise "example_lesson/cube"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.lessons.example_lesson import solutions
from minidl.lessons.example_lesson.mistakes.cube import MISTAKES

ROW = np.array([3.0, -2.0, 0.5, 0.0])
SHAPES = ((4,), (5, 7), (6, 6), (7, 1), (1, 6), (2, 3, 4))


def check_cube(cube: Any) -> None:
    """Check cubes of numbers of both signs and all sizes, in arrays of any shape, and the dtype."""
    rng = np.random.default_rng(0)
    drawn = [rng.standard_normal(shape) * 10.0 ** rng.integers(-3, 4, shape) for shape in SHAPES]
    options: dict[str, Any] = {"elementwise": True, "what": "the cube"}
    expect_same(cube, solutions.cube, (ROW,), *((x,) for x in drawn), **options)
    for dtype in (np.float64, np.float32):
        given = f"{dtype.__name__} inputs"
        expect_array(ask(cube, ROW.astype(dtype)), what="the cube", dtype=dtype, given=given)


CUBE = Exercise(
    name="example_lesson/cube",
    title="The cube",
    check=check_cube,
    solution=solutions.cube,
    mistakes=MISTAKES,
    hints=(
        "What is a number times itself, and times itself again?",
        "NumPy multiplies arrays number by number with `*`.",
    ),
    takeaway="What works for one number works for an array of any shape.",
)
