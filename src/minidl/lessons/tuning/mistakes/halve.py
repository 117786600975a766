"""Mistakes that learners make in "Halve the field, double the time"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def best_first(scores):
    return np.argsort(-np.array(scores), kind="stable")


def halving(order=best_first, keep=lambda n: n // 2, next_epochs=lambda e: 2 * e, count=None):
    """Return an answer with a way of its own to sort, to keep, to go on or to count."""

    def halve(settings, score, epochs):
        spent = 0
        while len(settings) > 1:
            scores = [score(setting, epochs) for setting in settings]
            spent += epochs * len(settings) if count is None else count(epochs)
            settings = [settings[k] for k in order(scores)[: keep(len(settings))]]
            epochs = next_epochs(epochs)
        return settings[0], spent

    return halve


def nan_first(scores):
    return np.argsort(scores, kind="stable")[::-1]


def nan_first_equals_in_order(scores):
    return np.argsort(-np.nan_to_num(scores, nan=np.inf), kind="stable")


def equals_reversed(scores):
    scores = np.nan_to_num(scores, nan=-np.inf)
    return np.argsort(scores, kind="stable")[::-1]


def equals_mixed_up(scores):
    return np.argsort(np.nan_to_num(scores, nan=-np.inf))[::-1]


def in_old_order(settings, score, epochs):
    spent = 0
    while len(settings) > 1:
        scores = [score(setting, epochs) for setting in settings]
        spent += epochs * len(settings)
        kept = best_first(scores)[: len(settings) // 2]
        settings, epochs = [settings[k] for k in sorted(kept)], 2 * epochs
    return settings[0], spent


def scores_the_last(settings, score, epochs):
    spent = 0
    while True:
        scores = [score(setting, epochs) for setting in settings]
        spent += epochs * len(settings)
        if len(settings) == 1:
            return settings[0], spent
        settings = [settings[k] for k in best_first(scores)[: len(settings) // 2]]
        epochs = 2 * epochs


def next_round(settings, score, epochs):
    best, _ = halving()(settings, score, epochs)
    return best, epochs * 2 ** int(np.log2(len(settings)))


def by_setting(settings, score, epochs):
    spent = 0
    while len(settings) > 1:
        spent += epochs * len(settings)
        _, settings = zip(*sorted((score(s, epochs), s) for s in settings), strict=True)
        settings, epochs = settings[-(len(settings) // 2) :], 2 * epochs
    return settings[-1], spent


def drops_in_place(settings, score, epochs):
    spent = 0
    while len(settings) > 1:
        scores = [score(setting, epochs) for setting in settings]
        spent += epochs * len(settings)
        settings[:] = [settings[k] for k in best_first(scores)[: len(settings) // 2]]
        epochs = 2 * epochs
    return settings[0], spent


def counts_the_kept(settings, score, epochs):
    spent = 0
    while len(settings) > 1:
        scores = [score(setting, epochs) for setting in settings]
        settings = [settings[k] for k in best_first(scores)[: len(settings) // 2]]
        spent += epochs * len(settings)
        epochs = 2 * epochs
    return settings[0], spent


def counts_the_next(settings, score, epochs):
    spent = 0
    while len(settings) > 1:
        scores = [score(setting, epochs) for setting in settings]
        settings = [settings[k] for k in best_first(scores)[: len(settings) // 2]]
        epochs = 2 * epochs
        spent += epochs * len(settings)
    return settings[0], spent


def swapped(settings, score, epochs):
    return halving()(settings, score, epochs)[::-1]


def other_settings(settings, score, epochs):
    return halving()(settings, lambda place, time: score(-1.0, time), epochs)


def halves_again(settings, score, epochs):
    best, spent = halving()(settings, score, epochs)
    return best, spent + 0 * score(best, epochs)


MISTAKES = Mistakes(
    Mistake("swapped", swapped, "The other way round: the setting first, then the epochs spent."),
    Mistake(
        "changes-the-list",
        drops_in_place,
        "Your code changes the list of settings that it is given: make a new one.",
    ),
    Mistake("other-settings", other_settings, "Score the settings of the list, as they are."),
    Mistake(
        "keeps-the-worse",
        halving(lambda scores: np.argsort(scores, kind="stable")),
        "This keeps the half with the lower scores: `np.argsort` sorts upwards.",
    ),
    Mistake(
        "nan-wins",
        halving(nan_first),
        "Turned round, `np.argsort` puts NaN first, so what diverged wins; and of equals the "
        "last comes first. Sort minus the scores.",
    ),
    Mistake(
        "nan-wins",
        halving(lambda scores: np.argsort(scores)[::-1]),
        "Turned round, `np.argsort` puts NaN first, so what diverged wins; and equals do not keep "
        'their order. Sort minus the scores, with `kind="stable"`.',
    ),
    Mistake(
        "nan-wins",
        halving(nan_first_equals_in_order),
        "What diverged, and scores NaN, has to come last.",
    ),
    Mistake(
        "equals", halving(equals_reversed), "Of equals, those that come first in the list stay."
    ),
    Mistake(
        "equals",
        halving(equals_mixed_up),
        "Turned round, equals do not keep their order, and those that come first in the list are "
        'to stay. Sort minus the scores, with `kind="stable"`.',
    ),
    Mistake(
        "equals",
        halving(lambda scores: np.argsort(-np.array(scores))),
        'In a long list `np.argsort` mixes equals up. With `kind="stable"` they keep their order.',
    ),
    Mistake(
        "old-order",
        in_old_order,
        "Those that stay are to stand with the best first: of equals in the next round, the one "
        "that was better before comes earlier.",
    ),
    Mistake(
        "equals",
        by_setting,
        "Sorting pairs lets the setting decide between equals, and NaN upsets it. Sort by the "
        "scores alone.",
    ),
    Mistake(
        "same-epochs", halving(next_epochs=lambda e: e), "The epochs double from round to round."
    ),
    Mistake(
        "adds-epochs",
        halving(next_epochs=lambda e: e + 1),
        "The epochs double from round to round; they do not grow by 1.",
    ),
    Mistake(
        "keeps-more",
        halving(keep=lambda n: (n + 1) // 2),
        "Of an odd number, the smaller half stays: of 7 settings 3.",
    ),
    Mistake("keeps-too-many", halving(keep=lambda n: n - 1), "Half of them stay, rounded down."),
    Mistake(
        "keeps-too-few",
        halving(keep=lambda n: 1),
        "This ends after one round, with the best alone. Half of them stay, and train for longer.",
    ),
    Mistake(
        "counts-a-round",
        halving(count=lambda epochs: epochs),
        "In each round every setting that is left trains for `epochs` epochs: count them all.",
    ),
    Mistake(
        "counts-the-kept",
        counts_the_kept,
        "This counts those that stay. Those that are dropped have been trained as well: count "
        "before you drop them.",
    ),
    Mistake(
        "counts-the-next",
        counts_the_next,
        "This counts what the next round would take. Count before you drop settings and double "
        "the epochs.",
    ),
    Mistake(
        "scores-the-last",
        scores_the_last,
        "The last setting needs no more training: when one is left, nothing is to be chosen.",
    ),
    Mistake(
        "next-round",
        next_round,
        "This is for how long the next round would train. Spent is a sum: of all settings that "
        "were trained, in all rounds.",
    ),
    Mistake("counts-runs", halving(count=lambda epochs: 1), "Spent are epochs, not rounds."),
    Mistake(
        "trains-again",
        halves_again,
        "Your code trains a setting once more than it has to, or does not count it.",
    ),
    Mistake("values", halving(order=lambda scores: np.roll(best_first(scores), 1))),
)
