"""Mistakes that learners make in "A few samples by heart"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def learning(chosen, combined=lambda losses: losses[-1], more=0):
    """Return an answer: which rows a step gets, and what becomes of the losses."""

    def by_heart(step, X, y, count, steps):
        losses = []
        for number in range(steps + more):
            rows = chosen(number, len(X), count)
            losses.append(step(X[rows], y[rows]))
        return combined(losses)

    return by_heart


def first(number, size, count):
    return np.arange(count)


def next_ones(number, size, count):
    return (np.arange(count) + number * count) % size


def ones_until_the_end(number, size, count):
    return np.arange(number * count, min(size, (number + 1) * count))


def drawn(number, size, count):
    return np.random.default_rng(number).permutation(size)[:count]


def sample_by_sample(step, X, y, count, steps):
    for _ in range(steps):
        for n in range(count):
            loss = step(X[n : n + 1], y[n : n + 1])
    return loss


def from_one(step, X, y, count, steps):
    for _ in range(1, steps):
        loss = step(X[:count], y[:count])
    return loss


MISTAKES = Mistakes(
    Mistake(
        "all-samples",
        learning(lambda number, size, count: np.arange(size)),
        "This learns all samples. A few, `X[:count]`, are to be learned by heart.",
    ),
    Mistake(
        "new-ones-each-time",
        learning(next_ones),
        "Each step gets other samples here. By heart means: the same `count` of them, all in each "
        "step.",
    ),
    Mistake(
        "new-ones-each-time",
        learning(ones_until_the_end),
        "Each step gets other samples here. By heart means: the same `count` of them, all in each "
        "step.",
    ),
    Mistake(
        "new-ones-each-time",
        learning(drawn),
        "Each step gets other samples here. By heart means: the same `count` of them, all in each "
        "step.",
    ),
    Mistake(
        "new-ones-each-time",
        sample_by_sample,
        "Each step gets other samples here. By heart means: the same `count` of them, all in each "
        "step.",
    ),
    Mistake(
        "thirty-by-heart",
        learning(lambda number, size, count: np.arange(min(30, size))),
        "How many samples, `count` says: not always 30.",
    ),
    Mistake(
        "last-ones",
        learning(lambda number, size, count: np.arange(size - count, size)),
        "These are the last samples; the first are asked for, `X[:count]`.",
    ),
    Mistake(
        "one-too-many",
        learning(lambda number, size, count: np.arange(min(count + 1, size))),
        "One sample too many: `X[:count]` has `count` of them.",
    ),
    Mistake(
        "first-loss",
        learning(first, lambda losses: losses[0]),
        "This is the first loss, from before anything was learned.",
    ),
    Mistake(
        "mean-loss",
        learning(first, lambda losses: sum(losses) / len(losses)),
        "A mean over all steps remembers the bad beginning: return the last loss.",
    ),
    Mistake(
        "best-loss",
        learning(first, min),
        "This is the lowest loss of all. Where a loss bounces, that hides it: return the last.",
    ),
    Mistake(
        "one-step-too-few",
        from_one,
        "This takes one step too few: `range(steps)` has `steps` numbers, from 0.",
    ),
    Mistake(
        "one-step-too-many",
        learning(first, more=1),
        "This takes one step too many. A step returns the loss from before it; that will do.",
    ),
)
