"""Mistakes that learners make in "A loss of a whole set, in batches"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def combined(rule):
    """Return an answer that makes one number of the batches' losses and sizes."""

    def answer(model, loss_fn, batches):
        losses = np.array([loss_fn(model(X), y) for X, y in batches])
        return float(rule(losses, np.array([len(y) for _, y in batches])))

    return answer


def right(losses, sizes):
    return losses @ sizes / sizes.sum()


def used_up(model, loss_fn, batches):
    total, count = 0.0, 0
    while batches:
        X, y = batches.pop()
        total, count = total + loss_fn(model(X), y) * len(y), count + len(y)
    return total / count


MISTAKES = Mistakes(
    Mistake(
        "batches-changed",
        used_up,
        "Your code changes the batches. The next epoch needs them as they are: go through them "
        "with `for`, and change neither the list nor its arrays.",
    ),
    Mistake(
        "sum-of-batches",
        combined(lambda losses, sizes: losses.sum()),
        "This adds up the batches' losses: with twice as many batches it would be twice as much. "
        "Beside a curve of single batches it says nothing.",
    ),
    Mistake(
        "mean-of-means",
        combined(lambda losses, sizes: losses.mean()),
        "This is the mean of the batches' means, so that a sample of a small batch counts for more "
        "than another. Give each batch the weight of its size.",
    ),
    Mistake(
        "last-batch",
        combined(lambda losses, sizes: losses[-1]),
        "This is the loss of the last batch alone.",
    ),
    Mistake(
        "first-batch",
        combined(lambda losses, sizes: losses[0]),
        "This is the loss of the first batch alone. Does it `return` in the loop?",
    ),
    Mistake(
        "sum-of-samples",
        combined(lambda losses, sizes: losses @ sizes),
        "This is the sum over all samples; divide by their number.",
    ),
    Mistake(
        "per-batch",
        combined(lambda losses, sizes: losses @ sizes / len(sizes)),
        "The sum over all samples is divided by the number of batches, not of samples.",
    ),
    Mistake(
        "twice-divided",
        combined(lambda losses, sizes: losses.sum() / sizes.sum()),
        "The batches' losses are means already; times their sizes, then divided by all samples.",
    ),
    Mistake(
        "largest",
        combined(lambda losses, sizes: losses.max()),
        "This is the loss of the worst batch.",
    ),
    Mistake("values", combined(lambda losses, sizes: right(losses, sizes) + 1)),
)
