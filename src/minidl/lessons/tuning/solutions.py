"""Solutions of the exercises in the lesson on tuning."""

import numpy as np


def interval(right, n, z):
    p, spread = right / n, z**2 / n
    middle = p + spread / 2
    half = np.sqrt(spread * p * (1 - p) + spread**2 / 4)
    return (middle - half) / (1 + spread), (middle + half) / (1 + spread)


def deal(labels, parts, rng):
    part = np.empty(len(labels), dtype=int)
    for label in np.unique(labels):
        members = rng.permutation(np.flatnonzero(labels == label))
        part[members] = np.arange(len(members)) % parts
    return part


def log_uniform(u, low, high):
    return low * (high / low) ** u


def random_search(draw, fit, trials, rng):
    best, best_score = None, -np.inf
    for _ in range(trials):
        setting = draw(rng)
        score = fit(setting).score("dev")
        if score > best_score:
            best, best_score = setting, score
    return best, best_score


def halve(settings, score, epochs):
    spent = 0
    while len(settings) > 1:
        scores = [score(setting, epochs) for setting in settings]
        spent += epochs * len(settings)
        best_first = np.argsort(-np.array(scores), kind="stable")
        settings = [settings[place] for place in best_first[: len(settings) // 2]]
        epochs = 2 * epochs
    return settings[0], spent


def reveal(right, dev, test):
    on_dev, on_test = right[:, dev].mean(axis=1), right[:, test].mean(axis=1)
    winner = on_dev.argmax()
    skill = on_test[winner] - on_test.mean()
    luck = on_dev[winner] - on_dev.mean() - skill
    return skill, luck
