"""The check of the exercise "images/statistics"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_two
from minidl.lessons.images import solutions
from minidl.lessons.images.mistakes.statistics import MISTAKES

Array = npt.NDArray[Any]

SMALLEST = (
    np.array([[[[0, 51, 255]], [[102, 51, 0]]], [[[204, 0, 51]], [[0, 153, 102]]]], dtype=np.uint8),
    np.array([1]),
)
SIZES = ((5, 4, 6), (7, 3, 5), (6, 5, 4), (9, 2, 7), (4, 6, 3), (12, 7, 2), (5, 4, 6), (2, 2, 1))
"""Number, height and width of the images."""


def check_channel_statistics(channel_statistics: Any) -> None:
    """Check mean and deviation of each channel over some images of many sizes."""
    for images, train in (SMALLEST, *_drawn()):
        given = f"images of shape {images.shape} and train = {train.tolist()}"
        found = expect_two(
            ask(channel_statistics, images, train), "two results, `return mean, std`"
        )
        right = solutions.channel_statistics(images, train)
        for name, received, expected in zip(("the mean", "the std"), found, right, strict=True):
            expect_close(received, expected, what=name, given=given)


def _drawn() -> Iterator[tuple[Array, Array]]:
    """Yield images whose channels and whose later ones differ in brightness."""
    rng = np.random.default_rng(11)
    for N, height, width in SIZES:
        brightest = rng.integers(60, 256, (N, 1, 1, 3))
        images = rng.integers(0, brightest, (N, height, width, 3)).astype(np.uint8)
        yield images, rng.permutation(N)[: int(rng.integers(1, N))]


STATISTICS = Exercise(
    name="images/statistics",
    title="Mean and deviation of the training pictures",
    check=check_channel_statistics,
    solution=solutions.channel_statistics,
    mistakes=MISTAKES,
    hints=(
        "`images[train]` are the pictures that train. The others must not have a say.",
        "Bytes run from 0 to 255, fractions from 0 to 1.",
        "One number a channel: `mean(axis=(0, 1, 2))` takes it over pictures, rows and columns.",
    ),
    takeaway="Whatever is computed from data is learned, even a mean: from the training set alone.",
)
