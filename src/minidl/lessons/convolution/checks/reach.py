"""The check of the exercise "convolution/reach"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.convolution import solutions
from minidl.lessons.convolution.mistakes.reach import MISTAKES

STACKS: tuple[list[tuple[int, int]], ...] = (
    [(3, 1)], [(3, 2)], [(3, 1), (3, 1)], [(3, 2), (3, 1)], [(5, 3), (2, 1)],
    [(3, 2), (5, 2), (4, 1)], [(7, 1), (1, 4), (6, 2)], [(5, 2), (3, 2), (3, 2)],
    [(2, 2)] * 5, [(4, 3), (7, 1), (2, 5), (3, 2)], [(1, 1)], [],
)  # fmt: skip


def check_reach(reach: Any) -> None:
    """Check how far stacks of layers see."""
    expect_same(reach, solutions.reach, *((stack,) for stack in (*STACKS, *_more())), what="reach")


def _more() -> list[list[tuple[int, int]]]:
    """Return stacks that are drawn, of up to seven layers."""
    rng = np.random.default_rng(3)
    return [
        [(int(rng.integers(1, 12)), int(rng.integers(1, 5))) for _ in range(depth)]
        for depth in (2, 3, 5, 4, 7, 6)
    ]


REACH = Exercise(
    name="convolution/reach",
    title="How far does it see?",
    check=check_reach,
    solution=solutions.reach,
    mistakes=MISTAKES,
    hints=(
        "Two neighbours in the first layer's output see windows that lie `stride` apart. And two "
        "neighbours after the second layer?",
        "Keep two numbers: how many inputs are seen, 1 at first, and how far apart neighbours' "
        "windows are, also 1.",
        "A layer adds `(kernel - 1) * apart` to what is seen; then `apart` is multiplied by its "
        "stride.",
    ),
    takeaway="Depth adds, stride multiplies: that is how small windows see whole images.",
)
