"""The check of the exercise "images/occlusion"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.lessons.images import solutions
from minidl.lessons.images.mistakes.occlusion import MISTAKES

Array = npt.NDArray[Any]

SIZES = (
    ((1, 2, 3), 1, 1, 0.0), ((1, 4, 5), 2, 1, 0.0), ((3, 5, 7), 2, 1, 0.5),
    ((3, 6, 8), 2, 2, -1.0), ((2, 7, 5), 3, 2, 0.25), ((3, 9, 6), 3, 3, 0.0),
    ((4, 7, 10), 4, 3, 2.0), ((1, 5, 5), 5, 1, 0.0),
    ((3, 8, 11), 1, 4, -0.5), ((2, 6, 6), 3, 1, 0.5),
)  # fmt: skip
"""Of the image; of the patch; stride; fill."""


def check_occlusion(occlusion: Any) -> None:
    """Check how far scores of several kinds fall, for images and patches of many sizes."""
    for score, image, size, stride, fill in _drawn():
        given = (
            f"an image of shape {image.shape}, size = {size}, stride = {stride} and fill = {fill:g}"
        )
        received = ask(occlusion, score, image, size, stride, fill)
        expected = solutions.occlusion(score, image, size, stride, fill)
        expect_close(received, expected, what="the map", given=given)


def _drawn() -> Iterator[tuple[Any, Array, int, int, float]]:
    rng = np.random.default_rng(15)
    for case, (shape, size, stride, fill) in enumerate(SIZES * 2):
        weights = 10.0 ** (case % 4 - 1) * rng.normal(size=shape)
        yield _score(weights, case), rng.normal(size=shape), size, stride, fill


def _score(weights: Array, case: int) -> Any:
    """Return a score that is a sum, or one to which two patches do more than each alone."""

    def score(image: Array) -> float:
        total = float((weights * image).sum())
        return total + 3 if case % 2 else float(np.hypot(total, 1) - 2)

    return score


OCCLUSION = Exercise(
    name="images/occlusion",
    title="Cover a part, and see what happens",
    check=check_occlusion,
    solution=solutions.occlusion,
    mistakes=MISTAKES,
    hints=(
        "Take a copy of the image, cover a part of it in all channels, and ask for its score.",
        "The patch begins in rows 0, stride, 2 · stride … as long as it fits; columns likewise.",
        "`covered = image.copy()`, then `covered[:, top : top + size, left : left + size] = fill`; "
        "the map holds `score(image) - score(covered)`.",
    ),
    takeaway="A question that can be put to any classifier, whatever is in it: what if not this?",
)
