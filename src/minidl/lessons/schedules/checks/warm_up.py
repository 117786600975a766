"""The check of the exercise "schedules/warm-up"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import expect
from minidl.lessons.schedules import solutions
from minidl.lessons.schedules.mistakes.warm_up import MISTAKES
from minidl.schedules import Schedule

LENGTHS = ((4, 10), (7, 26), (1, 6), (20, 45), (100, 130))


def check_warm_wave(warm_wave: Any) -> None:
    """Check every rate of several trainings, the last step included."""
    for warm_steps, num_steps in LENGTHS:
        for base_lr in (1.0, 0.03, 500.0):
            schedule = ask(warm_wave, warm_steps, num_steps)
            expect(
                isinstance(schedule, Schedule),
                MISTAKES["not-a-schedule"],
                answer=describe_answer(schedule),
            )
            expect_close(
                _rates(schedule, base_lr, num_steps),
                _rates(solutions.warm_wave(warm_steps, num_steps), base_lr, num_steps),
                at=_places(warm_steps, num_steps, base_lr),
                what="the rate",
                rtol=1e-9,
                atol=1e-12 * base_lr,
            )


def _places(warm_steps: int, num_steps: int, base_lr: float) -> dict[str, Any]:
    """Return what each rate was computed from, for the example."""
    same = {"warm_steps": warm_steps, "num_steps": num_steps, "base_lr": base_lr}
    every = {name: np.full(num_steps + 1, value) for name, value in same.items()}
    return {**every, "step": np.arange(num_steps + 1)}


def _rates(schedule: Schedule, base_lr: float, num_steps: int) -> Any:
    steps = range(num_steps + 1)
    rates = ask(lambda: [schedule.lr_at(step, base_lr) for step in steps])
    return np.array([expect_number(rate, what="the rate") for rate in rates])


WARM_UP = Exercise(
    name="schedules/warm-up",
    title="Warm up, then a wave",
    check=check_warm_wave,
    solution=solutions.warm_wave,
    mistakes=MISTAKES,
    hints=(
        "Two schedules, one after the other: `SequentialLR([first, second], milestones=[…])`.",
        "`LinearLR(0.01, total_iters=warm_steps)` is the first; how long is the second?",
        "`CosineAnnealingLR(num_steps - warm_steps)`, and the milestone is `warm_steps`.",
    ),
    takeaway="Schedules are functions of time, so they can be joined like pieces of a track.",
)
