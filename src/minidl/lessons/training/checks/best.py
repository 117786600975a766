"""The check of the exercise "training/best"."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.comparing import expect_close, expect_number, expect_two
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.showing import show
from minidl.checking.verdicts import expect
from minidl.lessons.training import solutions as solutions
from minidl.lessons.training.mistakes.best import MISTAKES
from minidl.lessons.training.shared import (
    EPOCHS,
    LR,
    STUMBLING_LR,
    ask_to_train,
    record,
    small_task,
)
from minidl.losses import BCELoss
from minidl.op import Op
from minidl.optim import BatchGD

Array = npt.NDArray[Any]
ask_best = partial(ask_to_train, MISTAKES["no-backward"])


def check_train_best(train_best: Any) -> None:
    """Check that the best model is found, returned in the model, and reported."""
    model, train_set, dev_set = small_task()
    untrained = model.state_dict()
    optimizer = BatchGD(model, lr=LR)
    answer = ask_best(train_best, model, optimizer, BCELoss(), train_set, dev_set, EPOCHS)
    score, epoch = expect_two(answer, "(best_score, best_epoch)")
    scores = -record()[1]
    best = int(np.argmax(scores))
    expect(not (close(score, best + 1) and close(epoch, scores[best])), MISTAKES["swapped"])
    expect(
        not close(score, 0.0), MISTAKES["starts-at-zero"], lowest=scores.min(), highest=scores.max()
    )
    score, epoch = expect_number(score, what="best_score"), expect_number(epoch, what="best_epoch")
    _expect_best(scores, score, epoch)
    _expect_restored(model, untrained, dev_set, score)
    _expect_any_scale(train_best)
    _expect_put_back_once(train_best)


def _expect_best(scores: Array, score: float, epoch: float) -> None:
    best = int(np.argmax(scores))
    expect_close(score, scores[best], what="the best score", given=f"{EPOCHS} epochs")
    expect(epoch == best + 1, MISTAKES["epoch-count"], best=best + 1, epoch=epoch)


def _expect_restored(
    model: Op, untrained: dict[str, Array], dev_set: tuple[Array, Array], score: float
) -> None:
    X, y = dev_set
    loss = BCELoss()(model(X), y)
    state = model.state_dict()
    expect(
        not all(close(state[name], untrained[name]) for name in state),
        MISTAKES["back-to-the-start"],
    )
    expect(close(-loss, score), MISTAKES["not-restored"], score=score, last=-loss)


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
    _, epoch = ask_best(train_best, model, optimizer, HugeLoss(), train_set, dev_set, EPOCHS)
    best = int(np.argmin(record()[1])) + 1
    expect(epoch == best, MISTAKES["starts-too-high"], epoch=show(epoch), best=best)


def _expect_put_back_once(train_best: Any) -> None:
    """Expect training to go on from where it is, where a better epoch follows a worse one."""
    model, train_set, dev_set = small_task()
    optimizer = BatchGD(model, lr=STUMBLING_LR)
    _, epoch = ask_best(train_best, model, optimizer, BCELoss(), train_set, dev_set, EPOCHS)
    losses = record(lr=STUMBLING_LR)[1]
    best = int(np.argmin(losses)) + 1
    falling = ", ".join(f"{loss:.2f}" for loss in losses[:best])
    expect(
        epoch == best, MISTAKES["put-back-too-early"], losses=falling, epoch=show(epoch), best=best
    )


TRAIN_BEST = Exercise(
    name="training/best",
    title="Find two faults: the best of nothing",
    check=check_train_best,
    solution=solutions.train_best,
    mistakes=MISTAKES,
    hints=(
        "What is the highest value that minus a loss can take? And where does a step start from, "
        "after an epoch that was not the best?",
        "Before the first look, the best score so far should be one that anything beats. And the "
        "best is put back only when nothing comes after.",
        "Start from `-np.inf`, and move `model.load_state_dict(best_state)` out of the loop.",
    ),
    takeaway="Minus infinity is below every score; and keeping the best must not disturb the rest.",
)
