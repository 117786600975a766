"""The check of the exercise "graph/step"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_two
from minidl.checking.mistake import Mistake
from minidl.checking.showing import show
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.graph import solutions as solutions
from minidl.lessons.graph.mistakes.step import MISTAKES
from minidl.lessons.graph.shared import as_number

Array = npt.NDArray[Any]
ABOVE = (3.0, 0.5, 2.0, 5.0, 0.5, 0.25)  # w, b, x, y, lr_w, lr_b, with the line above the point
BELOW = (0.0, 0.0, -2.0, 1.5, 0.5, 0.25)
RAISED = (1.0, 3.0, 2.0, 4.0, 0.5, 0.25)  # b alone lifts the line above the point
LIFTED = (-2.0, 5.0, 1.5, 1.0, 0.25, 0.5)
ON = (2.0, 1.0, 3.0, 7.0, 0.5, 0.25)


CLOSE = tuple((0.0, 0.0, 2.0, y, 0.5, 0.25) for y in (1e-6, -1e-6, 1e-12, -1e-100, 0.003, -0.4))
FURTHER = (
    (0.123456789, -0.7, 1.5, 40.0, 0.05, 0.1),
    (-3.0, 0.25, -0.0625, -700.0, 1e-3, 2.0),
    (1e3, -5000.123456789, 6e7, 0.5, 7.0, 1e-4),
    (0.3, 0.2, 0.0, 5.0, 0.7, 0.03),
)


def check_step(step: Any) -> None:
    """Check one step of the machine, on both sides of the line and on it."""
    for args in (ABOVE, BELOW, RAISED, LIFTED):
        _expect_step(step, args)
    for args in CLOSE:
        _expect_step(step, args, "the new pair near the line", MISTAKES["soft-sign"])
    for args in FURTHER:
        _expect_step(step, args)
    w, b = pair = _on_the_line(lambda: _ask_pair(step, ON))
    expect(bool(np.allclose(pair, ON[:2])), MISTAKES["moves-at-zero"], w=show(w), b=show(b))


def _on_the_line(ask_there: Callable[[], Array]) -> Array:
    """Return the pair at an error of 0, by which nothing can be divided."""
    try:
        pair = ask_there()
    except WrongAnswer as fault:
        if "ZeroDivisionError" not in fault.sentence:
            raise
        wrong(MISTAKES["divides-by-zero"], found=fault.sentence)
    expect(
        bool(np.isfinite(pair).all()),
        MISTAKES["divides-by-zero"],
        found="The new line is not finite.",
    )
    return pair


def _expect_step(
    step: Any,
    args: tuple[float, ...],
    what: str = "the new pair (w, b)",
    diagnosis: Mistake | str = "step",
) -> None:
    names = ("w", "b", "x", "y", "lr_w", "lr_b")
    expect_close(
        _ask_pair(step, args), solutions.step(*args), names=("the new w", "the new b"),
        given=", ".join(f"{name} = {show(n)}" for name, n in zip(names, args, strict=True)),
        what=what, diagnosis=diagnosis, rtol=1e-12, atol=1e-14,
    )  # fmt: skip


def _ask_pair(step: Any, args: tuple[float, ...]) -> Array:
    pair = ask(step, *args)
    pair = pair.tolist() if isinstance(pair, np.ndarray) else pair  # two numbers may come so, too
    return np.array([as_number(n) for n in expect_two(pair, "two numbers, `return w, b`")])


STEP = Exercise(
    name="graph/step",
    title="A step by hand",
    check=check_step,
    solution=solutions.step,
    mistakes=MISTAKES,
    hints=(
        "You have seen both gradients in the stepper: they are products of local derivatives.",
        "With e = w·x + b − y they are sign(e)·x for w and sign(e) for b. `np.sign` has it.",
        "`return w - lr_w * s * x, b - lr_b * s`, where s is the sign of the error.",
    ),
    takeaway="The size of the error is nowhere in it. Keep that in mind.",
)
