"""The check of the exercise "images/validation"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.verdicts import expect
from minidl.lessons.images import solutions
from minidl.lessons.images.mistakes.validation import MISTAKES
from minidl.losses import CrossEntropyLoss, MSELoss

Array = npt.NDArray[Any]
Batches = list[tuple[Array, Array]]

BATCHES = ((1, 3), (4, 4, 2), (5,), (6, 6, 6, 1), (7, 3, 5, 2, 4), (3, 3), (2, 7), (8, 8, 8, 8, 3))
"""Sizes of the batches."""


def check_validation_loss(validation_loss: Any) -> None:
    """Check the loss of all samples, for batches of many sizes and two kinds of losses."""
    for sizes, model, loss_fn, batches in _drawn():
        given = f"batches of {', '.join(map(str, sizes))} samples"
        handed = [(X.copy(), y.copy()) for X, y in batches]
        received = ask(validation_loss, model, loss_fn, handed)
        expect(_same(handed, batches), MISTAKES["batches-changed"])
        expected = solutions.validation_loss(model, loss_fn, batches)
        expect_number(received, what="the loss")
        expect_close(received, expected, what="the loss", given=given)


def _same(handed: Batches, batches: Batches) -> bool:
    """Return whether the batches that were handed out are still what they were."""
    return len(handed) == len(batches) and all(
        np.array_equal(part, before)
        for pair, pair_before in zip(handed, batches, strict=True)
        for part, before in zip(pair, pair_before, strict=True)
    )


def _drawn() -> Iterator[tuple[tuple[int, ...], Any, Any, Batches]]:
    """Yield batches that are ever harder, so that the mean of their means is another number."""
    rng = np.random.default_rng(14)
    for case, sizes in enumerate(BATCHES * 2):
        D, K = 2 + case % 4, 3 + case % 5
        W = 10.0 ** (case % 3 - 1) * rng.normal(size=(D, K))
        batches: Batches = [
            (k * rng.normal(size=(n, D)), rng.integers(0, K, n))
            for k, n in enumerate(sizes, start=1)
        ]
        if case % 3 == 2:
            targets = [(X, rng.normal(size=(len(y), K))) for X, y in batches]
            yield sizes, W.__rmatmul__, MSELoss(), targets
        else:
            yield sizes, W.__rmatmul__, CrossEntropyLoss(), batches


VALIDATION = Exercise(
    name="images/validation",
    title="A loss of a whole set, in batches",
    check=check_validation_loss,
    solution=solutions.validation_loss,
    mistakes=MISTAKES,
    hints=(
        "`loss_fn(model(X), y)` is the mean over a batch. What is the sum over it?",
        "Add up the sums, and the numbers of samples; divide at the end.",
        "`total += loss_fn(model(X), y) * len(y)`.",
    ),
    takeaway="Each sample counts once. Then it does not matter how the set is cut into batches.",
)
