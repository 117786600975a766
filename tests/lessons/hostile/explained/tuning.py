"""Hostile answers in the lesson on tuning that are right, and how its answers are used."""

import numpy as np

from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use


def counts(rng):
    n = int(rng.integers(1, 5000))
    return int(rng.integers(0, n + 1)), n, float(rng.uniform(0.05, 4))


def hands(rng):
    labels = rng.integers(-3, rng.integers(-2, 9), rng.integers(1, 60))
    return labels, int(rng.integers(1, 9)), np.random.default_rng(int(rng.integers(99)))


def how_even(deal, labels, parts, rng):
    """Return what all right deals have alike, whatever the lots: how many of a class go where."""
    part = deal(labels, parts, rng)
    counts = [np.bincount(part[labels == each], minlength=parts) for each in np.unique(labels)]
    return [np.sort(each) for each in counts], part.shape, part.dtype.kind, labels


def shares(rng):
    low, high = np.sort(10 ** rng.uniform(-8, 8, 2))
    return rng.random(tuple(rng.integers(1, 5, rng.integers(1, 4)))), float(low), float(high)


def some_scores(rng, count):
    scores = rng.choice([-1.0, 1.0]) * 10 ** rng.uniform(-3, 7) * rng.integers(0, 5, count)
    scores[rng.random(count) < 0.2] = np.nan
    scores[rng.integers(count)] = 1.0
    return scores


def trials(rng):
    return (some_scores(rng, int(rng.integers(1, 12))),)


class Fitted:
    """A model whose score on dev is known, and who asks for it."""

    def __init__(self, dev, asked):
        self.dev, self.asked = dev, asked

    def score(self, part):
        self.asked.append(part)
        return self.dev if part == "dev" else 0.5


def found_and_asked(search, scores):
    """Return what a search finds, and all that it does on the way."""
    given, asked, fitted, rng = [], [], [], np.random.default_rng(0)

    def draw(generator):
        given.append(generator is rng)
        return len(given) - 1

    def fit(setting):
        fitted.append(setting)
        return Fitted(scores[setting], asked)

    best, score = search(draw, fit, len(scores), rng)
    return best, float(score), given, asked, fitted


def races(rng):
    count = int(rng.integers(2, 20))
    return count, int(rng.integers(1, 9)), some_scores(rng, 12), int(rng.integers(99))


def left_and_spent(halve, count, epochs, levels, seed):
    """Return who is left of a race, what it cost, and who was asked for how long."""
    asked, settings = [], list(range(count))

    def score(setting, time):
        asked.append((setting, time))
        return levels[(7 * setting + time + seed) % len(levels)]

    left, spent = halve(settings, score, epochs)
    return left, spent, asked, settings


def outcomes(rng):
    networks, images = rng.integers(1, 9), int(rng.integers(2, 30))
    places, dev = rng.permutation(images), int(rng.integers(1, images))
    right = rng.random((networks, images)) < rng.random((networks, 1))
    return right, places[:dev], places[dev:]


USES = {
    "interval": Use(counts),
    "deal": Use(hands),
    "log-uniform": Use(shares),
    "search": Use(trials, found_and_asked),
    "halve": Use(races, left_and_spent),
    "reveal": Use(outcomes),
}
TURNS = "part[members] = np.arange(len(members)) % parts"
EXPLAINED = {
    "deal": [
        Explained(
            "Lots do not care which class is dealt first; who is dealt twice is dealt anew.",
            tuple(
                f"- for label in np.unique(labels): | + for label in {other}:"
                for other in ("list(np.unique(labels))[::-1]", "labels")
            ),
            Use(hands, how_even),
        ),
        Explained(
            "What is written into whole numbers becomes whole again, and of one a single one.",
            tuple(
                f"- {TURNS} | + {TURNS.replace('np.', 'hostile.' + how + '(np.')}{rest}"
                for how, rest in (
                    ("of_type", ", 'float32')"),
                    ("of_type", ", 'float64')"),
                    ("squeezed", ")"),
                )
            ),
        ),
    ],
    "search": [
        Explained(
            "The numbers of the trials are counted, not used.",
            ("- for _ in range(trials): | + for _ in list(range(trials))[::-1]:",),
        ),
    ],
    "halve": [
        Explained(
            "There is no number of settings between 1 and 1.1.",
            ("- while len(settings) > 1: | + while len(settings) > 1.1:",),
        ),
        Explained(
            "The first of one is the last.",
            tuple(
                f"- return (settings[0], spent) | + return (settings[{last}], spent)"
                for last in ("0 - 1", "-1")
            ),
        ),
    ],
}
