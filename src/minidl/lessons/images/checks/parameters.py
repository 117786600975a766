"""The check of the exercise "images/parameters"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array, expect_number
from minidl.checking.verdicts import expect
from minidl.lessons.images import solutions
from minidl.lessons.images.mistakes.parameters import MISTAKES

FIRST = ((3, 32, 32, 2), (1, 32, 32, 10), (3, 17, 24, 5), (2, 41, 30, 7), (4, 16, 19, 3))
"""Channels, height, width, classes."""
LAYERS = ("conv1", "conv2", "fc1", "fc2", "fc3")


def check_lenet_parameters(lenet_parameters: Any) -> None:
    """Check the five counts for images of many sizes, also odd and not square."""
    for sizes in (*FIRST, *_drawn()):
        expect_close(
            _listed(ask(lenet_parameters, *sizes)),
            solutions.lenet_parameters(*sizes),
            what="the list",
            given="channels = {}, height = {}, width = {}, classes = {}".format(*sizes),
            names=LAYERS,
        )


def _listed(answer: Any) -> Any:
    expect(not isinstance(answer, int | np.integer), MISTAKES["sum"])
    if not isinstance(answer, list | tuple):
        return expect_array(answer, what="the list")
    return np.array([expect_number(count, what="each number in the list") for count in answer])


def _drawn() -> list[tuple[int, ...]]:
    rng = np.random.default_rng(13)
    lows, highs = (1, 16, 16, 2), (9, 97, 97, 40)
    return [tuple(map(int, rng.integers(lows, highs))) for _ in range(8)]


PARAMETERS = Exercise(
    name="images/parameters",
    title="Where LeNet's numbers are",
    check=check_lenet_parameters,
    solution=solutions.lenet_parameters,
    mistakes=MISTAKES,
    hints=(
        "A kernel of 5 × 5 reaches over all channels of its input and has one bias: for 3 "
        "channels, 3 · 25 + 1 numbers. How many kernels are there?",
        "`fc1` has 16 · h · w inputs, h and w being what is left of height and width. A window of "
        "5 takes off 4; a pooling of 2 halves, and drops what is left over.",
        "`(16 * h * w + 1) * 120` for `fc1`, with `h = (height - 4) // 2`, twice.",
    ),
    takeaway="The convolutions that do the seeing have a twentieth of the numbers; fc1 has most.",
)
