"""Exercises of the lesson "Training" on the Runner and its listeners."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from minidl.exercises.asking import ask, make
from minidl.exercises.comparing import close, expect_close
from minidl.exercises.exercise import Exercise
from minidl.exercises.expecting import expect_number
from minidl.exercises.showing import describe_answer
from minidl.exercises.solutions import training as solutions
from minidl.exercises.training_task import (
    EPOCHS,
    LR,
    ask_to_train,
    expect_losses,
    small_task,
)
from minidl.exercises.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.losses import BCELoss
from minidl.op import Op
from minidl.optim import BatchGD
from minidl.train import Listener, Runner

WINDOW = 3


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


def check_stop_when_flat(StopWhenFlat: Any) -> None:
    """Check at which epoch a listener stops, for losses that fall, level out, or do neither."""
    expect(
        isinstance(StopWhenFlat, type) and issubclass(StopWhenFlat, Listener), "not-a-listener",
        f"Expected a subclass of Listener, received {describe_answer(StopWhenFlat)}.",
    )  # fmt: skip
    hook = StopWhenFlat.on_epoch_end
    if hook is Listener.on_epoch_end:
        wrong("no-hook", "Expected a method `on_epoch_end(self, runner)`, found none.")
    code = getattr(hook, "__code__", None)
    if code is not None and not code.co_names:  # it uses nothing of the runner
        raise NotAttempted
    flat = [0.9, 0.7, 0.6, 0.55, 0.53, 0.518, 0.515, 0.513, 0.512]
    steady = [round(1 - 0.05 * epoch, 2) for epoch in range(9)]
    stopped = _stops_at(StopWhenFlat, steady)
    sentence = f"It stops at epoch {stopped}, while the loss falls by 0.15 in every 3 epochs."
    expect(stopped is None, "stops-while-falling", sentence)
    if _stops_at(StopWhenFlat, flat) is None and _stops_at(StopWhenFlat, steady, flat) is not None:
        wrong("dev-loss", "It stops when the dev loss levels out. Take `history.train_loss`.")
    expect(
        _stops_at(StopWhenFlat, flat) is not None, "never-stops",
        "It never stops, though the train loss has levelled out. What ends training is "
        '`runner.stop("why")`.',
    )  # fmt: skip
    _expect_moment(StopWhenFlat, flat)
    _expect_less(StopWhenFlat)


def _expect_moment(StopWhenFlat: Any, losses: list[float]) -> None:
    stopped = _stops_at(StopWhenFlat, losses)
    said = {
        7: "It compares with the loss two epochs before, not three: `losses[-1]` is the newest, "
        "so the one `window` epochs before it is `losses[-1 - window]`.",
        5: "It compares with the epoch just before, not with the one `window` epochs before.",
    }
    names = {7: "off-by-one", 5: "ignores-the-window"}
    expected = _stops_at(solutions.StopWhenFlat, losses)
    example = f"For the losses {losses} it stops at epoch {stopped}, expected {expected}."
    expect(
        stopped == expected, names.get(stopped or 0, "moment"),
        f"{said.get(stopped or 0, 'Not the right moment.')} {example}",
    )  # fmt: skip


def _expect_less(StopWhenFlat: Any) -> None:
    """Expect a rise to count as flat, and a fall by exactly the tolerance not to."""
    rising = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    expect(
        _stops_at(StopWhenFlat, rising) == 4, "sign-lost",
        f"For the losses {rising} it should stop at epoch 4: a loss that has risen is less than "
        "`tolerance` below, too. Is there an `abs`?",
    )  # fmt: skip
    exact = [1 - epoch / 16 for epoch in range(9)]  # falls by 3/16 in 3 epochs, without rounding
    expect(
        _stops_at(StopWhenFlat, exact, tolerance=3 / 16) is None, "not-less",
        "It stops when the loss has fallen by exactly `tolerance`; less than that is asked.",
    )  # fmt: skip


def _stops_at(
    StopWhenFlat: Any,
    losses: list[float],
    dev_losses: list[float] | None = None,
    *,
    tolerance: float = 0.03,
) -> int | None:
    """Return the epoch at which the listener stops training, for made-up losses.

    Without dev losses, those keep falling.
    """
    model, _, _ = small_task()
    listener = make(StopWhenFlat, window=WINDOW, tolerance=tolerance)
    runner = Runner(model, BatchGD(model, lr=LR), BCELoss(), metric=None)
    for epoch, loss in enumerate(losses, start=1):
        runner.epoch = runner.step = epoch
        runner.history.record_train(steps=epoch, loss=loss, score=None)
        dev_loss = 10.0 - epoch if dev_losses is None else dev_losses[epoch - 1]
        runner.history.record_dev(steps=epoch, loss=dev_loss, score=None)
        _end_epoch(listener, runner)
        if runner.stop_reason is not None:
            return epoch
    return None


def _end_epoch(listener: Any, runner: Runner) -> None:
    try:
        ask(lambda: (listener.on_epoch_end(runner), "done")[1])
    except WrongAnswer as error:
        expect(
            runner.epoch > WINDOW or "IndexError" not in error.sentence, "no-guard",
            f"In epoch {runner.epoch} there is no loss from `window` = {WINDOW} epochs before: do "
            f"nothing as long as there is none. ({error.sentence})",
        )  # fmt: skip
        raise


STOP_WHEN_FLAT = Exercise(
    name="training/listener",
    title="A listener that stops",
    check=check_stop_when_flat,
    solution=solutions.StopWhenFlat,
    hints=(
        "`runner.history.train_loss` is a list with one number for each epoch so far.",
        "In the first epochs there is no loss from `window` epochs before: do nothing then.",
        "`if len(losses) > self.window and losses[-1 - self.window] - losses[-1] < "
        'self.tolerance:`, then `runner.stop("the loss is flat")`.',
    ),
    takeaway="A listener needs five lines, and the loop does not need to know that it exists.",
)
