"""The check of the exercise "pytorch/loader"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.blanks import is_unwritten
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_close
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, expect, wrong
from minidl.lessons.pytorch import solutions
from minidl.lessons.pytorch.mistakes.loader import MISTAKES

Array = npt.NDArray[Any]

SETS = (
    ((3, 2), 5, True),
    ((5, 2), 2, False),
    ((5, 2), 2, True),
    ((7, 3), 3, True),
    ((6, 4), 3, True),
    ((7, 1), 4, False),
    ((4, 5), 4, False),
    ((3, 6), 5, False),
    ((13, 2, 3), 6, False),
    ((20, 7), 7, True),
    ((23, 1), 4, False),
    ((23, 1), 4, None),
    ((3, 2), 2, False),
)
MOST = 100
"""So many batches are looked at; an endless loader is known by then."""


def sets() -> Iterator[tuple[Array, Array, int, tuple[bool, ...]]]:
    """Yield samples of several shapes, labels, a batch size, and `drop_last`, if it is given."""
    rng = np.random.default_rng(9)
    for shape, batch_size, drop_last in SETS:
        X = 10.0 ** rng.integers(-2, 3) * rng.normal(size=shape)
        options = () if drop_last is None else (drop_last,)
        yield X, rng.permutation(100)[: len(X)], batch_size, options


def check_batches_of(batches_of: Any) -> None:
    """Check sizes, samples and labels of the batches of two epochs of each set."""
    for seed, (X, y, batch_size, options) in enumerate(sets()):
        rngs = np.random.default_rng(seed), np.random.default_rng(seed)
        for number in (1, 2):
            told = "".join(f", drop_last {option}" for option in options)
            given = f"{len(X)} samples, batch_size {batch_size}{told}, epoch {number}"
            own_X, own_y = X.copy(), y.copy()
            given_to = own_X, own_y, batch_size, rngs[0], *options
            found = _ask_batches(batches_of, given_to)
            own = _as_batches(ask(lambda found=found: list(islice(found, MOST))))
            untouched = np.array_equal(own_X, X) and np.array_equal(own_y, y)
            expect(untouched, MISTAKES["changes-data"])
            right = list(solutions.batches_of(X, y, batch_size, rngs[1], *options))
            _expect_batches(own, right, given)
    args = X, y, batch_size, np.random.default_rng(0)
    expect_own(lambda: list(batches_of(*args)))


def _ask_batches(batches_of: Any, args: tuple[Any, ...]) -> Any:
    """Return what hands out the batches, and where it is nothing, say what `yield` does."""
    try:
        return ask(lambda: batches_of(*args))  # not copies: it may run later
    except NotAttempted as end:
        if end.dots or is_unwritten(batches_of, solutions.batches_of):
            raise
        wrong(MISTAKES["no-yield"])


def _as_batches(answer: list[Any]) -> list[tuple[Array, Array]]:
    pairs = []
    for batch in answer:
        if not isinstance(batch, (tuple, list)) or len(batch) != 2:
            wrong(MISTAKES["not-a-pair-each"], found=describe_answer(batch))
        samples, labels = batch
        pairs.append((expect_array(samples, what="samples"), expect_array(labels, what="labels")))
    return pairs


def _expect_batches(
    own: list[tuple[Array, Array]], right: list[tuple[Array, Array]], given: str
) -> None:
    sizes = [[len(y) if np.ndim(y) else 0 for _, y in batches] for batches in (own, right)]
    if sizes[0] != sizes[1]:
        expect_close(
            np.array(sizes[0]), sizes[1], what="the sizes of the batches", given=given,
            example_of=given.encode(), because="The sizes of the batches are not right.",
        )  # fmt: skip
    if sizes[0] != sizes[1] or not right:
        return
    for what, place in (("the samples", 0), ("the labels", 1)):
        found, wanted = (np.concatenate([pair[place] for pair in each]) for each in (own, right))
        expect_close(
            found, wanted, what=what, given=given, example_of=given.encode(),
            because=f"{what.capitalize()} are not right.",
        )  # fmt: skip
        if found.shape == wanted.shape:
            expect_exact(found, wanted, given=given, rtol=0, atol=0)


LOADER = Exercise(
    name="pytorch/loader",
    title="A loader in five lines",
    check=check_batches_of,
    solution=solutions.batches_of,
    mistakes=MISTAKES,
    hints=(
        "`yield` hands out a batch and waits to be asked for the next. Draw the order of all "
        "samples first; a batch is the next few numbers of it.",
        "`order[start : start + batch_size]` for `start in range(0, len(X), batch_size)`: the last "
        "slice is shorter where there are not enough left.",
        "The same rows of X and of y: `yield X[rows], y[rows]`. With `drop_last`, leave out a "
        "slice that is shorter than `batch_size`.",
    ),
    takeaway="That is what a loader does. PyTorch's adds processes that read ahead.",
)
