"""The check of the exercise "convolution/gradients"."""

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
from minidl.lessons.convolution import solutions
from minidl.lessons.convolution.mistakes.gradients import MISTAKES
from minidl.lessons.convolution.shared import drawn

Array = npt.NDArray[Any]

SMALLEST = np.array([1.0, 2.0, 4.0]), np.array([10.0, 1.0]), np.array([1.0, 3.0])
SIZES = ((4, 3), (7, 3), (6, 2), (9, 5), (5, 5), (8, 1), (13, 4), (7, 3), (1, 1), (3, 2))


def check_slide_gradients(slide_gradients: Any) -> None:
    """Check both gradients, for rows and windows of many lengths."""
    for x, w, g in (SMALLEST, *_drawn()):
        given = show_arguments(["x", "w", "g"], (x, w, g))
        found = expect_two(ask(slide_gradients, x, w, g), "two results, `return dx, dw`")
        right = solutions.slide_gradients(x, w, g)
        sizes = [np.shape(each) for each in found]
        swapped = sizes == [w.shape, x.shape] and w.shape != x.shape
        expect(not swapped, MISTAKES["swapped"])
        for name, received, expected in zip(("dx", "dw"), found, right, strict=True):
            expect_close(received, expected, what=name, given=given)


def _drawn() -> Iterator[tuple[Array, Array, Array]]:
    rng = np.random.default_rng(4)
    for x, w in drawn(5, *SIZES):
        yield x, w, rng.normal(size=len(x) - len(w) + 1)


GRADIENTS = Exercise(
    name="convolution/gradients",
    title="The way back",
    check=check_slide_gradients,
    solution=solutions.slide_gradients,
    mistakes=MISTAKES,
    hints=(
        "Take one window: z[i] is the dot product of `x[i : i + k]` and `w`. What are its slopes "
        "for the numbers and for the weights?",
        "Each weight takes part at every place, each number in up to k windows: add up.",
        "Begin with zeros; for each i, `dx[i : i + k] += g[i] * w` and "
        "`dw += g[i] * x[i : i + k]`.",
    ),
    takeaway="On the way back, the same window slides again: once over x, once over g.",
)
