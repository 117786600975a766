"""The check of the exercise "training/best"."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number, expect_two
from minidl.checking.showing import show
from minidl.checking.verdicts import expect
from minidl.lessons.training import solutions as solutions
from minidl.lessons.training.mistakes.best import MISTAKES
from minidl.lessons.training.shared import (
    EXACT,
    STUMBLING,
    TASKS,
    Set,
    Steps,
    Task,
    ask_to_train,
    expect_as_given,
    has_learned,
    in_training,
    is_left_in_training,
    record,
)
from minidl.op import Op

FIRST_IS_BEST = Task(epochs=3, lr=5.0, seed=9)
"""Asked first, so that what does otherwise in its first call is found out."""
BEST_TASKS = (FIRST_IS_BEST, *TASKS, Task(epochs=6, lr=8.0, points=9, scale=1e-6))
CREEPING = Task(epochs=6, lr=1e-6)
"""The score rises in every epoch, by half a millionth."""
EQUALS = Task(epochs=8, lr=5.0, seed=4, digits=2)
"""Two epochs have the highest score, and lower ones come between and after."""
ask_best = partial(ask_to_train, MISTAKES["no-backward"])


def check_train_best(train_best: Any) -> None:
    """Check that the best model is found, returned in the model, and reported."""
    first, second, *others = BEST_TASKS
    _check_best(train_best, first)
    _check_best(train_best, second)
    _expect_any_scale(train_best)
    _expect_put_back_once(train_best)
    for task in others:
        _check_best(train_best, task)
    _expect_first_of_equals(train_best)
    _expect_last_gradients(train_best)


def _ask(train_best: Any, task: Task) -> tuple[Any, Any, Op, Set]:
    """Return score, epoch, the model that comes back, and the dev set."""
    model, optimizer, loss_fn, train_set, dev_set = task.parts()
    steps = Steps(optimizer)
    args = (model, optimizer, loss_fn, train_set, dev_set, task.epochs)
    score, epoch = expect_two(ask_best(train_best, *args), "(best_score, best_epoch)")
    expect(steps.count == task.epochs, MISTAKES["steps"], epochs=task.epochs, steps=steps.count)
    expect_as_given(task, optimizer, train_set, dev_set, MISTAKES["changes-the-data"])
    return score, epoch, model, dev_set


def _check_best(train_best: Any, task: Task) -> None:
    score, epoch, model, dev_set = _ask(train_best, task)
    scores = -record(task)[0][1]
    best = int(np.argmax(scores))
    expect(not (close(score, best + 1) and close(epoch, scores[best])), MISTAKES["swapped"])
    expect(
        not close(score, 0.0), MISTAKES["starts-at-zero"], lowest=scores.min(), highest=scores.max()
    )
    score, epoch = expect_number(score, what="best_score"), expect_number(epoch, what="best_epoch")
    untrained = close(score, _untrained_score(task)) and not close(score, scores[best])
    expect(not untrained, MISTAKES["untrained-counts"])
    expect_close(score, scores[best], what="the best score", given=f"{task.epochs} epochs", **EXACT)
    expect(epoch == best + 1, MISTAKES["epoch-count"], best=best + 1, epoch=epoch)
    _expect_restored(model, task, dev_set, score)
    expect(in_training(model), MISTAKES["other-mode"])


def _untrained_score(task: Task) -> float:
    model, _, loss_fn, _, (X, y) = task.parts()
    return -loss_fn(model(X), y)


def _expect_restored(model: Op, task: Task, dev_set: Set, score: float) -> None:
    X, y = dev_set
    loss = task.parts()[2](model(X), y)
    state, untrained = model.state_dict(), task.parts()[0].state_dict()
    expect(
        not all(close(state[name], untrained[name]) for name in state),
        MISTAKES["back-to-the-start"],
    )
    expect(close(-loss, score, **EXACT), MISTAKES["not-restored"], score=score, last=-loss)


def _expect_any_scale(train_best: Any) -> None:
    """Expect scores below any number to count, and rises of any size."""
    losses = record()[0][1]
    best = int(np.argmin(losses)) + 1
    epoch, other = (_ask(train_best, Task(scale=scale))[1] for scale in (1e12, 1e305))
    high, around = epoch != best and other == epoch, show(-1e12 * losses.max())
    expect(not high, MISTAKES["starts-too-high"], around=around, epoch=show(epoch), best=best)
    for each in (epoch, other):
        expect_close(each, best, what="the best epoch", given="losses of another scale")
    _, epoch, _, _ = _ask(train_best, CREEPING)
    best = int(np.argmin(record(CREEPING)[0][1])) + 1
    expect(epoch == best, MISTAKES["small-rises"], epoch=show(epoch), best=best)


def _expect_put_back_once(train_best: Any) -> None:
    """Expect training to go on from where it is, where a better epoch follows a worse one."""
    _, epoch, _, _ = _ask(train_best, STUMBLING)
    losses = record(STUMBLING)[0][1]
    best = int(np.argmin(losses)) + 1
    falling = ", ".join(f"{loss:.2f}" for loss in losses[:best])
    early = int(np.argmax(np.diff(losses) > 0)) + 1  # the last one before the first rise
    expect(
        epoch != early, MISTAKES["put-back-too-early"], losses=falling, epoch=show(epoch), best=best
    )
    expect_close(epoch, best, what="the best epoch", given=f"the dev losses {falling}, then more")


def _expect_first_of_equals(train_best: Any) -> None:
    """Expect a later epoch that is merely as good not to count."""
    _, epoch, model, _ = _ask(train_best, EQUALS)
    losses = record(EQUALS)[0][1]
    best, *later = (int(epoch) + 1 for epoch in np.flatnonzero(losses == losses.min()))
    expect(
        epoch == best and has_learned(model, replace(EQUALS, epochs=best)),
        MISTAKES["last-of-equals"], best=best, later=later[0],
    )  # fmt: skip


def _expect_last_gradients(train_best: Any) -> None:
    _, _, model, _ = _ask(train_best, FIRST_IS_BEST)
    expect(is_left_in_training(model, FIRST_IS_BEST), MISTAKES["other-gradients"])


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
