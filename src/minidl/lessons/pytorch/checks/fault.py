"""The check of the exercise "pytorch/fault"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array, expect_number
from minidl.checking.showing import describe_kind
from minidl.checking.verdicts import expect, wrong
from minidl.lessons.pytorch import solutions
from minidl.lessons.pytorch.mistakes.fault import MISTAKES

Array = npt.NDArray[Any]
Batches = list[tuple[Array, Array]]

TASKS = (
    (2, 3, (4, 4, 2), 0.5, 1.0),
    (2, 3, (5, 3), 0.5, 1.0),
    (4, 5, (6, 6, 6, 1), 0.1, 1.0),
    (7, 4, (3, 5, 4, 2, 6), 1.0, 1.0),
    (5, 6, (7,), 0.02, 0.3),
    (1, 2, (6, 4, 5), 3.0, 1.0),
    (4, 4, (5, 7, 3), 0.2, 10.0),
    (6, 7, (8, 2), 0.3, 20.0),
)
"""Features, classes, sizes of batches, rate, and how large weights and biases are."""
OFFSET = 5
"""So many times as large is what all classes have in common, which no softmax sees."""


def tasks() -> Iterator[tuple[Array, Array, Batches, float]]:
    """Yield weights, biases, batches of different sizes, and rates."""
    rng = np.random.default_rng(8)
    for D, M, sizes, lr, size in TASKS:
        batches = [(2 * rng.normal(size=(N, D)), rng.integers(0, M, N)) for N in sizes]
        W, b = (
            size * (rng.normal(size=(n, M)) + OFFSET * rng.choice([-1, 1], (n, 1))) for n in (D, 1)
        )
        yield W, b, batches, lr


def check_epoch(epoch: Any) -> None:
    """Check new weights, new biases, and the loss, of epochs of one to five batches."""
    for W, b, batches, lr in tasks():
        given = [(X.copy(), y.copy()) for X, y in batches]
        answer = ask(epoch, W, b, given, lr)
        if not isinstance(answer, (tuple, list)) or len(answer) != 3:
            wrong(MISTAKES["not-three"], found=describe_kind(answer))
        expect(_same(given, batches), MISTAKES["changes-batches"])
        right = solutions.epoch(W, b, batches, lr)
        where = f"batches of {', '.join(str(len(y)) for _, y in batches)} samples, lr = {lr:g}"
        for name, own, wanted in zip(("the new W", "the new b"), answer, right, strict=False):
            own = expect_array(own, what=name)
            expect_close(own, wanted, what=name, given=where)
            expect_exact(own, wanted, given=where)
        loss = expect_number(answer[2], what="the loss")
        expect_close(loss, right[2], what="the loss", given=where)
        expect_exact(loss, right[2], given=where)


def _same(found: Batches, given: Batches) -> bool:
    arrays = [[array for batch in batches for array in batch] for batches in (found, given)]
    return len(arrays[0]) == len(arrays[1]) and all(map(np.array_equal, *arrays))


FAULT = Exercise(
    name="pytorch/fault",
    title="Find three faults: a loop after PyTorch's manner",
    check=check_epoch,
    solution=solutions.epoch,
    mistakes=MISTAKES,
    hints=(
        "What does `dW` hold at the second batch? What does `CrossEntropyLoss` take: scores or "
        "probabilities? And whose mean is a mean of means, if the last batch is smaller?",
        "`dW = X.T @ g` begins anew in each batch, and the loss takes `X @ W + b` as it is.",
        "A batch's loss is a mean over its samples: add up `loss * len(y)`, and divide by the "
        "number of all samples at the end.",
    ),
    takeaway="None of the three raises an error, and with all of them the loss still falls.",
)
