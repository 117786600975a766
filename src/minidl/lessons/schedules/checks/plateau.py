"""The check of the exercise "schedules/plateau"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask, make
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.verdicts import NotAttempted, expect, wrong
from minidl.lessons.schedules import solutions
from minidl.lessons.schedules.mistakes.plateau import MISTAKES
from minidl.lessons.schedules.shared import EXACT, drawn

FLAT = [3.0, 2.0, 2.5, 2.4, 2.6, 2.3, 2.2, 2.1, 2.0, 2.0, 2.2]
STOPS_AND_GOES = [3.0, 2.0, 2.5, 2.1, 1.9, 2.0, 1.8, 1.9, 1.95, 1.7, 1.8, 1.9]
RISING = [1.0, 2.0, 3.0, 2.0, 3.0, 2.5, 3.5, 2.5, 3.5, 4.0]
HUGE = [4e9, 3e9, 3.5e9, 2e9, 2e9, 2e9, 1e9, 3e9, 3e9, 1e9]
CASES = (
    (RISING, 2, 0.1, 0.8), (FLAT, 2, 0.1, 0.8), (STOPS_AND_GOES, 2, 0.1, 0.8),
    (FLAT, 1, 0.5, 2.0), (RISING, 3, 0.3, 0.01), (STOPS_AND_GOES, 1, 0.25, 1e-6),
    ([5.0] * 9, 3, 0.7, 400.0), ([4.0, 5.0, 6.0, 5.0, 3.0, 4.0], 0, 0.2, 0.3), (HUGE, 1, 0.6, 3e4),
)  # fmt: skip
"""Losses, patience, factor and the first rate."""


def check_plateau(Plateau: Any) -> None:
    """Check the rates after many losses, and that two plateaus keep apart."""
    twice = [_rates(Plateau, *CASES[0]) for _ in range(2)]
    expect(np.array_equal(*twice), MISTAKES["shared"])
    for losses, patience, factor, lr in (*CASES, *_more()):
        rates = _rates(Plateau, losses, patience, factor, lr)
        expect_close(
            rates,
            _rates(solutions.Plateau, losses, patience, factor, lr),
            what="the rates",
            given=f"patience = {patience}, factor = {factor:.3g}, the first rate {lr:.3g} and the "
            f"losses {[float(f'{loss:.3g}') for loss in losses]}",
            **EXACT,
        )
    _expect_apart(Plateau)


def _more() -> Any:
    """Yield drawn losses of all sizes, patiences and factors."""
    for rng, scale in drawn(6):
        losses = scale * (1 + rng.permutation(14)) / 7
        yield losses.tolist(), int(rng.integers(1, 5)), float(rng.uniform(0.1, 0.9)), 1 / scale


def _rates(Plateau: Any, losses: list[float], patience: int, factor: float, lr: float) -> Any:
    """Return the rate after each loss, each handed over with the next."""
    plateau = make(Plateau, patience, factor)
    return np.array(list(_follow(plateau, losses, lr)))


def _follow(plateau: Any, losses: list[float], rate: float) -> Any:
    answered = False
    for loss in losses:
        try:
            rate = expect_number(ask(plateau.rate_after, loss, rate), what="the rate")
        except NotAttempted as blank:
            if not blank.dots and (answered or _answers_later(plateau)):
                wrong(MISTAKES["returns-nothing"], loss=loss)
            raise
        answered = True
        yield rate


def _answers_later(plateau: Any) -> bool:
    """Return whether a method that returned nothing returns a rate after enough bad losses."""
    for _ in range(9):
        try:
            ask(plateau.rate_after, 1e9, 0.8)
        except NotAttempted:
            continue
        return True
    return False


def _expect_apart(Plateau: Any) -> None:
    """Expect two plateaus that take turns to find what each would alone."""
    pair = [make(Plateau, 1, 0.5) for _ in range(2)]
    turns = [_follow(pair[0], FLAT, 0.8), _follow(pair[1], RISING, 0.8)]
    found = np.transpose(list(zip(*turns, strict=False)))
    for rates, losses in zip(found, (FLAT, RISING), strict=True):
        alone = _rates(solutions.Plateau, losses, 1, 0.5, 0.8)[: len(rates)]
        expect(np.allclose(rates, alone, rtol=1e-9), MISTAKES["shared"])


PLATEAU = Exercise(
    name="schedules/plateau",
    title="A plateau",
    check=check_plateau,
    solution=solutions.Plateau,
    mistakes=MISTAKES,
    hints=(
        "It has to remember two things: the best loss so far, and how many in a row were not "
        "better.",
        "A better loss sets the best and takes the count back to 0; any other adds 1.",
        "When the count is above `self.patience`, set it to 0 and return `lr * self.factor`; "
        "otherwise return `lr`.",
    ),
    takeaway="It acts on what training finds, so it needs a memory, and a checkpoint must hold it.",
)
