"""The exercise on an epoch's loss in the lesson "Regularization", and a model to train."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import Suspect, close, expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.expecting import expect_number
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.regularization import solutions as solutions
from minidl.losses import MSELoss
from minidl.nn import Linear, Sequential, Tanh
from minidl.op import Op
from minidl.optim import BatchGD

Array = npt.NDArray[Any]
LR = 0.1


def small_model() -> Sequential:
    """Return a network of two layers with biases that are not 0.

    Examples
    --------
    >>> [parameter.name for parameter in small_model().parameters()]
    ['fc1.W', 'fc1.b', 'fc2.W', 'fc2.b']
    """
    rng = np.random.default_rng(3)
    model = Sequential(Linear(1, 3, rng=rng, name="fc1"), Tanh(), Linear(3, 1, rng=rng, name="fc2"))
    for parameter in model.parameters():
        parameter.value = np.round(rng.uniform(0.5, 2, parameter.value.shape), 1)
    return model


def small_batches() -> list[tuple[Array, Array]]:
    """Return ten points in batches of 4, 4 and 2."""
    X = np.linspace(-1, 1, 10).reshape(-1, 1)
    return [(X[part], X[part] ** 2) for part in (slice(4), slice(4, 8), slice(8, 10))]


def check_train_epoch(train_epoch: Any) -> None:
    """Check the loss that an epoch of mini-batches reports, and that it trained."""
    model, untrained = small_model(), small_model().state_dict()
    optimizer = BatchGD(model, lr=LR)
    reference = small_model()
    expected = _epoch_losses(reference)
    batches = iter(small_batches())
    try:
        loss = ask(train_epoch, model, optimizer, MSELoss(), batches)
    except WrongAnswer as fault:
        _expect_walked_once(train_epoch, fault)
        raise
    loss = expect_number(loss, what="the returned loss")
    same = all(close(untrained[name], value) for name, value in model.state_dict().items())
    expect(
        not same, "no-step",
        "After the epoch the model is what it was before. For each batch call "
        "`model.backward(loss_fn.backward())`, then `optimizer.step()`.",
    )  # fmt: skip
    expect_close(
        loss, np.average(expected[0], weights=(4, 4, 2)), what="the loss of the epoch",
        given="batches of 4, 4 and 2 points", suspects=_epoch_suspects(expected, reference),
    )  # fmt: skip
    trained = reference.state_dict()
    expect(
        all(close(trained[name], value) for name, value in model.state_dict().items()),
        "other-steps",
        "The loss is right, but the model isn't: one step for each batch, in their order.",
    )


def _expect_walked_once(train_epoch: Any, fault: WrongAnswer) -> None:
    """Say why the code failed, if it is only because the batches were used up."""
    model = small_model()
    try:
        ask(train_epoch, model, BatchGD(model, lr=LR), MSELoss(), small_batches())
    except WrongAnswer:
        return
    sentence = "`batches` can be walked through once. Count the points on the way: `len(X)`."
    wrong("walked-twice", f"{sentence} {fault.sentence}")


def _epoch_losses(model: Op) -> Array:
    """Train for an epoch; return each batch's loss before and after its step, shape (2, 3)."""
    loss_fn, optimizer = MSELoss(), BatchGD(model, lr=LR)
    pairs = []
    for X, y in small_batches():
        before = loss_fn(model(X), y)
        model.backward(loss_fn.backward())
        optimizer.step()
        pairs.append((before, loss_fn(model(X), y)))
    return np.transpose(pairs)


def _epoch_suspects(losses: Array, trained: Op) -> list[Suspect]:
    before, after = losses
    X, y = (np.concatenate(part) for part in zip(*small_batches(), strict=True))
    return [
        Suspect(
            "last-batch", before[-1],
            "This is the loss of the last batch. Which points are in it is chance.",
        ),
        Suspect("first-batch", before[0], "This is the loss of the first batch only."),
        Suspect(
            "batches-not-points", before.mean(),
            "This is the mean over the batches; the last one has 2 points and counts like 4. "
            "Weigh each loss by `len(X)`.",
        ),
        Suspect("sum", before.sum(), "This is the sum of the batches' losses."),
        Suspect(
            "sum", before @ (4, 4, 2),
            "This is the sum over the points. Divide by how many there are.",
        ),
        Suspect(
            "loss-after", np.average(after, weights=(4, 4, 2)),
            "These are the losses after each step; take those that the steps started from.",
        ),
        Suspect(
            "second-look", MSELoss()(trained(X), y),
            "This is the loss of the whole set after the epoch: a fine number, at the price of "
            "another forward pass. Use the losses that the steps have computed anyway.",
        ),
    ]  # fmt: skip


EPOCH = Exercise(
    name="regularization/epoch",
    title="Find the fault: a loss that trembles",
    check=check_train_epoch,
    solution=solutions.train_epoch,
    hints=(
        "How many of the 30 points does the returned number know of?",
        "The loss of a batch is a mean over its points. How do you get the mean over all of them "
        "out of means over 8, 8, 8 and 6?",
        "Add up `loss * len(X)` and `len(X)` in the loop, and return their quotient.",
    ),
    takeaway="A curve is worth what its points are: know what was averaged over what, and when.",
)
