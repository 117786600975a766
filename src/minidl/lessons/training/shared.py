"""A small training task, and what a loop records on it: shared by the exercises on training."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.mistake import Mistake
from minidl.checking.verdicts import WrongAnswer, wrong
from minidl.data import make_moons
from minidl.lessons.training import solutions as solutions
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


def ask_to_train(no_backward: Mistake, train: Any, *args: Any) -> Any:
    """Call the learner's code as `ask` does, and name the mistake where backward lacks."""
    try:
        return ask(train, *args)
    except WrongAnswer as error:
        if "model.backward(" in error.sentence:
            wrong(no_backward)
        raise


def record(*, lr: float = LR) -> Array:
    """Return the losses on train and on dev of a loop that does all well, shape (2, EPOCHS).

    Examples
    --------
    >>> record().shape
    (2, 12)
    """
    model, train_set, dev_set = small_task()
    optimizer = BatchGD(model, lr=lr)
    return np.array(solutions.train(model, optimizer, BCELoss(), train_set, dev_set, EPOCHS))


def expect_losses(received: Array) -> None:
    """Expect the losses on train and on dev, shape (2, EPOCHS), of a loop that does all well."""
    for row, what in enumerate(("the list of train losses", "the list of dev losses")):
        epochs = {"epoch": np.arange(1, EPOCHS + 1)}
        expect_close(received[row], record()[row], at=epochs, what=what)
