"""The check of the exercise "tuning/halve"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number, expect_two
from minidl.checking.verdicts import expect
from minidl.lessons.tuning import solutions
from minidl.lessons.tuning.mistakes.halve import MISTAKES

MOST = 2_000
"""More scores than any race needs, even if one setting is dropped at a time."""


class Race:
    """Settings whose scores depend on the epochs, and who was asked for how long.

    Parameters
    ----------
    count, epochs : int
        How many settings, and for how long they train at first.
    seed : int
        Where the scores come from.
    lost : int
        How many of the first settings diverge, and score NaN.
    levels : int
        How many different scores there are; few make equals.
    """

    def __init__(
        self, count: int, epochs: int, seed: int, lost: int = 0, levels: int = 999
    ) -> None:
        rng = np.random.default_rng(seed)
        self.settings = rng.uniform(0.1, 9, count).tolist()
        self.epochs, self.seed, self.levels = epochs, seed, levels
        self.lost = self.settings[:lost]
        self.asked: list[tuple[float, int]] = []

    def score(self, setting: Any, epochs: Any) -> float:
        """Return the score of a setting after so many epochs."""
        self.asked.append((setting, epochs))
        if len(self.asked) > MOST:
            raise RuntimeError("too many scores. Does `settings` become shorter in each round?")
        if setting in self.lost or setting not in self.settings:
            return float("nan")
        place = self.settings.index(setting)
        rng = np.random.default_rng([self.seed, place, int(epochs)])
        return float(rng.integers(self.levels)) / self.levels - 0.5


def races() -> Iterator[Race]:
    """Yield races of a few and of many settings, with equals and with some that diverge."""
    yield from (Race(4, 5, 0), Race(3, 2, 1), Race(2, 7, 2), Race(8, 1, 3), Race(7, 3, 4))
    yield from (Race(1, 3, 1), Race(3, 9_999_999, 2))
    yield from (Race(40 + 9 * seed, 2, seed, levels=3) for seed in range(6))
    yield from (Race(8, 4, 5, lost=3), Race(6, 6, 6, lost=2), Race(5, 1, 7, lost=1))
    yield from (Race(6, 4, 10, levels=1), Race(5, 2, 10, levels=1), Race(9, 6, 10, levels=1))
    yield from (Race(12, 2, 8, levels=2), Race(7, 10, 9, levels=3), Race(11, 3, 9, levels=2))
    yield from (Race(16, 3, seed, lost=seed % 4) for seed in range(11, 17))


def check_halve(halve: Any) -> None:
    """Check who is left, and how many epochs it took."""
    for race in races():
        given = f"{len(race.settings)} settings and {race.epochs} epochs at first"
        if race.lost:
            given += f", where {len(race.lost)} score NaN"
        settings = list(race.settings)
        setting, spent = expect_two(
            ask(halve, settings, race.score, race.epochs), "`return setting, spent`"
        )
        expect(settings == race.settings, MISTAKES["changes-the-list"])
        expect(set(settings) >= {each for each, _ in race.asked}, MISTAKES["other-settings"])
        _expect_result(race, setting, spent, given)


def _expect_result(race: Race, setting: Any, spent: Any, given: str) -> None:
    used = sum(epochs for _, epochs in race.asked)
    right, total = solutions.halve(list(race.settings), race.score, race.epochs)
    expect(not _is_spent(setting, total), MISTAKES["swapped"])
    setting, spent = expect_number(setting, what="the setting"), expect_number(spent, what="spent")
    results = np.array([setting, spent, used]), np.array([right, total, total])
    names = ("the setting that is left", "what is returned as spent", "the sum of epochs trained")
    expect_close(*results, names=names, what="the outcome", given=given, example_of=given.encode())


def _is_spent(setting: Any, total: int) -> bool:
    return isinstance(setting, (int, float)) and setting == total


HALVE = Exercise(
    name="tuning/halve",
    title="Halve the field, double the time",
    check=check_halve,
    solution=solutions.halve,
    mistakes=MISTAKES,
    hints=(
        "`while len(settings) > 1:` a list of scores, then a shorter list of settings.",
        '`np.argsort(…, kind="stable")` sorts upwards, leaves equals in their order, and puts '
        "NaN last. You want the highest first: sort minus the scores.",
        "`settings = [settings[k] for k in order[: len(settings) // 2]]`, then `epochs *= 2`.",
    ),
    takeaway="Every round costs about as much as the first: most settings are dropped cheaply.",
)
