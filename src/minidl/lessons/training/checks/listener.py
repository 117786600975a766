"""The check of the exercise "training/listener"."""

from __future__ import annotations

from typing import Any

from minidl.checking.asking import make
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.listening import expect_listener, stops_at
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.training import solutions as solutions
from minidl.lessons.training.mistakes.listener import MISTAKES
from minidl.lessons.training.shared import LR, small_task
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
    expect(stopped is None, MISTAKES["stops-while-falling"], stopped=stopped)
    if _stops_at(StopWhenFlat, flat) is None and _stops_at(StopWhenFlat, steady, flat) is not None:
        wrong(MISTAKES["dev-loss"])
    expect(_stops_at(StopWhenFlat, flat) is not None, MISTAKES["never-stops"])
    expect_close(
        _stops_at(StopWhenFlat, flat), _stops_at(solutions.StopWhenFlat, flat),
        what="the epoch", given=f"the losses {flat}, the epoch at which it stops",
        diagnosis=MISTAKES["moment"],
    )  # fmt: skip
    _expect_less(StopWhenFlat)


def _expect_less(StopWhenFlat: Any) -> None:
    """Expect a rise to count as flat, and a fall by exactly the tolerance not to."""
    rising = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    expect(_stops_at(StopWhenFlat, rising) == 4, MISTAKES["sign-lost"], rising=rising)
    exact = [1 - epoch / 16 for epoch in range(9)]  # falls by 3/16 in 3 epochs, without rounding
    expect(_stops_at(StopWhenFlat, exact, tolerance=3 / 16) is None, MISTAKES["not-less"])


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
            not 0 < runner.epoch <= WINDOW or "IndexError" not in fault.sentence,
            MISTAKES["no-guard"],
            epoch=runner.epoch,
            window=WINDOW,
            error=fault.sentence,
        )
        raise


STOP_WHEN_FLAT = Exercise(
    name="training/listener",
    title="A listener that stops",
    check=check_stop_when_flat,
    solution=solutions.StopWhenFlat,
    mistakes=MISTAKES,
    hints=(
        "`runner.history.train_loss` is a list with one number for each epoch so far.",
        "In the first epochs there is no loss from `window` epochs before: do nothing then.",
        "`if len(losses) > self.window and losses[-1 - self.window] - losses[-1] < "
        'self.tolerance:`, then `runner.stop("the loss is flat")`.',
    ),
    takeaway="A listener needs five lines, and the loop does not need to know that it exists.",
)
