"""The check of the exercise "promises/adadelta"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask, make
from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.verdicts import wrong
from minidl.lessons.promises import solutions
from minidl.lessons.promises.mistakes.adadelta import MISTAKES

Array = npt.NDArray[Any]
EXACT: dict[str, Any] = {"rtol": 1e-9, "atol": 1e-12}


def slopes(size: Any, number: int, seed: int, scale: float = 1.0) -> list[Array]:
    """Return slopes of changing size and sign, the same ones each time."""
    rng = np.random.default_rng(seed)
    return [scale * rng.normal(size=size) * 10.0 ** rng.uniform(-1, 1) for _ in range(number)]


CASES: tuple[tuple[tuple[float, float], Any, list[Any]], ...] = (
    ((0.5, 0.01), 2.0, [4.0, 4.0, -1.0]),
    ((0.9, 1e-6), np.array([1.5]), slopes(1, 4, 1)),
    ((0.8, 0.3), np.array([0.3, -2.0, 5.0]), slopes(3, 6, 2)),
    ((0.95, 1e-3), np.ones((2, 4)), slopes((2, 4), 5, 3, scale=100.0)),
    ((0.0, 0.02), np.zeros((7, 1)), slopes((7, 1), 7, 4, scale=0.01)),
    ((0.63, 2.0), np.full((5, 5), -3e3), slopes((5, 5), 4, 6)),
    ((0.99, 0.5), 7.0, [3.0, -1.0, 2e4, 1e-3, -7.0]),
)
"""ρ and ε; where it begins; and the slopes of its steps."""


def check_adadelta(my_adadelta: Any) -> None:
    """Check Adadelta's steps, and that two objects stay apart."""
    one, other = (make(my_adadelta, 0.5, 0.01) for _ in range(2))
    first = ask(one.step, 1.0, 4.0)
    ask(one.step, 1.0, -8.0)
    again = ask(other.step, 1.0, 4.0)
    if close(first, first) and not close(again, first, **EXACT):
        wrong(MISTAKES["shared"])
    for options, start, grads in CASES:
        _check_steps(make(my_adadelta, *options), solutions.MyAdadelta(*options), start, grads)


def _check_steps(answer: Any, reference: Any, x: Any, grads: list[Any]) -> None:
    """Compare step for step; each begins where the reference is."""
    for number, grad in enumerate(grads, start=1):
        received, expected = ask(answer.step, x, grad), reference.step(x, grad)
        given = f"step {number} of {len(grads)}, ρ = {reference.rho:g}, ε = {reference.eps:g}"
        expect_close(received, expected, what="the new x", given=given, **EXACT)
        x = expected


ADADELTA = Exercise(
    name="promises/adadelta",
    title="Steps in the unit of x",
    check=check_adadelta,
    solution=solutions.MyAdadelta,
    mistakes=MISTAKES,
    hints=(
        "Two averages go from step to step, s of squared slopes and D of squared steps; both "
        "begin at 0.",
        "First s takes the new slope in, then d is made with the old D, then D takes d in.",
        "`d = np.sqrt(self.D + self.eps) / np.sqrt(self.s + self.eps) * grad`.",
    ),
    takeaway="No rate anywhere. What sets the length of the first step, then?",
)
