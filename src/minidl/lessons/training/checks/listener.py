"""The check of the exercise "training/listener"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.checking.asking import make
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.listening import expect_listener, stops_at
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.training import solutions as solutions
from minidl.lessons.training.mistakes.listener import MISTAKES
from minidl.lessons.training.shared import LR, in_training, small_task
from minidl.losses import BCELoss
from minidl.optim import BatchGD
from minidl.train import History, Runner

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
    if _stops_at(StopWhenFlat, flat) is None:
        _say_why_it_goes_on(StopWhenFlat)
    for losses in (flat, [2.0, 1.5, 1.25, 1.24, 1.235, 1.232, 1.231, 1.23, 1.2295]):
        given = f"the losses {losses}, the epoch at which it stops"
        _expect_moment(StopWhenFlat, losses, what="the epoch", given=given)
    _expect_less(StopWhenFlat)
    for losses, window, tolerance in _drawn():
        _expect_moment(
            StopWhenFlat, losses, what="the epoch, with other numbers",
            given=f"window = {window}, tolerance = {tolerance:g} and the losses {losses}, the "
            "epoch at which it stops (0: it never does)",
            window=window, tolerance=tolerance,
        )  # fmt: skip


def _expect_moment(
    StopWhenFlat: Any, losses: list[float], *, what: str, given: str, **options: Any
) -> None:
    """Expect a listener to stop at the same epoch as the solution, or like it never."""
    stopped, right = (
        _stops_at(kind, losses, **options) or 0 for kind in (StopWhenFlat, solutions.StopWhenFlat)
    )
    expect_close(stopped, right, what=what, given=given, diagnosis=MISTAKES["moment"])


def _say_why_it_goes_on(StopWhenFlat: Any) -> None:
    """End the check of a listener that did not stop where the losses level out."""
    late = _stops_at(StopWhenFlat, [0.5] * 60)
    first = late is not None and _stops_at(StopWhenFlat, [0.9, *[0.5] * 60]) is None
    expect(not first, MISTAKES["compares-with-the-first"])
    expect(late is None, MISTAKES["numbers-by-heart"], late=late)
    wrong(MISTAKES["never-stops"])


def _drawn() -> Iterator[tuple[list[float], int, float]]:
    """Yield losses of all sizes that fall ever more slowly, with windows and tolerances."""
    rng = np.random.default_rng(6)
    for case, scale in enumerate((1.0, 1e-5, 1e7, 300.0, 1.0, 1.0)):
        falls = rng.uniform(0.2, 1, size=12) * 0.8 ** np.arange(12)
        losses = scale * (6 - np.cumsum(falls))
        yield [float(f"{loss:.9g}") for loss in losses], 1 + case, scale * (0.3 + 0.1 * case)
    yield [round(5 - 0.1 * min(epoch, 20), 1) for epoch in range(40)], 15, 0.85


def _expect_less(StopWhenFlat: Any) -> None:
    """Expect a rise to count as flat, and a fall by exactly the tolerance not to."""
    rising = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    stopped = _stops_at(StopWhenFlat, rising)
    expect(stopped is not None, MISTAKES["sign-lost"], rising=rising)
    expect(stopped == WINDOW + 1, MISTAKES["guard"], stopped=stopped, window=WINDOW)
    exact = [1 - epoch / 16 for epoch in range(9)]  # falls by 3/16 in 3 epochs, without rounding
    expect(_stops_at(StopWhenFlat, exact, tolerance=3 / 16) is None, MISTAKES["not-less"])


def _stops_at(
    StopWhenFlat: Any,
    losses: list[float],
    dev_losses: list[float] | None = None,
    *,
    window: int = WINDOW,
    tolerance: float = 0.03,
) -> int | None:
    """Return the epoch at which the listener stops training, for made-up losses.

    Without dev losses, those keep falling.
    """
    model, _, _ = small_task()
    listener = make(StopWhenFlat, window=window, tolerance=tolerance)
    runner = Runner(model, BatchGD(model, lr=LR), BCELoss(), metric=None)
    falling = [9.0 - epoch for epoch in range(len(losses))]
    before = model.state_dict()
    try:
        stopped = stops_at(listener, runner, losses, dev_losses or falling)
    except WrongAnswer as fault:
        if "IndexError" in fault.sentence and runner.epoch:
            name = "no-guard" if runner.epoch <= window else "counts-from-1"
            wrong(MISTAKES[name], epoch=runner.epoch, window=window, error=fault.sentence)
        raise
    _expect_untouched(runner, losses[:stopped], dev_losses or falling, before)
    return stopped


def _expect_untouched(
    runner: Runner, losses: list[float], dev_losses: list[float], before: dict[str, Any]
) -> None:
    """Expect a listener to have only looked: at the history, at the model, at the runner."""
    epochs, model = len(losses), runner.model
    right = History()
    for step, pair in enumerate(zip(losses, dev_losses, strict=False), start=1):
        right.record_train(step, pair[0], None)
        right.record_dev(step, pair[1], None)
    expect(runner.history == right, MISTAKES["history-changed"])
    same = all(np.array_equal(value, before[name]) for name, value in model.state_dict().items())
    counts = runner.epoch, runner.step, runner.num_epochs, runner.optimizer.param_groups[0]["lr"]
    as_it_was = same and in_training(model) and counts == (epochs, epochs, len(dev_losses), LR)
    expect(as_it_was, MISTAKES["model-changed"])


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
