"""The check of the exercise "regularization/epoch"."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, NoReturn

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.regularization import solutions as solutions
from minidl.lessons.regularization.mistakes.epoch import MISTAKES
from minidl.lessons.regularization.shared import (
    EXACT,
    LR,
    LowLoss,
    Modes,
    small_batches,
    small_model,
)
from minidl.losses import Loss, MSELoss
from minidl.nn import Sequential
from minidl.op import Op
from minidl.optim import SGD, BatchGD


class Task(NamedTuple):
    """Sizes of the batches, inputs of the network, size of the labels, and how it is trained."""

    sizes: tuple[int, ...]
    inputs: int = 1
    scale: float = 1.0
    descent: Callable[[Op], Any] = partial(BatchGD, lr=LR)
    loss_fn: type[Loss] = MSELoss

    def batches(self) -> list[tuple[Any, Any]]:
        """Return the batches, made anew."""
        return small_batches(self.sizes, inputs=self.inputs, scale=self.scale)


TASKS = (
    Task((4, 4, 2)),
    Task((5, 1, 7, 3, 6), inputs=4, descent=partial(BatchGD, lr=0.03)),
    Task((6, 5), inputs=5, scale=1e3, descent=partial(BatchGD, lr=1e-4)),
    Task((104, 12, 4, 1, 6, 2, 5, 7), 2, 1.0, partial(SGD, lr=0.05, momentum=0.9), LowLoss),
    Task((7, 2, 5), 3, 1.0, partial(SGD, lr=0.03, momentum=0.5), LowLoss),
)


def check_train_epoch(train_epoch: Any) -> None:
    """Check the loss that an epoch of mini-batches reports, and that it trained."""
    for task in TASKS:
        reference, modes = small_model(task.inputs), Modes()
        model = Sequential(*small_model(task.inputs).layers, modes)
        untrained = model.state_dict()
        expected = solutions.train_epoch(
            reference, task.descent(reference), task.loss_fn(), task.batches()
        )
        batches = task.batches()
        loss = _ask_once(train_epoch, model, task.descent(model), task.loss_fn(), batches)
        loss = expect_number(loss, what="the returned loss")
        if _same(untrained, model):
            _refuse_no_step(train_epoch)
        *first, last = map(str, task.sizes)
        expect_close(
            loss, expected, what="the loss of the epoch",
            given=f"batches of {', '.join(first)} and {last} points", **EXACT,
        )  # fmt: skip
        expect(_same(reference.state_dict(), model), MISTAKES["other-steps"])
        for part, (X, y) in zip(task.batches(), batches, strict=True):
            expect(np.array_equal(part[0], X) and np.array_equal(part[1], y), MISTAKES["changes"])
        _expect_gradients(model, reference)
        expect(all(modes.seen), MISTAKES["in-evaluation"])
        expect(model.training, MISTAKES["other-mode"])


def _expect_gradients(model: Op, reference: Op) -> None:
    """Expect those of the last batch, or none, since some forget them after each step."""
    for layer, right in zip(model.layers, reference.layers, strict=False):
        for key, gradient in layer.grads.items():
            kept = close(gradient, right.grads[key], **EXACT) or not np.any(gradient)
            expect(kept, MISTAKES["other-gradients"])


def _ask_once(train_epoch: Any, model: Op, optimizer: Any, loss_fn: Loss, batches: Any) -> Any:
    try:
        return ask(train_epoch, model, optimizer, loss_fn, iter(batches))
    except WrongAnswer as fault:
        _expect_walked_once(train_epoch, fault)
        raise


def _same(state: dict[str, Any], model: Op) -> bool:
    return all(close(state[name], value, **EXACT) for name, value in model.state_dict().items())


def _refuse_no_step(train_epoch: Any) -> NoReturn:
    """Say why the model is what it was: no step, or none but in a second walk."""
    model, untrained = small_model(), small_model().state_dict()
    ask(train_epoch, model, BatchGD(model, lr=LR), MSELoss(), small_batches())
    wrong(MISTAKES["no-step" if _same(untrained, model) else "two-walks"])


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
