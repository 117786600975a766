"""The check of the exercise "regularization/epoch"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close, expect_number
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.regularization import solutions as solutions
from minidl.lessons.regularization.mistakes.epoch import MISTAKES
from minidl.lessons.regularization.shared import EXACT, LR, small_batches, small_model
from minidl.losses import MSELoss
from minidl.op import Op
from minidl.optim import BatchGD

TASKS: tuple[tuple[tuple[int, ...], int, float, float], ...] = (
    ((4, 4, 2), 1, 1.0, LR),
    ((5, 1, 7, 3, 6), 4, 1.0, 0.03),
    ((6, 5), 5, 1e3, 1e-4),
)
"""Sizes of the batches, inputs of the network, size of the labels, learning rate."""


def check_train_epoch(train_epoch: Any) -> None:
    """Check the loss that an epoch of mini-batches reports, and that it trained."""
    for sizes, inputs, scale, lr in TASKS:
        model, reference = small_model(inputs), small_model(inputs)
        untrained = model.state_dict()
        expected = solutions.train_epoch(
            reference,
            BatchGD(reference, lr=lr),
            MSELoss(),
            small_batches(sizes, inputs=inputs, scale=scale),
        )
        batches = small_batches(sizes, inputs=inputs, scale=scale)
        loss = _ask_once(train_epoch, model, BatchGD(model, lr=lr), batches)
        loss = expect_number(loss, what="the returned loss")
        expect(not _same(untrained, model), MISTAKES["no-step"])
        *first, last = map(str, sizes)
        expect_close(
            loss, expected, what="the loss of the epoch",
            given=f"batches of {', '.join(first)} and {last} points", **EXACT,
        )  # fmt: skip
        expect(_same(reference.state_dict(), model), MISTAKES["other-steps"])
        for part, (X, y) in zip(
            small_batches(sizes, inputs=inputs, scale=scale), batches, strict=True
        ):
            expect(np.array_equal(part[0], X) and np.array_equal(part[1], y), MISTAKES["changes"])
        expect(model.training, MISTAKES["other-mode"])


def _ask_once(train_epoch: Any, model: Op, optimizer: BatchGD, batches: Any) -> Any:
    try:
        return ask(train_epoch, model, optimizer, MSELoss(), iter(batches))
    except WrongAnswer as fault:
        _expect_walked_once(train_epoch, fault)
        raise


def _same(state: dict[str, Any], model: Op) -> bool:
    return all(close(state[name], value, **EXACT) for name, value in model.state_dict().items())


def _expect_walked_once(train_epoch: Any, fault: WrongAnswer) -> None:
    """Say why the code failed, if it is only because the batches were used up."""
    model = small_model()
    try:
        ask(train_epoch, model, BatchGD(model, lr=LR), MSELoss(), small_batches())
    except WrongAnswer:
        return
    wrong(MISTAKES["walked-twice"], error=fault.sentence)


EPOCH = Exercise(
    name="regularization/epoch",
    title="Find the fault: a loss that trembles",
    check=check_train_epoch,
    solution=solutions.train_epoch,
    mistakes=MISTAKES,
    hints=(
        "How many of the 30 points does the returned number know of?",
        "The loss of a batch is a mean over its points. How do you get the mean over all of them "
        "out of means over 8, 8, 8 and 6?",
        "Add up `loss * len(X)` and `len(X)` in the loop, and return their quotient.",
    ),
    takeaway="A curve is worth what its points are: know what was averaged over what, and when.",
)
