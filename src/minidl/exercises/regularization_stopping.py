"""The exercise on early stopping in the lesson "Regularization"."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from minidl.exercises.asking import ask, make
from minidl.exercises.exercise import Exercise
from minidl.exercises.regularization_training import LR, small_model
from minidl.exercises.showing import describe_answer
from minidl.exercises.solutions import regularization as solutions
from minidl.exercises.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.losses import MSELoss
from minidl.optim import BatchGD
from minidl.train import Listener, Runner

Array = npt.NDArray[Any]


def check_stop_early(StopEarly: Any) -> None:
    """Check at which evaluation a listener stops, for losses made up to tell mistakes apart."""
    expect(
        isinstance(StopEarly, type) and issubclass(StopEarly, Listener), "not-a-listener",
        f"Expected a subclass of Listener, received {describe_answer(StopEarly)}.",
    )  # fmt: skip
    hook = StopEarly.on_evaluate_end
    if hook is Listener.on_evaluate_end:
        wrong("no-hook", "Expected a method `on_evaluate_end(self, runner)`, found none.")
    code = getattr(hook, "__code__", None)
    if code is not None and not code.co_names:  # it uses nothing of the runner
        raise NotAttempted
    falling = [round(0.9 - 0.05 * k, 2) for k in range(10)]
    stopped = _stops_at(StopEarly, falling, warm_up=0, patience=3)
    sentence = f"It stops at evaluation {stopped} of losses that fall all the time: {falling}."
    expect(stopped is None, "stops-while-falling", sentence)
    rising = [round(0.5 + 0.05 * k, 2) for k in range(10)]
    expect(
        _stops_at(StopEarly, rising, warm_up=0, patience=3) is not None, "never-stops",
        "It never stops, though the dev loss rises all the time. What ends training is "
        '`runner.stop("why")`.',
    )  # fmt: skip
    for losses, warm_up, said in MOMENTS:
        _expect_moment(StopEarly, losses, warm_up, said)


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
    ([0.9, 0.5, 0.6, 0.7, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55], 4, {
        5: ("counts-the-warm-up", "It counts evaluations of the warm-up, too."),
        None: ("forgets-the-warm-up", "The best loss may lie in the warm-up; remember it."),
    }),
)  # fmt: skip


def _expect_moment(
    StopEarly: Any,
    losses: list[float],
    warm_up: int,
    said: dict[int | None, tuple[str, str]],
) -> None:
    stopped = _stops_at(StopEarly, losses, warm_up=warm_up, patience=3)
    expected = _stops_at(solutions.StopEarly, losses, warm_up=warm_up, patience=3)
    diagnosis, sentence = said.get(stopped, ("moment", "Not the right moment."))
    where = "never stops" if stopped is None else f"stops at evaluation {stopped}"
    expect(
        stopped == expected, diagnosis,
        f"{sentence} For warm_up = {warm_up}, patience = 3 and the dev losses {losses} it "
        f"{where}, expected {expected}.",
    )  # fmt: skip


def _stops_at(StopEarly: Any, losses: list[float], *, warm_up: int, patience: int) -> int | None:
    """Return the evaluation at which the listener stops training, for made-up dev losses."""
    model = small_model()
    listener = make(StopEarly, warm_up, patience)
    runner = Runner(model, BatchGD(model, lr=LR), MSELoss(), metric=None)
    for step, loss in enumerate(losses, start=1):
        runner.epoch = runner.step = step
        runner.history.record_train(step, loss=loss / 2, score=None)
        runner.history.record_dev(step, loss, None)
        _tell(listener, runner)
        if runner.stop_reason is not None:
            return step
    return None


def _tell(listener: Any, runner: Runner) -> None:
    try:
        ask(lambda: (listener.on_evaluate_end(runner), "done")[1])
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
