"""The first exercises of the lesson "Training": a step, a loop, the best model."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.exercises.asking import ask
from minidl.exercises.comparing import Suspect, close, expect_close
from minidl.exercises.exercise import Exercise
from minidl.exercises.expecting import expect_number
from minidl.exercises.showing import show
from minidl.exercises.solutions import training as solutions
from minidl.exercises.training_task import (
    EPOCHS,
    LR,
    expect_losses,
    record,
    run_loop,
    small_task,
)
from minidl.exercises.verdicts import expect, wrong
from minidl.losses import BCELoss
from minidl.op import Op
from minidl.optim import BatchGD

Array = npt.NDArray[Any]


def check_train_step(train_step: Any) -> None:
    """Check one step of gradient descent: the loss, the new values, the arrays that hold them."""
    model, (X, y), _ = small_task()
    arrays = {parameter.name: parameter.value for parameter in model.parameters()}
    before = model.state_dict()
    loss = expect_number(ask(train_step, model, BCELoss(), X, y, LR), what="the returned loss")
    layers = [layer for layer in model.layers if layer.params]
    sentence = "There are no gradients: `model.backward(loss_fn.backward())` comes before a step."
    expect(all(layer.grads for layer in layers), "no-backward", sentence)
    gradients = {parameter.name: parameter.grad for parameter in model.parameters()}
    moved = {name: not close(array, before[name]) for name, array in model.state_dict().items()}
    expect(
        any(moved.values()), "nothing-moves",
        "After your step every parameter is what it was. Either the loop sees none of them (take "
        "`model.parameters()`), or it makes new arrays, as `value = value - …` does, and leaves "
        "the model's own as they were.",
    )  # fmt: skip
    for name, value in before.items():
        _expect_stepped(model, name, value, gradients[name], some_moved=moved[name])
    for name, array in arrays.items():
        expect(
            close(array, model.state_dict()[name]), "new-array",
            f"The values are right, but {name} now lives in a new array: whoever held the old "
            "one, such as an optimizer, no longer sees the model change. Write into the array.",
        )  # fmt: skip
    _expect_loss_before(loss, before, model, X, y)


def _expect_stepped(
    model: Op, name: str, value: Array, gradient: Array, *, some_moved: bool
) -> None:
    sentence = f"{name} is what it was before the step. Every parameter of every layer takes part."
    expect(some_moved, "some-stay", sentence)
    expect_close(
        model.state_dict()[name], value - LR * gradient,
        what=f"the new value of {name}", given=f"the learning rate {LR:g}",
        suspects=[
            Suspect("uphill", value + LR * gradient, f"{name} went up the slope: mind the sign."),
            Suspect("no-rate", value - gradient, f"{name} moved by the gradient, without lr."),
        ],
    )  # fmt: skip


def _expect_loss_before(
    loss: float, before: dict[str, Array], model: Op, X: Array, y: Array
) -> None:
    after = BCELoss()(model(X), y)
    model.load_state_dict(before)
    sentence = "This is the loss after the step; return the one that the step started from."
    expect_close(
        loss, BCELoss()(model(X), y), what="the returned loss", given="six points",
        suspects=[Suspect("loss-after", after, sentence)],
    )  # fmt: skip


TRAIN_STEP = Exercise(
    name="training/step",
    title="Find the fault: a step that goes nowhere",
    check=check_train_step,
    solution=solutions.train_step,
    hints=(
        "Which array does the model compute with, and which array does the loop change?",
        "After `a = b`, both names mean one array. `a = a - 1` makes a second array and moves the "
        "name `a` to it; `a -= 1` changes the one that both names mean.",
        "`parameter.value -= lr * parameter.grad` writes into the model's own array.",
    ),
    takeaway=(
        "`parameter.value = …` copies into the array that the model uses; "
        "giving a new array to a name of your own does not."
    ),
)


def check_train(train: Any) -> None:
    """Check a training loop: how many losses, from which moment, on which data it learns."""
    losses = run_loop(train)
    for part, what in zip(losses, ("train", "dev"), strict=True):
        expect(
            part.shape == (EPOCHS,), "epochs",
            f"Expected {EPOCHS} {what} losses for num_epochs = {EPOCHS}, received {part.size}.",
        )  # fmt: skip
    expect(
        np.ptp(losses[0]) > 0, "no-step",
        f"The train loss is {losses[0][0]:.4f} in every epoch: nothing moves. Does each turn of "
        "the loop end with `optimizer.step()`?",
    )  # fmt: skip
    expect_losses(losses)


TRAIN = Exercise(
    name="training/train",
    title="Your training loop",
    check=check_train,
    solution=solutions.train,
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


def check_train_best(train_best: Any) -> None:
    """Check that the best model is found, returned in the model, and reported."""
    model, train_set, dev_set = small_task()
    untrained = model.state_dict()
    optimizer = BatchGD(model, lr=LR)
    answer = ask(train_best, model, optimizer, BCELoss(), train_set, dev_set, EPOCHS)
    if not isinstance(answer, tuple) or len(answer) != 2:
        wrong("not-a-pair", f"Expected (best_score, best_epoch), received {show(answer)}.")
    scores = -record("tsd")[1]
    score, epoch = answer
    expect(
        not close(score, 0.0), "starts-at-zero",
        f"No epoch counts as the best: the scores here run from {scores.min():.4f} to "
        f"{scores.max():.4f}, and none of them is above 0.",
    )  # fmt: skip
    score, epoch = expect_number(score, what="best_score"), expect_number(epoch, what="best_epoch")
    _expect_best(scores, score, epoch)
    _expect_restored(model, untrained, dev_set, score)
    _expect_any_scale(train_best)


def _expect_best(scores: Array, score: float, epoch: float) -> None:
    best = int(np.argmax(scores))
    expect_close(
        score, scores[best], what="the best score", given=f"{EPOCHS} epochs",
        suspects=[
            Suspect("keeps-the-worst", scores.min(), "This is the lowest score of all."),
            Suspect("keeps-the-last", scores[-1], "This is the last score, not the highest."),
            Suspect("score-sign", -scores[best], "This is the loss; the score is minus the loss."),
            Suspect("score-sign", -scores.min(), "This is a loss, and the highest one."),
            Suspect("starts-too-high", np.inf, "Nothing beats infinity. Start below every score."),
        ],
    )  # fmt: skip
    sentence = f"Expected best_epoch {best + 1}, counting from 1, received {epoch:g}."
    expect(epoch == best + 1, "epoch-count", sentence)


def _expect_restored(
    model: Op, untrained: dict[str, Array], dev_set: tuple[Array, Array], score: float
) -> None:
    X, y = dev_set
    loss = BCELoss()(model(X), y)
    state = model.state_dict()
    expect(
        not all(close(state[name], untrained[name]) for name in state), "back-to-the-start",
        "The model that comes back is the untrained one.",
    )  # fmt: skip
    expect(
        close(-loss, score), "not-restored",
        f"The best score is {score:.4f}, but the model that comes back scores {-loss:.4f}: it is "
        "the last one. Keep a copy (`model.state_dict()`), since training changes the arrays "
        "themselves, and load it at the end.",
    )  # fmt: skip


class HugeLoss:
    """A loss of a trillion times the usual size, with the usual gradient."""

    def __init__(self) -> None:
        self._loss = BCELoss()

    def __call__(self, predicts: Array, labels: Array) -> float:
        """Return the loss."""
        return 1e12 * float(self._loss(predicts, labels))

    def backward(self) -> Array:
        """Return the gradient."""
        return self._loss.backward()


def _expect_any_scale(train_best: Any) -> None:
    model, train_set, dev_set = small_task()
    optimizer = BatchGD(model, lr=LR)
    _, epoch = ask(train_best, model, optimizer, HugeLoss(), train_set, dev_set, EPOCHS)
    best = int(np.argmin(record("tsd")[1])) + 1
    expect(
        epoch == best, "starts-too-high",
        f"With scores around -1e12 it reports epoch {show(epoch)} instead of {best}: there are "
        "scores below your first best one. Which number is below all of them?",
    )  # fmt: skip


TRAIN_BEST = Exercise(
    name="training/best",
    title="Find the fault: the best of nothing",
    check=check_train_best,
    solution=solutions.train_best,
    hints=(
        "What is the highest value that minus a loss can take?",
        "Before the first look, the best score so far should be one that anything beats.",
        "Start from `-np.inf`.",
    ),
    takeaway="Minus infinity is below every score, whatever the metric.",
)
