"""Taking a learner's listener through a run of training with made-up losses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minidl.checking.asking import ask
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, expect, wrong
from minidl.train import Listener, Runner


def expect_listener(cls: Any, hook: str) -> None:
    """Expect a class of listeners that has written the method `hook`.

    Raises
    ------
    NotAttempted
        If the method uses nothing, as a blank does.
    WrongAnswer
        `not-a-listener`, `no-hook`.
    """
    expect(
        isinstance(cls, type) and issubclass(cls, Listener), "not-a-listener",
        f"Expected a subclass of Listener, received {describe_answer(cls)}.",
    )  # fmt: skip
    method = getattr(cls, hook)
    if method is getattr(Listener, hook):
        wrong("no-hook", f"Expected a method `{hook}(self, runner)`, found none.")
    code = getattr(method, "__code__", None)
    if code is not None and not code.co_names:
        raise NotAttempted


def stops_at(
    listener: Listener,
    runner: Runner,
    train_losses: Sequence[float],
    dev_losses: Sequence[float],
    *,
    eval_epochs: int = 1,
) -> int | None:
    """Return the evaluation, from 1, at which a listener stops training; None if it does not.

    The listener is told of every moment, in the order that `Listener` promises. An epoch has one
    step.

    Parameters
    ----------
    listener : Listener
        The learner's.
    runner : Runner
        A new one, whose history and counts are filled in as training would.
    train_losses, dev_losses : sequence of float
        One for each evaluation.
    eval_epochs : int
        Epochs from one evaluation to the next.
    """
    runner.num_epochs = eval_epochs * len(dev_losses)
    _tell(listener, "on_train_begin", runner)
    for evaluation, (train_loss, dev_loss) in enumerate(
        zip(train_losses, dev_losses, strict=True), start=1
    ):
        for left in reversed(range(eval_epochs)):
            _tell(listener, "on_epoch_begin", runner)
            runner.step += 1
            _tell(listener, "on_step_end", runner)
            runner.epoch += 1
            runner.history.record_train(runner.step, train_loss, None)
            if left == 0:
                _tell(listener, "on_evaluate_begin", runner)
                runner.history.record_dev(runner.step, dev_loss, None)
                _tell(listener, "on_evaluate_end", runner)
            _tell(listener, "on_epoch_end", runner)
        if runner.stop_reason is not None:
            return evaluation
    return None


def _tell(listener: Listener, moment: str, runner: Runner) -> None:
    ask(lambda: (getattr(listener, moment)(runner), "done")[1])
