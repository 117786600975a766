"""The check of the exercise "training/train"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_two
from minidl.checking.plain import numbers
from minidl.checking.showing import describe_kind
from minidl.checking.verdicts import expect, wrong
from minidl.lessons.training import solutions as solutions
from minidl.lessons.training.mistakes.train import MISTAKES
from minidl.lessons.training.shared import (
    TASKS,
    ask_to_train,
    expect_as_given,
    expect_losses,
    has_learned,
    is_left_in_training,
)

Array = npt.NDArray[Any]


def check_train(train: Any) -> None:
    """Check a training loop: how many losses, from which moment, on which data it learns."""
    for task in TASKS:
        model, optimizer, loss_fn, train_set, dev_set = task.parts()
        args = (model, optimizer, loss_fn, train_set, dev_set, task.epochs)
        losses = _as_losses(ask_to_train(MISTAKES["no-backward"], train, *args), task.epochs)
        for part, what in zip(losses, ("train", "dev"), strict=True):
            expect(
                part.shape == (task.epochs,),
                MISTAKES["epochs"],
                epochs=task.epochs,
                what=what,
                size=part.size,
            )
        expect(np.ptp(losses[0]) > 0, MISTAKES["no-step"], loss=losses[0][0])
        expect_losses(losses, task)
        left = has_learned(model, task) and is_left_in_training(model, task)
        expect(left, MISTAKES["other-model"])
        expect_as_given(task, optimizer, train_set, dev_set, MISTAKES["changes-the-data"])


def _as_losses(answer: Any, epochs: int) -> Array:
    """Return the two lists of losses that the learner's loop returns, shape (2, n)."""
    expected = "two lists of numbers, `return train_losses, dev_losses`"
    pair = expect_two(answer, expected)
    if not all(map(_is_row, pair)):
        wrong("not-a-pair", f"Expected {expected}, received {describe_kind(pair)}.")
    if len(pair[0]) != len(pair[1]):
        counts = f"{len(pair[0])} train losses and {len(pair[1])} dev losses"
        wrong("epochs", f"Expected {epochs} of each for num_epochs = {epochs}, received {counts}.")
    return np.array([numbers(part) for part in pair], dtype=float)


def _is_row(part: Any) -> bool:
    row = numbers(part)
    return row is not None and row.ndim == 1


TRAIN = Exercise(
    name="training/train",
    title="Your training loop",
    check=check_train,
    solution=solutions.train,
    mistakes=MISTAKES,
    hints=(
        "Two empty lists before the loop; the bare loop from above inside it; one more forward "
        "pass, on dev, at its end.",
        "`loss_fn.backward()` belongs to the last loss that was computed. So compute the dev loss "
        "when the step is done.",
        "In the loop: append `loss_fn(model(X), y)`, go back, step, then append "
        "`loss_fn(model(dev_X), dev_y)`.",
    ),
    takeaway="Forward, loss, backward, step, look at dev: every framework's loop is this one.",
)
