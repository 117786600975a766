"""The check of the exercise "ctc/forward"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.lessons.ctc import solutions
from minidl.lessons.ctc.mistakes.forward import MISTAKES
from minidl.numerics import log_softmax

Array = npt.NDArray[Any]
Moment = tuple[Array, Array, Array]

LABELS = (
    *((1,), (2,), (1, 2), (2, 2), (1, 2, 1), (2, 2, 2), (3, 1, 1, 2)),
    *((4, 3, 3, 3, 1), (1, 2, 3, 4, 5, 6), (6, 6, 5, 2, 2, 1, 1)),
)


def moments() -> list[Moment]:
    """Return what is known before a moment, the short labels first; then what is rare or tiny."""
    plain = [_moment(label, seed) for seed, label in enumerate(LABELS)]
    early = [_moment(label, 20 + seed, reached=2) for seed, label in enumerate(LABELS)]
    tiny = [_moment(label, 40 + seed, far=3000.0) for seed, label in enumerate(LABELS)]
    return [*plain, *early, *tiny]


def _moment(
    label: tuple[int, ...], seed: int, reached: int | None = None, far: float = 0.0
) -> Moment:
    rng = np.random.default_rng(seed)
    states = np.zeros(2 * len(label) + 1, int)
    states[1::2] = label
    before = -far - 3 * rng.random(len(states))
    if reached is not None:
        before[reached:] = -np.inf
    log_probs = log_softmax(2 * rng.standard_normal(max(label) + 1 + int(rng.integers(0, 3))))
    return before, log_probs, states


MOMENTS = moments()


def check_forward(forward_step: Any) -> None:
    """Check one moment of the recursion: every label, states not yet reached, tiny numbers."""
    first = MOMENTS[0]
    expect_array(ask(forward_step, *first), shape=first[0].shape, what="the new array")
    expect_same(forward_step, solutions.forward_step, *MOMENTS, what="the new array")


FORWARD = Exercise(
    name="ctc/forward",
    title="One moment of the recursion",
    check=check_forward,
    solution=solutions.forward_step,
    mistakes=MISTAKES,
    hints=(
        "Collect for each state where a path can come from: `before[s]`, from the second state "
        "on `before[s - 1]`, and sometimes `before[s - 2]`.",
        "The jump needs `s > 1` and `states[s] != states[s - 2]`; between two blanks that is "
        "never so.",
        "`log_probs[states[s]] + np.logaddexp.reduce(origins)` is the new number of state s.",
    ),
    takeaway="A path need not be told apart from others in the same state: they go on alike.",
)
