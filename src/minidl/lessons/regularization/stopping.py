"""The exercise on early stopping in the lesson "Regularization"."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from minidl.checking.asking import make
from minidl.checking.exercise import Exercise
from minidl.checking.listening import expect_listener, stops_at
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.regularization import solutions as solutions
from minidl.lessons.regularization.training import LR, small_model
from minidl.losses import MSELoss
from minidl.optim import BatchGD
from minidl.train import Runner

Array = npt.NDArray[Any]
EVERY = 2  # epochs, of one step each, between two evaluations


def check_stop_early(StopEarly: Any) -> None:
    """Check at which evaluation a listener stops, for losses made up to tell mistakes apart."""
    expect_listener(StopEarly, "on_evaluate_end")
    falling = [round(0.9 - 0.05 * k, 2) for k in range(10)]
    stopped = _stops_at(StopEarly, falling, warm_up=0, patience=3)
    sentence = f"It stops at evaluation {stopped} of dev losses that fall all the time: {falling}."
    expect(stopped is None, "stops-while-falling", sentence)
    _expect_stop(StopEarly)
    for losses, warm_up, said in MOMENTS:
        _expect_moment(StopEarly, losses, warm_up, said)


def _expect_stop(StopEarly: Any) -> None:
    """Expect a stop when the dev loss rises, whatever the train loss does."""
    rising = [round(0.5 + 0.05 * k, 2) for k in range(10)]
    if _stops_at(StopEarly, rising, warm_up=0, patience=3) is not None:
        return
    if _stops_at(StopEarly, rising, train_losses=rising, warm_up=0, patience=3) is not None:
        wrong(
            "train-loss",
            "It goes by the train loss. That falls on and on while the dev loss rises, and so "
            "training never stops: ask `dev_loss`.",
        )
    wrong(
        "never-stops",
        "It never stops, though the dev loss rises all the time. What ends training is "
        '`runner.stop("why")`.',
    )


MOMENTS: tuple[tuple[list[float], int, dict[int | None, tuple[str, str]]], ...] = (
    ([0.5, 0.6, 0.7, 0.8, 0.9, 1.0], 0, {
        3: ("off-by-one", "It stops one evaluation too early."),
        5: ("off-by-one", "It stops one evaluation too late: at the patience-th, not after it."),
    }),
    ([0.9, 0.8, 0.85, 0.7, 0.75, 0.6, 0.65, 0.66, 0.67, 0.68], 0, {
        7: ("never-reset", "Evaluations count in a row: a better loss sets the count back to 0."),
    }),
    ([0.9, 0.5, 0.7, 0.65, 0.6, 0.55, 0.54, 0.53], 0, {
        None: ("compares-with-the-last", "It compares with the evaluation before, not with the "
               "best of all."),
    }),
    ([0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 0, {
        None: ("equal-is-better", "The same loss again is no improvement."),
    }),
    ([0.9, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.78, 0.76, 0.74, 0.72, 0.7], 6, {
        5: ("counts-the-warm-up", "It counts evaluations of the warm-up, too."),
        6: ("warm-up-in-steps", "The warm-up is a number of evaluations, not of steps: here, an "
            f"evaluation comes every {EVERY} steps."),
        7: ("counts-the-warm-up", "It counts evaluations of the warm-up, too."),
        8: ("warm-up-off-by-one", "The warm-up ends one evaluation too early."),
        10: ("warm-up-off-by-one", "The warm-up ends one evaluation too late."),
        None: ("forgets-the-warm-up", "The best loss may lie in the warm-up; remember it."),
    }),
    ([0.4, 0.9, 0.85, 0.8, 0.75, 0.7, 0.65], 2, {
        None: ("last-of-the-warm-up", "Of the warm-up it remembers the last loss, not the lowest."),
    }),
)  # fmt: skip


def _expect_moment(
    StopEarly: Any,
    losses: list[float],
    warm_up: int,
    said: dict[int | None, tuple[str, str]],
) -> None:
    expected = _stops_at(solutions.StopEarly, losses, warm_up=warm_up, patience=3)
    stopped = _stops_at(StopEarly, losses, warm_up=warm_up, patience=3)
    diagnosis, sentence = said.get(stopped, ("moment", "Not the right moment."))
    where = "never stops" if stopped is None else f"stops at evaluation {stopped}"
    expect(
        stopped == expected, diagnosis,
        f"{sentence} For warm_up = {warm_up}, patience = 3 and the dev losses {losses} it "
        f"{where}, expected {expected}.",
    )  # fmt: skip


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
    try:
        return stops_at(listener, runner, train_losses or falling, losses, eval_epochs=EVERY)
    except WrongAnswer as fault:
        if "NoneType" not in fault.sentence:
            raise
        wrong(
            "compares-none",
            "At the first evaluation there is no best loss yet, and None can't be compared with a "
            "number. Start from a loss that anything beats: np.inf.",
        )


STOPPING = Exercise(
    name="regularization/stopping",
    title="Stop in time",
    check=check_stop_early,
    solution=solutions.StopEarly,
    hints=(
        "It needs a memory: the best loss so far, from `np.inf` on, how many evaluations there "
        "were, and how many in a row were no better.",
        "A better loss is remembered and sets the count to 0, in the warm-up, too. Otherwise the "
        "count goes up, unless the warm-up lasts.",
        'When the count has reached `self.patience`: `runner.stop("why")`.',
    ),
    takeaway="The dev set has now chosen the moment: its loss flatters, and a test set is due.",
)
