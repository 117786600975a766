"""Mistakes that learners make in "Find two faults: an epoch"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def cut(X, y, order, batch_size):
    """Return batches of the rows in an order."""
    pieces = [order[start : start + batch_size] for start in range(0, len(order), batch_size)]
    return [(X[rows], y[rows]) for rows in pieces]


def by(order_of):
    """Return an answer with an order of its own."""

    def batches(X, y, batch_size, rng):
        return cut(X, y, order_of(len(X), batch_size, rng), batch_size)

    return batches


def replaced_in_each_batch(X, y, batch_size, rng):
    sizes = [len(part) for part, _ in cut(X, y, np.arange(len(X)), batch_size)]
    chosen = [rng.choice(len(X), size, replace=False) for size in sizes]
    return [(X[rows], y[rows]) for rows in chosen]


def without_the_rest(X, y, batch_size, rng):
    order = rng.permutation(len(X))
    return cut(X, y, order[: len(X) - len(X) % batch_size], batch_size)


def apart(X, y, batch_size, rng):
    first, second = (cut(X, y, rng.permutation(len(X)), batch_size) for _ in range(2))
    return [(X, y) for (X, _), (_, y) in zip(first, second, strict=True)]


def blocks_in_disorder(size, batch_size, rng):
    blocks = np.arange(0, size - size % batch_size, batch_size)
    order = (rng.permutation(blocks)[:, np.newaxis] + np.arange(batch_size)).ravel()
    return np.concatenate([order, np.arange(len(order), size)])


def centred(X, y, batch_size, rng):
    return [(X - X.mean(), y) for X, y in cut(X, y, rng.permutation(len(X)), batch_size)]


MISTAKES = Mistakes(
    Mistake(
        "again",
        by(lambda size, batch_size, rng: rng.choice(size, size)),
        "In an epoch some samples come twice or more, and others never. Drawing with replacement "
        "does that, and drawing anew for each batch: draw one order for the whole epoch, and cut "
        "it.",
    ),
    Mistake(
        "again",
        replaced_in_each_batch,
        "In an epoch some samples come twice or more, and others never. Drawing with replacement "
        "does that, and drawing anew for each batch: draw one order for the whole epoch, and cut "
        "it.",
    ),
    Mistake(
        "rest-lost",
        without_the_rest,
        "{N} samples in batches of {size} leave {rest} over, which your epoch never sees. A last "
        "batch may be smaller.",
    ),
    Mistake(
        "sizes",
        by(lambda size, batch_size, rng: rng.permutation(size)[:batch_size]),
        "For {N} samples in batches of {size}, expected batches of {right} samples, received "
        "{sizes}.",
    ),
    Mistake(
        "apart",
        apart,
        "Samples and labels have been mixed apart: a sample comes with another one's label.",
    ),
    Mistake(
        "no-shuffling",
        by(lambda size, batch_size, rng: np.arange(size)),
        "The samples come in their own order in every epoch: shuffle them.",
    ),
    Mistake(
        "one-order",
        by(lambda size, batch_size, rng: np.random.default_rng(0).permutation(size)),
        "Every epoch has the same order here. Draw from the generator that is passed in.",
    ),
    Mistake(
        "not-by-rng",
        by(lambda size, batch_size, rng: np.random.default_rng().permutation(size)),
        "Draw from `rng`, and from nothing else, so that a run can be repeated.",
    ),
    Mistake(
        "not-mixed",
        by(blocks_in_disorder),
        "Only whole batches change places: the same samples always meet. Draw the order of all.",
    ),
    Mistake(
        "not-rows",
        centred,
        "Each batch should have rows of X as they are, and their labels.",
    ),
)
