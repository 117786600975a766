"""The check of the exercise "debugging/batches"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array, expect_two
from minidl.checking.showing import describe_kind
from minidl.checking.verdicts import expect
from minidl.lessons.debugging import solutions
from minidl.lessons.debugging.mistakes.batches import MISTAKES

Array = npt.NDArray[Any]

TASKS = ((6, 2), (7, 3), (6, 2), (12, 5), (9, 4), (23, 6), (5, 7), (40, 8), (4, 1))
EPOCHS, LONG = 40, (12, 4)


def check_batches(batches: Any) -> None:
    """Check that an epoch has every sample once, with its label, in an order drawn anew."""
    for first, (N, batch_size) in enumerate(TASKS):
        rows = _order(batches, N, batch_size, np.random.default_rng(N), first)
        seen = np.bincount(rows, minlength=N)
        expect_close(
            seen, np.ones(N), what="how often each sample comes",
            given=f"{N} samples in batches of {batch_size}", diagnosis=MISTAKES["again"],
        )  # fmt: skip
    _expect_drawn(batches)


def samples(N: int, first: int) -> tuple[Array, Array]:
    """Return samples of which every number tells the row, and labels that do, from `first` on."""
    return first + np.arange(2.0 * N).reshape(N, 2), first + np.arange(N)


def _order(
    batches: Any, N: int, batch_size: int, rng: np.random.Generator, first: int = 0
) -> Array:
    """Return in which order the rows come, after a look at each batch."""
    X, y = samples(N, first)
    answer = ask(lambda *args: _listed(batches(*args)), X, y, batch_size, rng)
    expect(isinstance(answer, (list, tuple)), *_not_a_list(answer))
    pairs = [expect_two(batch, "batches of two arrays, (X, y)") for batch in answer]
    sizes = [len(expect_array(part, what="a batch")) for part, _ in pairs]
    expect(sum(sizes) != N - N % batch_size or not N % batch_size, MISTAKES["rest-lost"], N=N,
           size=batch_size, rest=N % batch_size)  # fmt: skip
    right = [len(part) for part, _ in solutions.batches(X, y, batch_size, np.random.default_rng(0))]
    expect(sizes == right, MISTAKES["sizes"], N=N, size=batch_size, right=right, sizes=sizes)
    own_X, own_y = (np.concatenate(parts) for parts in zip(*pairs, strict=True))
    expect(own_X.shape == X.shape and own_y.shape == y.shape, MISTAKES["not-rows"])
    rows = own_y - first
    expect(set(rows) <= set(range(N)) and own_y.dtype == y.dtype, MISTAKES["not-rows"])
    expect({*map(tuple, own_X)} <= {*map(tuple, X)}, MISTAKES["not-rows"])
    expect(np.array_equal(own_X, X[rows]), MISTAKES["apart"])
    return np.asarray(rows)


def _listed(answer: Any) -> Any:
    """Return what a generator yields as a list."""
    return list(answer) if hasattr(answer, "__next__") else answer


def _not_a_list(answer: Any) -> tuple[str, str]:
    return "not-a-list", f"Expected a list of batches, received {describe_kind(answer)}."


def _expect_drawn(batches: Any) -> None:
    """Expect orders that differ, in which every row may come at every place."""
    (N, batch_size), rng = LONG, np.random.default_rng(3)
    orders = np.array([_order(batches, N, batch_size, rng) for _ in range(EPOCHS)])
    again = [_order(batches, N, batch_size, np.random.default_rng(seed)) for seed in (1, 1, 2)]
    expect(not np.all(orders == np.arange(N)), MISTAKES["no-shuffling"])
    expect(not np.all(orders == orders[0]), MISTAKES["one-order"])
    same = np.array_equal(again[0], again[1]) and not np.array_equal(again[0], again[2])
    expect(same, MISTAKES["not-by-rng"])
    places = np.argsort(orders, axis=1)
    everywhere = np.all([len(np.unique(column // batch_size)) == 3 for column in places.T])
    companions = {tuple(sorted(order[:batch_size])) for order in orders}
    expect(bool(everywhere) and len(companions) > EPOCHS / 2, MISTAKES["not-mixed"])


BATCHES = Exercise(
    name="debugging/batches",
    title="Find two faults: an epoch",
    check=check_batches,
    solution=solutions.batches,
    mistakes=MISTAKES,
    hints=(
        "How often does each sample come? Count them over a call, and look for the last ones.",
        "`rng.permutation(len(X))` is every place once, in a random order: draw it once an epoch, "
        "and cut it into pieces.",
        "`order[start : start + batch_size]`, for every `batch_size`th start: the last "
        "piece may be shorter.",
    ),
    takeaway="No curve shows it, a count does. An epoch is every sample, once.",
)
