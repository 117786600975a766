"""Mistakes that learners make in "A loader in five lines"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.pytorch.solutions import batches_of


def by_order(draw, keeps=lambda rows, size, drop: not drop or len(rows) == size):
    """Return an answer with another way to draw the order, or to keep batches."""

    def answer(X, y, batch_size, rng, drop_last=False):
        order = draw(rng, len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            if keeps(rows, batch_size, drop_last):
                yield X[rows], y[rows]

    return answer


def permuted(rng, N):
    return rng.permutation(N)


def two_orders(X, y, batch_size, rng, drop_last=False):
    return batches_of(X[rng.permutation(len(X))], y, batch_size, rng, drop_last)


def each_its_own_order(X, y, batch_size, rng, drop_last=False):
    X, y = X[rng.permutation(len(X))], y[rng.permutation(len(y))]
    for start in range(0, len(X), batch_size):
        if not drop_last or start + batch_size <= len(X):
            yield X[start : start + batch_size], y[start : start + batch_size]


def slices_of_new_orders(X, y, batch_size, rng, drop_last=False):
    for start in range(0, len(X), batch_size):
        rows = rng.permutation(len(X))[start : start + batch_size]
        if not drop_last or len(rows) == batch_size:
            yield X[rows], y[rows]


def cuts_off_a_rest(X, y, batch_size, rng, drop_last=False):
    order = rng.permutation(len(X))
    if drop_last:
        order = order[: -(len(X) % batch_size)]
    for start in range(0, len(order), batch_size):
        rows = order[start : start + batch_size]
        yield X[rows], y[rows]


def drops_whatever_is_last(X, y, batch_size, rng, drop_last=False):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        if not drop_last or start + batch_size < len(X):
            rows = order[start : start + batch_size]
            yield X[rows], y[rows]


def anew_each_time(X, y, batch_size, rng, drop_last=False):
    for start in range(0, len(X), batch_size):
        size = min(batch_size, len(X) - start)
        if size == batch_size or not drop_last:
            rows = rng.permutation(len(X))[:size]
            yield X[rows], y[rows]


def shuffles_in_place(X, y, batch_size, rng, drop_last=False):
    order = rng.permutation(len(X))
    X[...], y[...] = X[order], y[order]
    for start in range(0, len(X), batch_size):
        if not drop_last or start + batch_size <= len(X):
            yield X[start : start + batch_size].copy(), y[start : start + batch_size].copy()


def order_of_batches(X, y, batch_size, rng, drop_last=False):
    starts = np.arange(0, len(X), batch_size)
    for start in rng.permutation(starts):
        if not drop_last or start + batch_size <= len(X):
            yield X[start : start + batch_size], y[start : start + batch_size]


def labels_in_order(X, y, batch_size, rng, drop_last=False):
    for samples, labels in batches_of(X, y, batch_size, rng, drop_last):
        yield samples, y[: len(labels)]


def labels_of_their_places(X, y, batch_size, rng, drop_last=False):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        if not drop_last or len(rows) == batch_size:
            yield X[rows], y[start : start + batch_size]


def empty_at_the_end(X, y, batch_size, rng, drop_last=False):
    order, full = rng.permutation(len(X)), len(X) // batch_size
    for number in range(full + (not drop_last)):
        rows = order[number * batch_size : (number + 1) * batch_size]
        yield X[rows], y[rows]


def returns_in_the_loop(X, y, batch_size, rng, drop_last=False):
    order = rng.permutation(len(X))
    for start in range(0, len(X), batch_size):
        rows = order[start : start + batch_size]
        if not drop_last or len(rows) == batch_size:
            return X[rows], y[rows]
    return None


ANEW = "The order is drawn anew for each batch, so that some samples come twice and others never."
TWICE = "The order is drawn twice; samples and labels take the same one."
APART = "The labels do not belong to their samples: take the same rows of y."
MISTAKES = Mistakes(
    Mistake(
        "drop-last-ignored",
        by_order(permuted, lambda rows, size, drop: True),
        "With `drop_last=True` a last, smaller batch is left out.",
    ),
    Mistake(
        "last-lost",
        by_order(permuted, lambda rows, size, drop: len(rows) == size),
        "The last, smaller batch is lost; without `drop_last` it belongs to the epoch.",
    ),
    Mistake(
        "drops-full",
        by_order(permuted, lambda rows, size, drop: not drop or rows[-1] < 0),
        "With `drop_last=True` nothing comes at all.",
    ),
    Mistake(
        "cuts-off-nothing",
        cuts_off_a_rest,
        "Where the batches come out even, the rest is 0, and `order[:-0]` is empty: nothing comes.",
    ),
    Mistake(
        "drops-a-full-one",
        drops_whatever_is_last,
        "Where the batches come out even, the last one is full, and stays: `drop_last` drops "
        "only a smaller one.",
    ),
    Mistake(
        "no-shuffle",
        by_order(lambda rng, N: np.arange(N)),
        "The samples come in their own order; it should be drawn anew in each epoch.",
    ),
    Mistake(
        "with-replacement",
        by_order(lambda rng, N: rng.integers(0, N, N)),
        "Samples are drawn one by one, so that some come twice and others never. A permutation "
        "takes each once.",
    ),
    Mistake(
        "own-generator",
        by_order(lambda rng, N: np.random.default_rng(0).permutation(N)),
        "The order comes from a generator of its own, the same in each epoch; draw it from `rng`.",
    ),
    Mistake(
        "anew-each-time",
        anew_each_time,
        ANEW,
    ),
    Mistake("anew-each-time", slices_of_new_orders, ANEW),
    Mistake(
        "order-of-batches",
        order_of_batches,
        "Batches come in random order, but always the same samples together; draw the order of "
        "the samples.",
    ),
    Mistake(
        "two-orders",
        two_orders,
        TWICE,
    ),
    Mistake("two-orders", each_its_own_order, TWICE),
    Mistake(
        "labels-in-order",
        labels_in_order,
        APART,
    ),
    Mistake("labels-in-order", labels_of_their_places, APART),
    Mistake(
        "empty-batch",
        empty_at_the_end,
        "Where the batches come out even, nothing is left over, and an empty batch comes last.",
    ),
    Mistake(
        "no-yield",
        returns_in_the_loop,
        "Calling it gave no batches. A `return` would end the function at the first batch; "
        "`yield X[rows], y[rows]` hands one out and goes on.",
    ),
    Mistake(
        "changes-data",
        shuffles_in_place,
        "Your code changes the order of X and y themselves; take rows of them.",
    ),
    Mistake(
        "not-a-pair-each",
        lambda X, y, size, rng, drop=False: (X for X, y in batches_of(X, y, size, rng, drop)),
        "Expected each batch to be a pair, `yield X[rows], y[rows]`, received {found}.",
    ),
    Mistake("values", by_order(lambda rng, N: rng.permutation(N)[::-1])),
)
