"""What the exercises on optimizers share: a class that steps, asked for several steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.mistake import Mistake
from minidl.checking.verdicts import wrong

Array = npt.NDArray[Any]
EXACT: dict[str, Any] = {"rtol": 1e-9, "atol": 1e-12}  # no single precision, no rounding


def gradients(size: Any, number: int, seed: int, scale: float = 1.0) -> list[Array]:
    """Return gradients of changing size and sign, the same ones each time.

    Examples
    --------
    >>> [grad.shape for grad in gradients((2, 3), number=2, seed=0)]
    [(2, 3), (2, 3)]
    """
    rng = np.random.default_rng(seed)
    return [scale * rng.normal(size=size) * 10.0 ** rng.uniform(-1, 1) for _ in range(number)]


def expect_steps(answer: Any, reference: Any, start: Any, steps: Sequence[tuple[Any, ...]]) -> None:
    """Expect an object's `step(x, *arguments)` to return what a reference's does, step for step.

    Parameters
    ----------
    answer, reference : object
        The learner's object, and one of the solution.
    start : ndarray or float
        The first x; then each goes on from where the reference is.
    steps : sequence of tuple
        The further arguments of each step, the gradient first.
    """
    x = start
    for number, arguments in enumerate(steps, start=1):
        received = ask(answer.step, x, *arguments)
        expected = reference.step(x, *arguments)
        given = f"step {number} of {len(steps)}"
        expect_close(received, expected, what="the new x", given=given, **EXACT)
        x = expected


def expect_apart(one: Any, other: Any, arguments: tuple[Any, ...], mistake: Mistake) -> None:
    """Expect an object's first step to be the same after another object has taken some."""
    first = ask(one.step, *arguments)
    for factor in (-2.0, 3.0):
        ask(one.step, arguments[0], factor * arguments[1], *arguments[2:])
    received = ask(other.step, *arguments)
    if close(first, first) and not close(received, first, **EXACT):
        wrong(mistake)


def ask_for_nothing(function: Any, *args: Any) -> None:
    """Call a method that returns nothing, as `ask` does."""

    def call() -> str:
        function(*args)
        return "done"

    ask(call)
