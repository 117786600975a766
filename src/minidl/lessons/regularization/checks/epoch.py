"""The check of the exercise "regularization/epoch"."""

from __future__ import annotations

from typing import Any

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close, expect_number
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.regularization import solutions as solutions
from minidl.lessons.regularization.mistakes.epoch import MISTAKES
from minidl.lessons.regularization.shared import LR, small_batches, small_model
from minidl.losses import MSELoss
from minidl.optim import BatchGD


def check_train_epoch(train_epoch: Any) -> None:
    """Check the loss that an epoch of mini-batches reports, and that it trained."""
    model, untrained = small_model(), small_model().state_dict()
    optimizer = BatchGD(model, lr=LR)
    reference = small_model()
    expected = solutions.train_epoch(
        reference, BatchGD(reference, lr=LR), MSELoss(), small_batches()
    )
    batches = iter(small_batches())
    try:
        loss = ask(train_epoch, model, optimizer, MSELoss(), batches)
    except WrongAnswer as fault:
        _expect_walked_once(train_epoch, fault)
        raise
    loss = expect_number(loss, what="the returned loss")
    same = all(close(untrained[name], value) for name, value in model.state_dict().items())
    expect(not same, MISTAKES["no-step"])
    expect_close(
        loss, expected, what="the loss of the epoch",
        given="batches of 4, 4 and 2 points",
    )  # fmt: skip
    trained = reference.state_dict()
    expect(
        all(close(trained[name], value) for name, value in model.state_dict().items()),
        MISTAKES["other-steps"],
    )


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
