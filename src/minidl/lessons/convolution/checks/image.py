"""The check of the exercise "convolution/image"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.convolution import solutions
from minidl.lessons.convolution.mistakes.image import MISTAKES
from minidl.lessons.convolution.shared import SCALES

FIRST = (
    (np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 6.0]]), np.array([[10.0, 1.0]]), 1, 0),
    (np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 6.0]]), np.array([[10.0], [1.0]]), 1, 1),
)
SIZES = (
    ((5, 7), (2, 3), 1, 0), ((6, 5), (3, 2), 1, 1), ((7, 9), (2, 3), 2, 0), ((8, 6), (3, 1), 2, 1),
    ((4, 11), (4, 2), 3, 2), ((9, 4), (1, 4), 3, 3), ((6, 6), (3, 3), 4, 1), ((5, 8), (5, 2), 1, 2),
    ((13, 7), (3, 4), 5, 0), ((5, 7), (2, 3), 1, 0),
    ((2, 3), (1, 2), 1, 0),
)  # fmt: skip
"""Of image and kernel; stride; padding."""


def check_slide_image(slide_image: Any) -> None:
    """Check the sums of windows over images of many sizes."""
    expect_same(slide_image, solutions.slide_image, *FIRST, *_drawn(), what="the result")


def _drawn() -> Iterator[tuple[Any, ...]]:
    rng = np.random.default_rng(2)
    for case, (size, window, stride, padding) in enumerate(SIZES):
        scale = SCALES[case % len(SCALES)]
        yield scale * rng.normal(size=size), rng.normal(size=window), stride, padding


IMAGE = Exercise(
    name="convolution/image",
    title="A window over an image",
    check=check_slide_image,
    solution=solutions.slide_image,
    mistakes=MISTAKES,
    hints=(
        "First the zeros: `np.pad(image, padding)` puts them on all four sides.",
        "The window starts in row 0 and moves on by `stride`, as long as it fits; columns "
        "likewise.",
        "`(padded[i : i + height, j : j + width] * kernel).sum()` for each start `(i, j)`, in a "
        "list of lists.",
    ),
    takeaway="Two loops in place of one. Channels and samples only add more.",
)
