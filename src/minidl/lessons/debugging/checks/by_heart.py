"""The check of the exercise "debugging/by-heart"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.verdicts import expect
from minidl.lessons.debugging import solutions
from minidl.lessons.debugging.mistakes.by_heart import MISTAKES

Array = npt.NDArray[Any]


class Learner:
    """Stands in for a training: a line through samples, at a high rate.

    The loss of a step depends on the samples, on their labels and on all steps before it, and it
    does not only fall, so that it tells what the steps were given.
    """

    def __init__(self) -> None:
        self.w = np.zeros(3)
        self.batches: list[Array] = []

    def __call__(self, X: Array, y: Array) -> float:
        """Return the loss on a batch, and take a step."""
        self.batches.append(X)
        error = X @ self.w - y
        self.w = self.w - 1.2 * X.T @ error / len(X)
        return float(np.mean(error**2))


@dataclass(frozen=True)
class Task:
    """So many samples, of which so many are to be learned in so many steps."""

    samples: int
    count: int
    steps: int
    scale: float = 1.0

    def sets(self) -> tuple[Array, Array]:
        """Return samples and labels."""
        rng = np.random.default_rng([self.samples, self.steps])
        return rng.normal(size=(self.samples, 3)), self.scale * rng.normal(size=self.samples)


TASKS = (
    Task(12, 3, 2), Task(12, 4, 3, scale=40.0), Task(7, 4, 5), Task(20, 6, 1), Task(9, 2, 4),
    Task(16, 5, 7), Task(60, 30, 3), Task(5, 5, 6),
)  # fmt: skip


def check_by_heart(by_heart: Any) -> None:
    """Check the last loss on a few samples that have been learned again and again."""
    for task in TASKS:
        learner = Learner()
        loss = ask(by_heart, learner, *task.sets(), task.count, task.steps)
        same = all(np.array_equal(X, learner.batches[0]) for X in learner.batches)
        expect(same, MISTAKES["new-ones-each-time"])
        expect_close(
            expect_number(loss, what="the last loss"),
            solutions.by_heart(Learner(), *task.sets(), task.count, task.steps),
            what="the last loss",
            given=f"{task.samples} samples, count = {task.count}, steps = {task.steps}",
            atol=0,
        )


BY_HEART = Exercise(
    name="debugging/by-heart",
    title="A few samples by heart",
    check=check_by_heart,
    solution=solutions.by_heart,
    mistakes=MISTAKES,
    hints=(
        "The same few samples in every step: what varies is only the model.",
        "A loop over `range(steps)`; in it `loss = step(X[:count], y[:count])`.",
        "After the loop, `return loss`: it is the last one.",
    ),
    takeaway="New images and too little data are no excuse here: who cannot do this has a fault.",
)
