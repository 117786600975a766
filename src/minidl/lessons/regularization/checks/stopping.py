"""The check of the exercise "regularization/stopping"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

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
from minidl.train import Runner

EVERY = 2  # epochs, of one step each, between two evaluations


def check_stop_early(StopEarly: Any) -> None:
    """Check at which evaluation a listener stops, for losses made up to tell mistakes apart."""
    expect_listener(StopEarly, "on_evaluate_end")
    falling = [round(0.9 - 0.05 * k, 2) for k in range(10)]
    stopped = _stops_at(StopEarly, falling, warm_up=0, patience=3)
    expect(stopped is None, MISTAKES["stops-while-falling"], stopped=stopped, falling=falling)
    _expect_stop(StopEarly)
    for losses, warm_up, patience in MOMENTS:
        _expect_moment(StopEarly, losses, warm_up, patience)


def _expect_stop(StopEarly: Any) -> None:
    """Expect a stop when the dev loss rises, whatever the train loss does."""
    rising = [round(0.5 + 0.05 * k, 2) for k in range(10)]
    if _stops_at(StopEarly, rising, warm_up=0, patience=3) is not None:
        return
    if _stops_at(StopEarly, rising, train_losses=rising, warm_up=0, patience=3) is not None:
        wrong(MISTAKES["train-loss"])
    wrong(MISTAKES["never-stops"])


def _drawn() -> Iterator[tuple[list[float], int, int]]:
    """Yield losses of all sizes that fall and rise by chance, warm-ups and patiences."""
    rng = np.random.default_rng(5)
    for case, scale in enumerate((1.0, 1e-4, 1e7, 30.0, 1.0, 1e-7, 2.0, 1.0)):
        losses = scale * (1 + np.cumsum(rng.choice([-0.002, 0.0, 0.002], size=14)))
        yield [float(f"{loss:.9g}") for loss in losses], case % 4, 1 + case % 5


MOMENTS: tuple[tuple[list[float], int, int], ...] = (
    ([0.5, 0.6, 0.7, 0.8, 0.9, 1.0], 0, 3),
    ([0.9, 0.8, 0.85, 0.7, 0.75, 0.6, 0.65, 0.66, 0.67, 0.68], 0, 3),
    ([0.9, 0.5, 0.7, 0.65, 0.6, 0.55, 0.54, 0.53], 0, 3),
    ([0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 0, 3),
    ([0.9, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.78, 0.76, 0.74, 0.72, 0.7], 6, 3),
    ([0.8, 0.4, 0.5, 0.6, 0.65, 0.7, 0.72, 0.71, 0.7, 0.69, 0.68, 0.67], 5, 3),
    ([0.4, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65], 2, 3),
    ([1 - k * 1e-6 for k in range(10)], 0, 2),
    ([(9 - k) * 1e8 for k in range(8)], 0, 2),
    *_drawn(),
)
"""Dev losses, warm-up and patience; one mistake or another shows in each."""


def _expect_moment(StopEarly: Any, losses: list[float], warm_up: int, patience: int) -> None:
    options: dict[str, Any] = {"warm_up": warm_up, "patience": patience}
    stopped = _stops_at(StopEarly, losses, **options)
    never = "" if stopped else " (0: it never does)"
    expect_close(
        stopped or 0,
        _stops_at(solutions.StopEarly, losses, **options) or 0,
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
    falling = [0.8 - 0.06 * k for k in range(len(losses))]
    before = model.state_dict()
    try:
        stopped = stops_at(listener, runner, train_losses or falling, losses, eval_epochs=EVERY)
    except WrongAnswer as fault:
        if "NoneType" not in fault.sentence:
            raise
        wrong(MISTAKES["compares-none"])
    _expect_untouched(runner, losses[:stopped], before)
    return stopped


def _expect_untouched(runner: Runner, losses: list[float], before: dict[str, Any]) -> None:
    """Expect a listener to have only looked: at the history, at the model."""
    history, after = runner.history, runner.model.state_dict()
    counts = {len(history.train_loss), EVERY * len(history.dev_loss)}
    expect(
        history.dev_loss == losses and counts == {EVERY * len(losses)}, MISTAKES["history-changed"]
    )
    same = all(np.array_equal(after[name], value) for name, value in before.items())
    expect(same and runner.model.training, MISTAKES["model-changed"])


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
