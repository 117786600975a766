"""A small training task, and what a loop records on it: shared by the exercises on training."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import Suspect, expect_close
from minidl.checking.expecting import expect_two
from minidl.checking.showing import describe_kind
from minidl.checking.verdicts import WrongAnswer, wrong
from minidl.data import make_moons
from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.op import Op
from minidl.optim import BatchGD

Array = npt.NDArray[Any]
LR = 2.0
STUMBLING_LR = 5.0  # the dev loss is lowest in epoch 3, after a rise in epoch 2
EPOCHS = 12


def small_task() -> tuple[Op, tuple[Array, Array], tuple[Array, Array]]:
    """Return a network with six points to train on and eight to develop with.

    The dev loss is lowest after half of the epochs.
    """
    X, y = make_moons(14, noise=0.5, rng=14)
    labels = y.reshape(-1, 1).astype(np.float64)
    return two_layer_net(2, 5, 1, rng=14), (X[:6], labels[:6]), (X[6:], labels[6:])


def ask_to_train(train: Any, *args: Any) -> Any:
    """Call the learner's code as `ask` does, and say in the lesson's words where backward lacks.

    Raises
    ------
    WrongAnswer
        `no-backward`, or as `ask` does.
    """
    try:
        return ask(train, *args)
    except WrongAnswer as error:
        if "model.backward(" in error.sentence:
            wrong(
                "no-backward",
                "There are no gradients: `model.backward(loss_fn.backward())` comes before the "
                "step.",
            )
        raise


def run_loop(train: Any) -> Array:
    """Return the two lists of losses that the learner's loop returns, shape (2, n).

    Raises
    ------
    WrongAnswer
        `not-a-pair`, or `epochs` where the lists differ in length.
    """
    model, train_set, dev_set = small_task()
    optimizer = BatchGD(model, lr=LR)
    answer = ask_to_train(train, model, optimizer, BCELoss(), train_set, dev_set, EPOCHS)
    expected = "two lists of numbers, `return train_losses, dev_losses`"
    pair = expect_two(answer, expected)
    if not all(map(_is_row, pair)):
        wrong("not-a-pair", f"Expected {expected}, received {describe_kind(pair)}.")
    if len(pair[0]) != len(pair[1]):
        counts = f"{len(pair[0])} train losses and {len(pair[1])} dev losses"
        wrong("epochs", f"Expected {EPOCHS} of each for num_epochs = {EPOCHS}, received {counts}.")
    return np.array([np.asarray(part, dtype=float) for part in pair])


def _is_row(part: Any) -> bool:
    try:
        return np.asarray(part, dtype=float).ndim == 1
    except (TypeError, ValueError):
        return False


def record(order: str, *, lr: float = LR) -> Array:
    """Return the two lists of losses of a loop that does things in some order.

    Parameters
    ----------
    order : str
        What happens in an epoch: `t` and `d` record the loss on train in the first list and that
        on dev in the second; `T` records the loss on train in the second; `s` steps on train and
        `S` on dev.
    lr : float
        The learning rate.

    Returns
    -------
    ndarray of shape (2, EPOCHS)

    Examples
    --------
    >>> record("tsd").shape
    (2, 12)
    """
    model, train_set, dev_set = small_task()
    loss_fn, optimizer = BCELoss(), BatchGD(model, lr=lr)
    first: list[float] = []
    second: list[float] = []
    for action in order * EPOCHS:
        X, y = dev_set if action in "dS" else train_set
        loss = loss_fn(model(X), y)
        if action in "sS":
            model.backward(loss_fn.backward())
            optimizer.step()
        else:
            (first if action == "t" else second).append(loss)
    return np.array([first, second])


LOOP_SUSPECTS = (
    Suspect(
        "learns-from-dev",
        lambda: record("tdS"),
        "This network learns from the dev set: `loss_fn.backward()` goes back through the loss "
        "that was computed last, and that was the one on dev.",
    ),
    Suspect(
        "steps-on-dev",
        lambda: record("tsdS"),
        "This network takes a second step in each epoch, on the dev set. Only look at dev.",
    ),
    Suspect(
        "dev-too-early",
        lambda: record("tds"),
        "The dev losses are those before each step; the dev set is to judge the model after it.",
    ),
    Suspect(
        "train-too-late",
        lambda: record("std"),
        "The train losses are those after each step. Record the one that you call "
        "`loss_fn.backward()` for: it costs nothing extra.",
    ),
    Suspect(
        "swapped",
        lambda: record("tsd")[::-1],
        "The two lists are swapped: first train, then dev.",
    ),
    Suspect(
        "both-on-train",
        lambda: record("tsT"),
        "The second list holds losses on the training set, not on the dev set.",
    ),
)


def expect_losses(received: Array) -> None:
    """Expect the losses on train and on dev, shape (2, EPOCHS), of a loop that does all well."""
    expected = record("tsd")
    wrong_orders = [suspect.applied_to(()) for suspect in LOOP_SUSPECTS]
    for row, what in enumerate(("the list of train losses", "the list of dev losses")):
        expect_close(
            received[row],
            expected[row],
            at={"epoch": np.arange(1, EPOCHS + 1)},
            what=what,
            suspects=[suspect._replace(value=suspect.value[row]) for suspect in wrong_orders],
        )
