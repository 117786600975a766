"""The check of the exercise "images/back"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.collecting import differs_already
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.verdicts import expect
from minidl.lessons.images import solutions
from minidl.lessons.images.mistakes.back import MISTAKES

Array = npt.NDArray[Any]

SIZES = ((1, 2), (2, 1), (4, 6), (7, 5), (5, 5), (6, 3), (3, 8), (4, 6), (1, 2))


def check_to_picture(to_picture: Any) -> None:
    """Check pictures of many sizes, also numbers that no byte has, and that x stays as it is."""
    for x, mean, std in _drawn():
        received, right = ask(to_picture, x, mean, std), solutions.to_picture(x, mean, std)
        expect_close(received, right, what="the picture", given=f"x of shape {x.shape}")
    if not differs_already():
        expect(np.asarray(received).dtype == np.uint8, MISTAKES["not-bytes"])


def _drawn() -> Iterator[tuple[Array, Array, Array]]:
    """Yield normalized pictures: of bytes, then between bytes and beyond them; no halves."""
    rng = np.random.default_rng(12)
    for case, (height, width) in enumerate(SIZES):
        mean, std = rng.uniform(0.2, 0.7, 3), rng.uniform(0.1, 0.4, 3)
        bytes_ = rng.integers(2, 254, (3, height, width)).astype(float)
        if case % 2:
            bytes_ += rng.choice([-0.3, 0.3, 0.4, -0.4], bytes_.shape)
        if case > 2:
            beyond = rng.random(bytes_.shape) < 0.3
            bytes_[beyond] = rng.choice([-120.0, -7.0, 262.0, 700.0], beyond.sum())
        yield (bytes_ / 255 - mean[:, None, None]) / std[:, None, None], mean, std


BACK = Exercise(
    name="images/back",
    title="Find the fault: an inverse that changes its input",
    check=check_to_picture,
    solution=solutions.to_picture,
    mistakes=MISTAKES,
    hints=(
        "`x *= std` writes into the caller's array. What does `x * std` do?",
        "Undo the last step first: times std, plus mean; then bytes; then the axes.",
        "`std[:, np.newaxis, np.newaxis]` has one number for each channel, whatever the size of "
        "the picture. Cut with `np.clip` before you convert: a byte of 256 is 0.",
    ),
    takeaway="An inverse is for looking. Whoever looks must not change what is looked at.",
)
