"""A small training task, and what a loop makes of it: shared by the exercises on training."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.mistake import Mistake
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.data import make_moons
from minidl.lessons.training import solutions as solutions
from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.op import Op
from minidl.optim import BatchGD

Array = npt.NDArray[Any]
Set = tuple[Array, Array]
LR = 2.0
EPOCHS = 12
EXACT: dict[str, Any] = {"rtol": 1e-9, "atol": 1e-12}  # no single precision, no rounding


@dataclass(frozen=True)
class Task:
    """A small network to train: how long, how fast, of what size, on a loss of what size.

    By default, there are six points to train on and eight to develop with, and the dev loss is
    lowest after half of the epochs.

    Attributes
    ----------
    scale, offset, digits : float, float, int
        The loss is the binary cross-entropy, times a number, less a number, rounded to so many
        digits: a loss may be of any size, below 0, and twice the same.
    """

    epochs: int = EPOCHS
    lr: float = LR
    seed: int = 14
    points: int = 6
    dev_points: int = 8
    hidden: int = 5
    scale: float = 1.0
    offset: float = 0.0
    digits: int = 17

    def parts(self) -> tuple[Op, BatchGD, AnyLoss, Set, Set]:
        """Return model, optimizer, loss, training set and dev set, all new."""
        X, y = make_moons(self.points + self.dev_points, noise=0.5, rng=self.seed)
        labels = y.reshape(-1, 1).astype(np.float64)
        model = two_layer_net(2, self.hidden, 1, rng=self.seed)
        train_set, dev_set = (
            (X[part], labels[part]) for part in (slice(self.points), slice(self.points, None))
        )
        loss_fn = AnyLoss(self.scale, self.offset, self.digits)
        return model, BatchGD(model, lr=self.lr), loss_fn, train_set, dev_set


TASKS = (
    Task(),
    Task(epochs=5, lr=0.7, seed=3, points=7, dev_points=5, hidden=4, offset=1.3),
    Task(epochs=7, lr=0.3, seed=5, points=10, dev_points=9, hidden=6, scale=1e6),
    Task(epochs=2, lr=0.5, seed=2, points=3, dev_points=2, hidden=3),
    Task(epochs=25, lr=1.0, seed=8, points=33, dev_points=21, hidden=7),
)
STUMBLING = Task(lr=5.0)
"""The dev loss is lowest in epoch 3, after a rise in epoch 2."""


class Steps:
    """Stands in for an optimizer's `step`, and counts how often it is called."""

    def __init__(self, optimizer: BatchGD) -> None:
        self.count = 0
        self._step = optimizer.step
        vars(optimizer).update(step=self)

    def __call__(self, closure: Any = None) -> Any:
        """Take the step."""
        self.count += 1
        return self._step(closure)


class AnyLoss:
    """The binary cross-entropy as a task wants its numbers, with its usual gradient."""

    def __init__(self, scale: float, offset: float, digits: int) -> None:
        self._loss = BCELoss()
        self._scale, self._offset, self._digits = scale, offset, digits

    def __call__(self, predicts: Array, labels: Array) -> float:
        """Return the loss."""
        loss = self._scale * float(self._loss(predicts, labels)) - self._offset
        return round(loss, self._digits)

    def backward(self) -> Array:
        """Return the gradient."""
        return self._loss.backward()


def small_task() -> tuple[Op, Set, Set]:
    """Return the network of the first task, what it trains on and what it develops with."""
    model, _, _, train_set, dev_set = Task().parts()
    return model, train_set, dev_set


def expect_as_given(
    task: Task, optimizer: BatchGD, train_set: Set, dev_set: Set, mistake: Mistake
) -> None:
    """Expect the sets and the learning rate to be what they were."""
    before = task.parts()[3:]
    pairs = zip((*before[0], *before[1]), (*train_set, *dev_set), strict=True)
    same = all(np.array_equal(one, other) for one, other in pairs)
    expect(same and optimizer.param_groups[0]["lr"] == task.lr, mistake)


def ask_to_train(no_backward: Mistake, train: Any, *args: Any) -> Any:
    """Call the learner's code as `ask` does, and name the mistake where backward lacks."""
    try:
        return ask(train, *args)
    except WrongAnswer as error:
        if "model.backward(" in error.sentence:
            wrong(no_backward)
        raise


@cache
def record(task: Task = TASKS[0]) -> tuple[Array, Op]:
    """Return what a loop leaves that does all well: losses on train and on dev, and the model.

    Examples
    --------
    >>> losses, model = record()
    >>> losses.shape
    (2, 12)
    """
    model, optimizer, loss_fn, train_set, dev_set = task.parts()
    losses = solutions.train(model, optimizer, loss_fn, train_set, dev_set, task.epochs)
    return np.array(losses), model


def expect_losses(received: Array, task: Task = TASKS[0]) -> None:
    """Expect the losses on train and on dev, shape (2, epochs), of a loop that does all well."""
    for row, what in enumerate(("the list of train losses", "the list of dev losses")):
        epochs = {"epoch": np.arange(1, task.epochs + 1)}
        expect_close(received[row], record(task)[0][row], at=epochs, what=what, **EXACT)


def has_learned(model: Op, task: Task) -> bool:
    """Return whether a model has the weights that the task's epochs give it."""
    state = record(task)[1].state_dict()
    return all(close(value, state[name], **EXACT) for name, value in model.state_dict().items())


def is_left_in_training(model: Op, task: Task) -> bool:
    """Return whether a model is in training, its gradients the last step's, zeros or forgotten."""
    right, grads = gradients(record(task)[1]), gradients(model)
    same = all(close(grad, right[place], **EXACT) for place, grad in grads.items())
    return in_training(model) and (same or not any(map(np.any, grads.values())))


def in_training(model: Op) -> bool:
    """Return whether a model and each of its layers is in training."""
    return all(op.training for op in (model, *model.layers))


def gradients(model: Op) -> dict[tuple[int, str], Array]:
    """Return copies of a model's gradients, of those that it has, by layer and name."""
    return {
        (place, name): grad.copy()
        for place, layer in enumerate(model.layers)
        for name, grad in layer.grads.items()
    }
