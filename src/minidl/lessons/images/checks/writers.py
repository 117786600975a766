"""The check of the exercise "images/writers"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_two
from minidl.checking.plain import numbers
from minidl.checking.verdicts import expect
from minidl.lessons.images import solutions
from minidl.lessons.images.mistakes.writers import MISTAKES

Array = npt.NDArray[Any]

FIRST = (([0, 0, 1, 1, 2], 1), ([0, 0, 1, 1, 2], 2), ([2, 0, 1, 0, 2, 1, 1], 3), ([2, 0, 2, 2], 1),
         ([1, 0, 1, 0], 3), ([4, 4, 2, 1, 2], 3))  # fmt: skip
SIZES = ((7, 3, 2), (12, 4, 5), (20, 6, 4), (30, 7, 11), (25, 5, 12), (40, 9, 13), (130, 5, 40))
"""Samples; writers; how many samples dev is to have at least."""


def check_split_by_writer(split_by_writer: Any) -> None:
    """Check both parts, for writers whose samples lie in order or do not."""
    for writers, count in _cases():
        given = f"writers = {writers.tolist()} and count = {count}"
        found = expect_two(ask(split_by_writer, writers, count), "two results, `return train, dev`")
        right = solutions.split_by_writer(writers, count)
        for name, received, expected in zip(("train", "dev"), found, right, strict=True):
            expect_close(_in_an_array(received), expected, what=name, given=given)


def _in_an_array(part: Any) -> Any:
    """Return the numbers of samples, also those in a list, if they are whole ones."""
    found = numbers(part)
    if found is None or found.size == 0:
        return found if found is not None and found.ndim == 1 else part
    expect(found.dtype.kind in "iub", MISTAKES["not-whole"])
    return found


def _cases() -> Iterator[tuple[Array, int]]:
    yield from ((np.array(writers), count) for writers, count in FIRST)
    rng = np.random.default_rng(16)
    for case, (N, several, count) in enumerate(SIZES * 2):
        names = rng.choice(90, several, replace=False)  # a writer's number need not be the next
        writers = np.concatenate([names, rng.choice(names, N - several)])
        yield (np.sort(writers) if case % 3 == 1 else rng.permutation(writers)), count


WRITERS = Exercise(
    name="images/writers",
    title="A split between writers",
    check=check_split_by_writer,
    solution=solutions.split_by_writer,
    mistakes=MISTAKES,
    hints=(
        "Who is there? `np.unique(writers)` says it, in ascending order.",
        "From the last backwards, put a whole writer into dev, as long as dev has fewer than "
        "`count` samples.",
        "`in_dev |= writers == writer` marks all samples of a writer; `np.flatnonzero(in_dev)` are "
        "their numbers.",
    ),
    takeaway="Split along what will be new when it counts: writers, patients, cameras, days.",
)
