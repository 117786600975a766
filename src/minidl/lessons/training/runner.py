"""Exercises of the lesson "Training" on the Runner."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from minidl.checking.asking import ask, make
from minidl.checking.comparing import close, expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.expecting import expect_number
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.lessons.training import solutions as solutions
from minidl.lessons.training.task import (
    EPOCHS,
    LR,
    ask_to_train,
    expect_losses,
    small_task,
)
from minidl.losses import BCELoss
from minidl.op import Op
from minidl.optim import BatchGD


def check_mini_runner(MiniRunner: Any) -> None:
    """Check that a runner refuses a misspelt argument and that asking leaves no trace."""
    runner, train_set, dev_set = _make_runner(MiniRunner)
    expect(
        _takes_num_epochs(runner.train), "no-num-epochs",
        "Expected a method that can be called as `train(train_set, dev_set, num_epochs=12)`.",
    )  # fmt: skip
    _train(runner, train_set, dev_set)
    counts = {name: len(_history(runner, name)) for name in ("train_losses", "dev_losses")}
    for name, count in counts.items():
        sentence = f"After {EPOCHS} epochs, expected {EPOCHS} numbers in {name}, found {count}."
        expect(count == EPOCHS, "history", sentence)
    loss = expect_number(_evaluate(runner, dev_set), what="what evaluate returns")
    for name, count in counts.items():
        now = len(_history(runner, name))
        expect(
            now == count, "leaves-traces",
            f"Calling `evaluate` once made {name} grow from {count} to {now} entries. Asking must "
            "not change the history: let `train` record.",
        )  # fmt: skip
    recorded = np.array([_history(runner, name) for name in counts], dtype=float)
    expect_losses(recorded)
    expect_close(loss, recorded[1, -1], what="evaluate's loss on dev", given="the trained model")
    _expect_refusals(MiniRunner)


def _make_runner(MiniRunner: Any) -> tuple[Any, Any, Any]:
    model, train_set, dev_set = small_task()
    runner = make(MiniRunner, model, BatchGD(model, lr=LR), BCELoss())
    for method in ("train", "evaluate"):
        sentence = f"Expected a class with a method {method}, received {describe_answer(runner)}."
        expect(callable(getattr(runner, method, None)), "no-method", sentence)
    return runner, train_set, dev_set


def _train(runner: Any, train_set: Any, dev_set: Any) -> None:
    """Train for 12 epochs; tell a method that worked but returned nothing from a blank one."""
    before = runner.model.state_dict() if isinstance(getattr(runner, "model", None), Op) else {}
    try:
        ask_to_train(lambda: runner.train(train_set, dev_set, num_epochs=EPOCHS))
    except NotAttempted:
        after = runner.model.state_dict() if before else {}
        moved = any(not close(after[name], value) for name, value in before.items())
        expect(
            not moved and not getattr(runner, "train_losses", None), "train-returns-nothing",
            "`train` works, but returned None. Let it end with `return self.train_losses`.",
        )  # fmt: skip
        raise


def _evaluate(runner: Any, data: Any) -> Any:
    try:
        return ask(runner.evaluate, data)
    except NotAttempted:
        wrong("evaluate-returns-nothing", "`evaluate` returned None. Let it return the loss.")


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
            not accepted or (count > 0 and not options), "silent-epochs",
            f"`train` called with {call} raises nothing and trains for {count} epochs. Name the "
            "argument in the method's first line, and Python will refuse such a call.",
        )  # fmt: skip
    runner, train_set, dev_set = _make_runner(MiniRunner)
    typo = {"num_epochs": EPOCHS, "log_epoch": 50}
    expect(
        not _runs(partial(runner.train, train_set, dev_set, **typo)), "swallows-the-rest",
        "`train` called with num_epochs=12, log_epoch=50 raises nothing. `**options` takes "
        "whatever is misspelt; do without it.",
    )  # fmt: skip


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
    hints=(
        "Which line decides how many epochs there are when `epochs=300` comes in?",
        "`def train(self, train_set, dev_set, *, num_epochs)` accepts this one name only.",
        "Two very different callers use `evaluate`: the loop, and somebody with a question. Only "
        "one of them wants a record; let that one append.",
    ),
    takeaway="Arguments with names, and questions without consequences.",
)
