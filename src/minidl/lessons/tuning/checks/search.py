"""The check of the exercise "tuning/search"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number, expect_two
from minidl.checking.verdicts import expect
from minidl.lessons.tuning import solutions
from minidl.lessons.tuning.mistakes.search import MISTAKES

NAN = float("nan")
FIRST = (
    (0.912345678, 0.5, 0.7), (NAN, 0.6, 0.8, 0.4), (0.8, 0.3, 0.8, 0.5, 0.8, 0.1),
    (0.2, 0.7, NAN, 0.6), (0.6, NAN, 0.6, 0.2),
    (-3.0, -2.0, -5.0, NAN), (NAN, NAN, -1e6, -2e6, NAN), (0.4,), (0.0, -1.0), (2e7, 3e7, 1e7),
)  # fmt: skip
"""Scores on the dev set, in the order in which settings are drawn."""


@dataclass
class Trained:
    """A model with a score on each set, which notes for what it is asked."""

    scores: dict[str, float]
    asked: list[str]

    def score(self, part: str) -> float:
        """Return the score on a set."""
        self.asked.append(part)
        return self.scores[part]


class Trials:
    """Settings to draw, models to fit, and what has been done with them.

    Parameters
    ----------
    on_dev : sequence of float
        The scores on the dev set, in the order of the draws; after them come better ones.
    seed : int
        Where the other scores come from.
    """

    def __init__(self, on_dev: tuple[float, ...], seed: int) -> None:
        rng = np.random.default_rng(seed)
        self.trials, beyond = len(on_dev), [1e9] * 5
        self.on_dev = [*on_dev, *beyond]
        self.others = rng.permutation(len(self.on_dev)) / 7.0
        self.settings = [{"lr": lr / 100, "l2": 1 / (3 + lr)} for lr in range(len(self.on_dev))]
        rng.shuffle(self.settings)
        self.rng = np.random.default_rng(seed)
        self.generators: list[Any] = []
        self.fitted: list[int] = []
        self.asked: list[str] = []

    def draw(self, rng: Any) -> dict[str, float]:
        """Return the next setting."""
        self.generators.append(rng)
        return dict(self.settings[(len(self.generators) - 1) % len(self.settings)])

    def fit(self, setting: Any) -> Trained:
        """Return the model of a setting."""
        place = self.place(setting)
        self.fitted.append(place)
        other = float(self.others[place])
        scores = {"train": other, "dev": self.on_dev[place], "test": -other}
        return Trained(scores, self.asked)

    def place(self, setting: Any) -> int:
        """Return which draw a setting comes of, −1 if none."""
        return self.settings.index(setting) if setting in self.settings else -1


def rounds() -> Iterator[Trials]:
    """Yield trials with scores written down, and with drawn ones."""
    rng = np.random.default_rng(30)
    drawn = (rng.permutation(n) * scale for n, scale in ((5, 0.1), (6, -1.0), (7, 1e-3), (12, 1.0)))
    for seed, scores in enumerate((*FIRST, *(tuple(map(float, each)) for each in drawn))):
        yield Trials(scores, seed)


def check_search(random_search: Any) -> None:
    """Check which setting is found, and what it took to find it."""
    for trials in rounds():
        answer = ask(random_search, trials.draw, trials.fit, trials.trials, trials.rng)
        setting, score = expect_two(answer, "`return best, best_score`")
        _expect_fair(trials)
        expect(not hasattr(setting, "score"), MISTAKES["model"])
        expect(trials.place(score) < 0, MISTAKES["swapped"])
        given = f"dev scores {list(trials.on_dev[: trials.trials])}"
        right, best = solutions.random_search(*_again(trials))
        expect(trials.place(setting) >= 0, MISTAKES["no-setting"], given=given)
        expect_close(
            trials.place(setting) + 1,
            trials.place(right) + 1,
            what="the number of the best trial",
            given=given,
            example_of=given.encode(),
        )
        score = expect_number(score, what="best_score")
        expect_close(score, best, what="the best score", given=given, example_of=given.encode())


def _again(trials: Trials) -> tuple[Any, ...]:
    fresh = Trials(tuple(trials.on_dev[: trials.trials]), 0)
    fresh.settings = trials.settings
    return fresh.draw, fresh.fit, fresh.trials, fresh.rng


def _expect_fair(trials: Trials) -> None:
    """Expect a budget that was kept, a test set that was left alone, and the right generator."""
    expect("test" not in trials.asked, MISTAKES["peeks"])
    expect("dev" in trials.asked, MISTAKES["judged-on-train"])
    expect(min(trials.fitted, default=0) >= 0, MISTAKES["other-settings"])
    number, drawn = trials.trials, len(trials.generators)
    expect(drawn == number, MISTAKES["budget"], drawn=drawn, trials=number)
    fitted = len(trials.fitted)
    expect(fitted == number, MISTAKES["fits-again"], fitted=fitted, trials=number)
    expect(sorted(trials.fitted) == list(range(number)), MISTAKES["fits-again-one"])
    expect(all(rng is trials.rng for rng in trials.generators), MISTAKES["other-generator"])


SEARCH = Exercise(
    name="tuning/search",
    title="A random search that never peeks",
    check=check_search,
    solution=solutions.random_search,
    mistakes=MISTAKES,
    hints=(
        "Before the loop: which score does anything beat? Then `trials` times: draw, fit, ask dev.",
        "Keep setting and score when the score is higher. What does Python say to `nan > 0.5`, and "
        "what does `np.argmax` take for the largest?",
        "`if score > best_score:` is false for NaN, and for equals: just what is wanted.",
    ),
    takeaway="A comparison with NaN is false: written this way, a trial that diverged can't win.",
)
