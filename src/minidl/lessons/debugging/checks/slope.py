"""The check of the exercise "debugging/slope"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.verdicts import expect
from minidl.lessons.debugging import solutions
from minidl.lessons.debugging.mistakes.slope import MISTAKES
from minidl.parameter import Parameter


@dataclass(frozen=True)
class Task:
    """A loss of some parameters, a sum of powers, and what has been done to its gradient."""

    shapes: tuple[tuple[int, ...], ...]
    h: float
    factor: float = 1.0
    seed: int = 0
    turned: bool = False

    def parts(self) -> tuple[Any, list[Parameter]]:
        """Return the loss and the parameters, made anew."""
        rng = np.random.default_rng(self.seed)
        values = [rng.normal(size=shape) for shape in self.shapes]
        lines = [rng.normal(size=shape) for shape in self.shapes]
        parameters = []
        for number, (value, line) in enumerate(zip(values, lines, strict=True)):
            grad = self.factor * (3 * value**2 + line)
            grad = np.roll(grad, 1) if self.turned else grad
            parameters.append(Parameter(f"fc{number}.W", "W", {"W": value}, {"W": grad}))

        def loss() -> float:
            pairs = zip(values, lines, strict=True)
            return float(sum(np.sum(value**3 + line * value) for value, line in pairs))

        return loss, parameters


TASKS = (
    Task(((2, 4), (4, 1)), 1e-2, factor=50.0, seed=1),
    Task(((2, 3),), 1e-3),
    Task(((4, 5), (1, 5), (5, 2), (1, 2)), 1e-2, factor=-1.0, seed=2),
    Task(((6, 4), (1, 4), (4, 4)), 0.1, seed=3, turned=True),
    Task(((3, 2), (2, 5), (1, 5), (5, 6), (1, 6)), 0.3, factor=0.02, seed=4),
    Task(((7, 3), (1, 3)), 0.05, factor=-20.0, seed=5),
)


def check_slope_ratio(slope_ratio: Any) -> None:
    """Check the ratio for gradients that are right, scaled, turned, and of many arrays."""
    for task in TASKS:
        loss, parameters = task.parts()
        ratio = expect_number(ask(slope_ratio, loss, parameters, task.h), what="the ratio")
        count = len(task.shapes)
        names = f"{count} parameter{'s' * (count > 1)}, h = {task.h:g}"
        expected = solutions.slope_ratio(*task.parts(), task.h)
        expect_close(ratio, expected, what="the ratio", given=names, rtol=1e-9, atol=0)
        _expect_as_before(parameters, task)


def _expect_as_before(parameters: list[Parameter], task: Task) -> None:
    before = task.parts()[1]
    for after, right in zip(parameters, before, strict=True):
        expect(close(after.value, right.value, rtol=1e-13, atol=1e-14), MISTAKES["left-moved"])
        expect(close(after.grad, right.grad), MISTAKES["changes-gradients"])


SLOPE = Exercise(
    name="debugging/slope",
    title="Is the gradient the slope?",
    check=check_slope_ratio,
    solution=solutions.slope_ratio,
    mistakes=MISTAKES,
    hints=(
        "The size of all gradients together: the root of the sum of the squares of all their "
        "numbers.",
        "Move every `p.value` by `h * p.grad / size`, ask for `loss()`, and move back; then with "
        "`-h`.",
        "The slope is the difference of both losses over `2 * h`; return `size / slope`.",
    ),
    takeaway="One number for all weights, whose blind spot is a gradient of 0 that should be none.",
)
