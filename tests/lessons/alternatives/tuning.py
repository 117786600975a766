"""Right answers to the exercises of the lesson on tuning, as somebody else would write them."""

import math
import operator
from collections import defaultdict
from itertools import count, cycle

import numpy as np


def interval_by_the_formula_of_roots(right, n, z):
    p = right / n
    a, b, c = 1 + z**2 / n, -(2 * p + z**2 / n), p**2
    root = math.sqrt(b**2 - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def interval_by_counts(right, n, z):
    wrong = n - right
    half = z * np.sqrt(right * wrong / n + z * z / 4)
    ends = (right + z * z / 2 + np.array([-half, half])) / (n + z * z)
    return [float(end) for end in ends]


def interval_by_polynomial(right, n, z):
    s, p = z**2 / n, right / n
    low, high = np.sort(np.roots([1 + s, -2 * p - s, p * p]).real)
    return low, high


def interval_by_bisection(right, n, z):
    p = right / n

    def end(inside, outside):
        for _ in range(200):
            q = (inside + outside) / 2
            fits = (p - q) ** 2 <= z**2 * q * (1 - q) / n
            inside, outside = (q, outside) if fits else (inside, q)
        return inside

    return end(p, 0.0), end(p, 1.0)


def deal_by_permuted_parts(labels, parts, rng):
    part = np.zeros(labels.shape, dtype=np.int64)
    for label in set(labels.tolist()):
        mask = labels == label
        part[mask] = rng.permutation(np.arange(mask.sum()) % parts)
    return part


def deal_on_and_on(labels, parts, rng):
    order = rng.permutation(len(labels))
    order = order[np.argsort(labels[order], kind="stable")]
    part = np.empty_like(order)
    part[order] = np.arange(len(order)) % parts
    return part


def deal_by_hand(labels, parts, rng):
    part, hands = [0] * len(labels), defaultdict(lambda: cycle(range(parts)))
    for place in rng.permutation(len(labels)):
        part[place] = next(hands[labels[place]])
    return np.array(part)


def log_uniform_by_exp(u, low, high):
    return np.exp(np.log(low) + u * (np.log(high) - np.log(low)))


def log_uniform_by_powers_of_ten(u, low, high):
    first, last = np.log10(low), np.log10(high)
    return 10 ** ((1 - u) * first + u * last)


def log_uniform_by_weights(u, low, high):
    return low ** (1 - u) * high**u


def log_uniform_by_interpolation(u, low, high):
    return np.exp(np.interp(u, [0, 1], np.log([low, high])))


def search_by_argmax(draw, fit, trials, rng):
    settings = [draw(rng) for _ in range(trials)]
    scores = np.array([fit(setting).score("dev") for setting in settings])
    best = np.argmax(np.where(np.isnan(scores), -np.inf, scores))
    return settings[best], scores[best]


def search_by_max(draw, fit, trials, rng):
    pairs = []
    while len(pairs) < trials:
        setting = draw(rng)
        pairs.append((setting, fit(setting).score("dev")))
    ended = [pair for pair in pairs if not math.isnan(pair[1])]
    return max(ended, key=operator.itemgetter(1))


def search_by_sorting(draw, fit, trials, rng):
    settings = [draw(rng) for _ in range(trials)]
    scores = [fit(setting).score("dev") for setting in settings]
    first = np.argsort(-np.array(scores), kind="stable")[0]
    return [settings[first], scores[first]]


def search_by_skipping(draw, fit, trials, rng):
    best = None
    for _ in range(trials):
        setting = draw(rng)
        score = fit(setting).score("dev")
        if np.isnan(score):
            continue
        if best is None or score > best[1]:
            best = (setting, score)
    return best


def halve_by_sorted(settings, score, epochs):
    spent, left = 0, list(settings)
    while len(left) > 1:
        pairs = []
        for setting in left:
            found = score(setting, epochs)
            spent += epochs
            pairs.append((-math.inf if math.isnan(found) else found, setting))
        pairs = sorted(pairs, key=operator.itemgetter(0), reverse=True)
        left = [setting for _, setting in pairs][: len(left) // 2]
        epochs *= 2
    return left[0], spent


def halve_by_recursion(settings, score, epochs):
    if len(settings) == 1:
        return settings[0], 0
    scores = np.array([score(setting, epochs) for setting in settings])
    scores[np.isnan(scores)] = -np.inf
    best = (-scores).argsort(kind="stable")[: len(settings) // 2]
    setting, spent = halve_by_recursion([settings[k] for k in best], score, 2 * epochs)
    return setting, spent + epochs * len(settings)


def halve_by_rounds(settings, score, epochs):
    spent = 0
    for rounds in count():
        if len(settings) == 1:
            break
        time = epochs * 2**rounds
        spent += time * len(settings)
        scores = [score(setting, time) for setting in settings]
        order = sorted(range(len(scores)), key=lambda k: (math.isnan(scores[k]), -scores[k], k))
        settings = [settings[k] for k in order[: len(order) // 2]]
    return [settings[0], spent]


def reveal_by_means(right, dev, test):
    dev_scores = np.mean(right[:, dev], axis=1)
    test_scores = np.mean(right[:, test], axis=1)
    best = int(np.argmax(dev_scores))
    skill = test_scores[best] - np.mean(test_scores)
    return skill, (dev_scores[best] - np.mean(dev_scores)) - skill


def reveal_by_counts(right, dev, test):
    hits = right[:, dev].sum(axis=1)
    winner = hits.tolist().index(max(hits))
    lead = {}
    for name, part in (("dev", dev), ("test", test)):
        lead[name] = right[winner, part].mean() - right[:, part].mean()
    return lead["test"], lead["dev"] - lead["test"]


def reveal_by_products(right, dev, test):
    table = right.astype(float)
    means = [table[:, part] @ np.ones(len(part)) / len(part) for part in (dev, test)]
    winner = max(range(len(table)), key=lambda k: means[0][k])
    leads = [scores[winner] - scores.mean() for scores in means]
    return np.array([leads[1], leads[0] - leads[1]]).tolist()


ALTERNATIVES = {
    "interval": [
        interval_by_the_formula_of_roots,
        interval_by_counts,
        interval_by_polynomial,
        interval_by_bisection,
    ],
    "deal": [deal_by_permuted_parts, deal_on_and_on, deal_by_hand],
    "log-uniform": [
        log_uniform_by_exp,
        log_uniform_by_powers_of_ten,
        log_uniform_by_weights,
        log_uniform_by_interpolation,
    ],
    "search": [search_by_argmax, search_by_max, search_by_sorting, search_by_skipping],
    "halve": [halve_by_sorted, halve_by_recursion, halve_by_rounds],
    "reveal": [reveal_by_means, reveal_by_counts, reveal_by_products],
}
