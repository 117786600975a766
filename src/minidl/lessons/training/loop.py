"""The first exercises of the lesson "Training": a loop, the best model."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.comparing import Suspect, close, expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.expecting import expect_number, expect_two
from minidl.checking.showing import show
from minidl.checking.verdicts import expect
from minidl.lessons.training import solutions as solutions
from minidl.lessons.training.task import (
    EPOCHS,
    LR,
    STUMBLING_LR,
    ask_to_train,
    expect_losses,
    record,
    run_loop,
    small_task,
)
from minidl.losses import BCELoss
from minidl.op import Op
from minidl.optim import BatchGD

Array = npt.NDArray[Any]


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
    answer = ask_to_train(train_best, model, optimizer, BCELoss(), train_set, dev_set, EPOCHS)
    score, epoch = expect_two(answer, "(best_score, best_epoch)")
    scores = -record("tsd")[1]
    best = int(np.argmax(scores))
    expect(
        not (close(score, best + 1) and close(epoch, scores[best])), "swapped",
        "The two results are swapped: first the best score, then its epoch.",
    )  # fmt: skip
    expect(
        not close(score, 0.0), "starts-at-zero",
        f"No epoch counts as the best: the scores here run from {scores.min():.4f} to "
        f"{scores.max():.4f}, and none of them is above 0.",
    )  # fmt: skip
    score, epoch = expect_number(score, what="best_score"), expect_number(epoch, what="best_epoch")
    _expect_best(scores, score, epoch)
    _expect_restored(model, untrained, dev_set, score)
    _expect_any_scale(train_best)
    _expect_put_back_once(train_best)


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
    _, epoch = ask_to_train(train_best, model, optimizer, HugeLoss(), train_set, dev_set, EPOCHS)
    best = int(np.argmin(record("tsd")[1])) + 1
    expect(
        epoch == best, "starts-too-high",
        f"With scores around -1e12 it reports epoch {show(epoch)} instead of {best}: there are "
        "scores below your first best one. Which number is below all of them?",
    )  # fmt: skip


def _expect_put_back_once(train_best: Any) -> None:
    """Expect training to go on from where it is, where a better epoch follows a worse one."""
    model, train_set, dev_set = small_task()
    optimizer = BatchGD(model, lr=STUMBLING_LR)
    _, epoch = ask_to_train(train_best, model, optimizer, BCELoss(), train_set, dev_set, EPOCHS)
    losses = record("tsd", lr=STUMBLING_LR)[1]
    best = int(np.argmin(losses)) + 1
    expect(
        epoch == best, "put-back-too-early",
        f"Where the dev losses should be {', '.join(f'{loss:.2f}' for loss in losses[:best])}, "
        f"then higher ones, it reports epoch {show(epoch)} instead of {best}: the first epoch "
        "that is worse is undone, and so is every one after it. Put the best back once, when the "
        "loop has ended.",
    )  # fmt: skip


TRAIN_BEST = Exercise(
    name="training/best",
    title="Find two faults: the best of nothing",
    check=check_train_best,
    solution=solutions.train_best,
    hints=(
        "What is the highest value that minus a loss can take? And where does a step start from, "
        "after an epoch that was not the best?",
        "Before the first look, the best score so far should be one that anything beats. And the "
        "best is put back only when nothing comes after.",
        "Start from `-np.inf`, and move `model.load_state_dict(best_state)` out of the loop.",
    ),
    takeaway="Minus infinity is below every score; and keeping the best must not disturb the rest.",
)
