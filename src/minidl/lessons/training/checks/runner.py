"""The check of the exercise "training/runner"."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from minidl.checking.asking import ask, make
from minidl.checking.comparing import expect_close, expect_number
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.lessons.training import solutions as solutions
from minidl.lessons.training.mistakes.runner import MISTAKES
from minidl.lessons.training.shared import EPOCHS, LR, ask_to_train, expect_losses, small_task
from minidl.losses import BCELoss
from minidl.op import Op
from minidl.optim import BatchGD


def check_mini_runner(MiniRunner: Any) -> None:
    """Check that a runner refuses a misspelt argument and that asking leaves no trace."""
    runner, train_set, dev_set = _make_runner(MiniRunner)
    expect(_takes_num_epochs(runner.train), MISTAKES["no-num-epochs"])
    _train(runner, train_set, dev_set)
    counts = {name: len(_history(runner, name)) for name in ("train_losses", "dev_losses")}
    for name, count in counts.items():
        expect(count == EPOCHS, MISTAKES["history"], epochs=EPOCHS, name=name, count=count)
    loss = expect_number(_evaluate(runner, dev_set), what="what evaluate returns")
    for name, count in counts.items():
        now = len(_history(runner, name))
        expect(now == count, MISTAKES["leaves-traces"], name=name, count=count, now=now)
    recorded = np.array([_history(runner, name) for name in counts], dtype=float)
    expect_losses(recorded)
    expect_close(loss, recorded[1, -1], what="evaluate's loss on dev", given="the trained model")
    _expect_refusals(MiniRunner)


def _make_runner(MiniRunner: Any) -> tuple[Any, Any, Any]:
    model, train_set, dev_set = small_task()
    runner = make(MiniRunner, model, BatchGD(model, lr=LR), BCELoss())
    for method in ("train", "evaluate"):
        expect(
            callable(getattr(runner, method, None)),
            MISTAKES["no-method"],
            method=method,
            runner=describe_answer(runner),
        )
    return runner, train_set, dev_set


def _train(runner: Any, train_set: Any, dev_set: Any) -> None:
    """Train for 12 epochs; tell a method that worked but returned nothing from a blank one."""
    before = runner.model.state_dict() if isinstance(getattr(runner, "model", None), Op) else {}
    try:
        ask_to_train(
            MISTAKES["no-backward"], lambda: runner.train(train_set, dev_set, num_epochs=EPOCHS)
        )
    except NotAttempted:
        after = runner.model.state_dict() if before else {}
        moved = any(not close(after[name], value) for name, value in before.items())
        expect(
            not moved and not getattr(runner, "train_losses", None),
            MISTAKES["train-returns-nothing"],
        )
        raise


def _evaluate(runner: Any, data: Any) -> Any:
    try:
        return ask(runner.evaluate, data)
    except NotAttempted:
        wrong(MISTAKES["evaluate-returns-nothing"])


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
        runner, train_set, dev_set = _make_runner(MiniRunner)
        accepted = _runs(partial(runner.train, train_set, dev_set, **options))
        count = len(_history(runner, "train_losses"))
        expect(
            not accepted or (count > 0 and not options),
            MISTAKES["silent-epochs"],
            call=call,
            count=count,
        )
    runner, train_set, dev_set = _make_runner(MiniRunner)
    typo = {"num_epochs": EPOCHS, "log_epoch": 50}
    expect(
        not _runs(partial(runner.train, train_set, dev_set, **typo)), MISTAKES["swallows-the-rest"]
    )


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
