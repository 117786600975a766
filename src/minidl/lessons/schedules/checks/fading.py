"""The check of the exercise "schedules/fading"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask, make
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, expect
from minidl.lessons.schedules import solutions
from minidl.lessons.schedules.mistakes.fading import MISTAKES
from minidl.lessons.schedules.shared import EXACT
from minidl.nn import Linear, Sequential
from minidl.optim import SGD

CASES = (
    ((0.8, 0.4), 0.5, (1, 2, 3, 0)),
    ((0.8, 0.4), 0.5, (0, 0, 1, 1, 1, 2)),
    ((0.3,), 0.9, (5, 2, 2, 0, 7)),
    ((1e-5, 30.0, 2.0), 0.7, (4, 1, 6, 3, 12)),
    ((2e4, 0.1, 0.6, 1.0, 3.0), 0.35, (11, 0, 5, 2)),
    ((0.2, 0.7), 1.1, (3, 3, 20)),
)
"""First rates, γ, and the epochs that are asked for."""


def check_fading(Fading: Any) -> None:
    """Check the rates of all groups at epochs in any order."""
    for first, gamma, epochs in CASES:
        received = _rates(Fading, first, gamma, epochs)
        expected = _rates(solutions.Fading, first, gamma, epochs)
        expect_close(
            received,
            expected,
            what="the rates",
            given=f"first rates {list(first)}, gamma = {gamma:g} and set_rates called for the "
            f"epochs {', '.join(map(str, epochs))}, a row each",
            **EXACT,
        )


def _rates(Fading: Any, first: tuple[float, ...], gamma: float, epochs: tuple[int, ...]) -> Any:
    """Return the rates that each call returns, which have to be those that it sets."""
    layers = [Linear(1, 1, bias=False, rng=0, name=f"fc{place}") for place in range(len(first))]
    parameters = Sequential(*layers).parameters()
    groups = [{"params": [p], "lr": lr} for p, lr in zip(parameters, first, strict=True)]
    optimizer = SGD(groups, lr=0.1)
    fading = make(Fading, optimizer, gamma)
    return np.array([_set(fading, optimizer, epoch) for epoch in epochs])


def _set(fading: Any, optimizer: SGD, epoch: int) -> Any:
    before = _found(optimizer)
    try:
        returned = ask(fading.set_rates, epoch)
    except NotAttempted:
        expect(_found(optimizer) == before, MISTAKES["returns-nothing"])
        raise
    rates = _as_rates(returned, len(before))
    expect(np.array_equal(rates, _found(optimizer)), MISTAKES["not-set"])
    return rates


def _as_rates(returned: Any, groups: int) -> Any:
    """Return a list of rates as an array of one for each group."""
    if isinstance(returned, np.ndarray) and returned.ndim == 1:
        returned = list(returned)
    is_list = isinstance(returned, (list, tuple)) and len(returned) == groups
    expect(is_list, MISTAKES["not-a-list"], groups=groups, answer=describe_answer(returned))
    return np.array([expect_number(rate, what="each rate in the list") for rate in returned])


def _found(optimizer: SGD) -> list[float]:
    return [group["lr"] for group in optimizer.param_groups]


FADING = Exercise(
    name="schedules/fading",
    title="Find two faults: a rate that forgets where it was",
    check=check_fading,
    solution=solutions.Fading,
    mistakes=MISTAKES,
    hints=(
        "What does the rate depend on now: on the epoch, or on how often somebody has called?",
        "Remember the first rate of each group in `__init__`.",
        '`group["lr"] = base_lr * self.gamma**epoch`, for each group and its own base rate.',
    ),
    takeaway="A rate computed from the epoch is the same however often it is asked for.",
)
