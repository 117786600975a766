"""The exercise of the lesson "Training" on a listener that stops."""

from __future__ import annotations

from typing import Any

from minidl.checking.asking import make
from minidl.checking.exercise import Exercise
from minidl.checking.listening import expect_listener, stops_at
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.training import solutions as solutions
from minidl.lessons.training.task import (
    LR,
    small_task,
)
from minidl.losses import BCELoss
from minidl.optim import BatchGD
from minidl.train import Runner

WINDOW = 3


def check_stop_when_flat(StopWhenFlat: Any) -> None:
    """Check at which epoch a listener stops, for losses that fall, level out, or do neither."""
    expect_listener(StopWhenFlat, "on_epoch_end")
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
    falling = [9.0 - epoch for epoch in range(len(losses))]
    try:
        return stops_at(listener, runner, losses, dev_losses or falling)
    except WrongAnswer as fault:
        expect(
            not 0 < runner.epoch <= WINDOW or "IndexError" not in fault.sentence, "no-guard",
            f"In epoch {runner.epoch} there is no loss from `window` = {WINDOW} epochs before: do "
            f"nothing as long as there is none. ({fault.sentence})",
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
