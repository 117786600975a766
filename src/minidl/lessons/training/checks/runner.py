"""The check of the exercise "training/runner"."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from minidl.checking.asking import ask, make
from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.lessons.training import solutions as solutions
from minidl.lessons.training.mistakes.runner import MISTAKES
from minidl.lessons.training.shared import (
    EPOCHS,
    EXACT,
    TASKS,
    Task,
    ask_to_train,
    expect_as_given,
    expect_losses,
    gradients,
    has_learned,
    is_left_in_training,
    record,
)
from minidl.op import Op


def check_mini_runner(MiniRunner: Any) -> None:
    """Check that a runner refuses a misspelt argument and that asking leaves no trace."""
    for task in TASKS:
        _check_records(MiniRunner, task)
    _expect_refusals(MiniRunner)
    _expect_going_on(MiniRunner)


def _check_records(MiniRunner: Any, task: Task) -> None:
    runner, model, optimizer, train_set, dev_set = _make_runner(MiniRunner, task)
    expect(_takes_num_epochs(runner.train), MISTAKES["no-num-epochs"])
    returned = _train(runner, model, train_set, dev_set, task.epochs)
    left = is_left_in_training(model, task)
    counts = {name: len(_history(runner, name)) for name in ("train_losses", "dev_losses")}
    for name, count in counts.items():
        expect(
            count == task.epochs, MISTAKES["history"], epochs=task.epochs, name=name, count=count
        )
    loss = expect_number(_evaluate(runner, model, dev_set), what="what evaluate returns")
    for name, count in counts.items():
        now = len(_history(runner, name))
        expect(now == count, MISTAKES["leaves-traces"], name=name, count=count, now=now)
    recorded = np.array([_history(runner, name) for name in counts], dtype=float)
    expect_losses(recorded, task)
    other_set = dev_set[0] + 0.5, dev_set[1]
    for data, of in ((dev_set, "dev"), (train_set, "train"), (other_set, "another set")):
        right = task.parts()[2](model(data[0]), data[1])
        loss = expect_number(_evaluate(runner, model, data), what="what evaluate returns")
        expect_close(
            loss, right, what=f"evaluate's loss on {of}", given="the trained model", **EXACT
        )
    expect(_is_list_of(returned, recorded[0]), MISTAKES["returns-something-else"])
    expect(has_learned(model, task) and left, MISTAKES["other-model"])
    expect_as_given(task, optimizer, train_set, dev_set, MISTAKES["changes-the-data"])


def _is_list_of(returned: Any, losses: Any) -> bool:
    return (
        isinstance(returned, list)
        and len(returned) == len(losses)
        and close(returned, losses, **EXACT)
    )


def _make_runner(MiniRunner: Any, task: Task = TASKS[0]) -> tuple[Any, Op, Any, Any, Any]:
    model, optimizer, loss_fn, train_set, dev_set = task.parts()
    runner = make(MiniRunner, model, optimizer, loss_fn)
    for method in ("train", "evaluate"):
        expect(
            callable(getattr(runner, method, None)),
            MISTAKES["no-method"],
            method=method,
            runner=describe_answer(runner),
        )
    return runner, model, optimizer, train_set, dev_set


def _train(runner: Any, model: Op, train_set: Any, dev_set: Any, epochs: int) -> Any:
    """Train; tell a method that worked but returned nothing from a blank one."""
    before = model.state_dict()
    try:
        return ask_to_train(
            MISTAKES["no-backward"], lambda: runner.train(train_set, dev_set, num_epochs=epochs)
        )
    except NotAttempted:
        moved = any(not close(model.state_dict()[name], value) for name, value in before.items())
        expect(
            not moved and not getattr(runner, "train_losses", None),
            MISTAKES["train-returns-nothing"],
        )
        raise


def _expect_going_on(MiniRunner: Any) -> None:
    """Expect a second training to go on with model and history where the first one ended."""
    runner, model, _, train_set, dev_set = _make_runner(MiniRunner)
    first = 4
    for epochs in (first, EPOCHS - first):
        _train(runner, model, train_set, dev_set, epochs)
    count = min(len(_history(runner, name)) for name in ("train_losses", "dev_losses"))
    expect(count == EPOCHS, MISTAKES["forgets"], first=first, then=EPOCHS - first, count=count)
    losses = np.array([_history(runner, name) for name in ("train_losses", "dev_losses")])
    expect(close(losses, record()[0], **EXACT), MISTAKES["starts-over"])


def _evaluate(runner: Any, model: Op, data: Any) -> Any:
    """Return the loss of a set; expect the model to be left as it is, in training or out of it."""
    before, grads = model.state_dict(), gradients(model)
    for mode in (model.eval, model.train):
        mode()
        training = model.training
        try:
            loss = ask(runner.evaluate, data)
        except NotAttempted:
            wrong(MISTAKES["evaluate-returns-nothing"])
        expect(model.training == training, MISTAKES["switches-the-mode"])
    after = model.state_dict()
    same = all(np.array_equal(after[name], value) for name, value in before.items())
    expect(same, MISTAKES["evaluate-trains"])
    now = gradients(model)
    same = [*grads] == [*now] and all(map(np.array_equal, grads.values(), now.values()))
    expect(same, MISTAKES["runs-backward"])
    return loss


def _takes_num_epochs(train: Callable[..., Any]) -> bool:
    try:
        inspect.signature(train).bind(None, None, num_epochs=EPOCHS)
    except TypeError:
        return False
    return True


def _history(runner: Any, name: str) -> list[float]:
    found = getattr(runner, name, None)
    if not isinstance(found, list):
        wrong("history", f"Expected a list self.{name}, found {describe_answer(found)}.")
    return found


def _expect_refusals(MiniRunner: Any) -> None:
    for options, call in (({"epochs": 3}, "epochs=3"), ({}, "no number of epochs")):
        runner, _, _, train_set, dev_set = _make_runner(MiniRunner)
        accepted = _runs(partial(runner.train, train_set, dev_set, **options))
        count = len(_history(runner, "train_losses"))
        expect(
            not accepted or (count > 0 and not options),
            MISTAKES["silent-epochs"],
            call=call,
            count=count,
        )
    for typo in ("log_epoch", "eval_epoch"):
        runner, _, _, train_set, dev_set = _make_runner(MiniRunner)
        options = {"num_epochs": EPOCHS, typo: 50}
        accepted = _runs(partial(runner.train, train_set, dev_set, **options))
        expect(not accepted, MISTAKES["swallows-the-rest"], typo=typo)


def _runs(call: Callable[[], Any]) -> bool:
    """Return whether the learner's code runs without an error."""
    try:
        ask(call)
    except NotAttempted:
        return True
    except WrongAnswer:
        return False
    return True


MINI_RUNNER = Exercise(
    name="training/runner",
    title="Find two faults: a forgetful runner with too long a memory",
    check=check_mini_runner,
    solution=solutions.MiniRunner,
    mistakes=MISTAKES,
    hints=(
        "Which line decides how many epochs there are when `epochs=300` comes in?",
        "`def train(self, train_set, dev_set, *, num_epochs)` accepts this one name only.",
        "Two very different callers use `evaluate`: the loop, and somebody with a question. Only "
        "one of them wants a record; let that one append.",
    ),
    takeaway="Arguments with names, and questions without consequences.",
)
