"""The check of the exercise "regularization/stopping"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NoReturn

import numpy as np

from minidl.checking.asking import make
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.listening import expect_listener, stops_at
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.regularization import solutions as solutions
from minidl.lessons.regularization.mistakes.stopping import MISTAKES
from minidl.lessons.regularization.shared import LR, small_model
from minidl.losses import MSELoss
from minidl.optim import BatchGD
from minidl.train import History, Runner

EVERY = 2  # epochs, of one step each, between two evaluations


def check_stop_early(StopEarly: Any) -> None:
    """Check at which evaluation a listener stops, for losses made up to tell mistakes apart."""
    expect_listener(StopEarly, "on_evaluate_end")
    first = _stops_at(StopEarly, RISING, warm_up=0, patience=3)
    falling = [round(0.9 - 0.05 * k, 2) for k in range(10)]
    stopped = _stops_at(StopEarly, falling, warm_up=0, patience=3)
    expect(stopped is None, MISTAKES["stops-while-falling"], stopped=stopped, falling=falling)
    if first is None:
        _refuse_no_stop(StopEarly)
    _compare_moments(first, RISING, 0, 3)
    for losses, warm_up, patience in MOMENTS:
        stopped = _stops_at(StopEarly, losses, warm_up=warm_up, patience=patience)
        _compare_moments(stopped, losses, warm_up, patience)


def _refuse_no_stop(StopEarly: Any) -> NoReturn:
    """Say why training does not stop while the dev loss rises and the train loss falls."""
    if _stops_at(StopEarly, RISING, train_losses=RISING, warm_up=0, patience=3) is not None:
        wrong(MISTAKES["train-loss"])
    wrong(MISTAKES["never-stops"])


def _drawn() -> Iterator[tuple[list[float], int, int]]:
    """Yield losses of all sizes that fall and rise by chance, warm-ups and patiences."""
    rng = np.random.default_rng(5)
    for case, scale in enumerate((1.0, 1e-4, 1e7, 30.0, 1.0, 1e-7, 2.0, 1.0)):
        losses = scale * (1 + np.cumsum(rng.choice([-0.002, 0.0, 0.002], size=14)))
        yield [float(f"{loss:.9g}") for loss in losses], case % 4, 1 + case % 5


RISING = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
MOMENTS: tuple[tuple[list[float], int, int], ...] = (
    ([0.9, 0.8, 0.85, 0.7, 0.75, 0.6, 0.65, 0.66, 0.67, 0.68], 0, 3),
    ([0.9, 0.5, 0.7, 0.65, 0.6, 0.55, 0.54, 0.53], 0, 3),
    ([0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 0, 3),
    ([0.9, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.78, 0.76, 0.74, 0.72, 0.7], 6, 3),
    ([0.8, 0.4, 0.5, 0.6, 0.65, 0.7, 0.72, 0.71, 0.7, 0.69, 0.68, 0.67], 5, 3),
    ([0.4, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65], 2, 3),
    ([1 - k * 1e-6 for k in range(10)], 0, 2),
    ([(9 - k) * 1e8 for k in range(8)], 0, 2),
    ([0.5, *(0.6 + k / 100 for k in range(24))], 11, 8),
    *_drawn(),
)
"""Dev losses, warm-up and patience; one mistake or another shows in each."""


def _compare_moments(stopped: int | None, losses: list[float], warm_up: int, patience: int) -> None:
    never = "" if stopped else " (0: it never does)"
    expect_close(
        stopped or 0,
        _stops_at(solutions.StopEarly, losses, warm_up=warm_up, patience=patience) or 0,
        what="the evaluation",
        given=f"warm_up = {warm_up}, patience = {patience} and the dev losses {losses}, the "
        f"evaluation at which it stops{never}",
        diagnosis=MISTAKES["moment"],
    )


def _stops_at(
    StopEarly: Any,
    losses: list[float],
    *,
    train_losses: list[float] | None = None,
    warm_up: int,
    patience: int,
) -> int | None:
    """Return the evaluation at which the listener stops training, for made-up dev losses.

    By default the train loss falls all the time, and so fast that the gap grows.
    """
    model = small_model()
    listener = make(StopEarly, warm_up, patience)
    runner = Runner(model, BatchGD(model, lr=LR), MSELoss(), metric=None)
    train_losses = train_losses or [0.8 - 0.06 * k for k in range(len(losses))]
    before = model.state_dict()
    try:
        stopped = stops_at(listener, runner, train_losses, losses, eval_epochs=EVERY)
    except WrongAnswer as fault:
        if "NoneType" not in fault.sentence:
            raise
        wrong(MISTAKES["compares-none"])
    _expect_untouched(runner, _history(train_losses[:stopped], losses[:stopped]), before)
    return stopped


def _history(train_losses: list[float], dev_losses: list[float]) -> History:
    """Return what the runner has recorded of so many evaluations, if nobody changes it."""
    history = History()
    for losses in zip(train_losses, dev_losses, strict=True):
        for _ in range(EVERY):
            history.record_train(len(history.train_loss) + 1, losses[0], None)
        history.record_dev(len(history.train_loss), losses[1], None)
    return history


def _expect_untouched(runner: Runner, history: History, before: dict[str, Any]) -> None:
    """Expect a listener to have only looked: at the history, at the model, at the rest."""
    expect(runner.history == history, MISTAKES["history-changed"])
    after = runner.model.state_dict()
    same = all(np.array_equal(after[name], value) for name, value in before.items())
    expect(same and runner.model.training, MISTAKES["model-changed"])
    rates = {group["lr"] for group in runner.optimizer.param_groups}
    steps = {runner.step, runner.epoch, len(history.train_loss)}
    expect(rates == {LR} and len(steps) == 1, MISTAKES["runner-changed"])


STOPPING = Exercise(
    name="regularization/stopping",
    title="Stop in time",
    check=check_stop_early,
    solution=solutions.StopEarly,
    mistakes=MISTAKES,
    hints=(
        "It needs a memory: the best loss so far, from `np.inf` on, how many evaluations there "
        "were, and how many in a row were no better.",
        "A better loss is remembered and sets the count to 0, in the warm-up, too. Otherwise the "
        "count goes up, unless the warm-up lasts.",
        'When the count has reached `self.patience`: `runner.stop("why")`.',
    ),
    takeaway="The dev set has now chosen the moment: its loss flatters, and a test set is due.",
)
