"""Hostile answers in the lesson on losses that are right: nothing tells them from the solution."""

import numpy as np

from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def labels_alone(rng):
    return (np.round(numbers(rng, int(rng.integers(1, 20))), int(rng.integers(0, 5))),)


def errors(rng):
    """Draw predictions and labels of any shape, with errors around β and just there."""
    shape = tuple(rng.integers(1, 6, int(rng.integers(1, 4))))
    beta = float(10.0 ** rng.uniform(-2, 3))
    labels = np.round(beta * rng.normal(size=shape), 3)
    errors = beta * rng.choice([-3, -1, -0.4, 0, 0.3, 1, 2], shape)
    return labels + errors, labels, beta


def logits(rng):
    """Draw logits of any size, hard and soft labels, and a weight."""
    shape = tuple(rng.integers(1, 6, int(rng.integers(1, 3))))
    y = rng.random(shape)
    return numbers(rng, *shape), np.round(y) if rng.random() < 0.5 else y, 10 ** rng.normal()


def scored(rng):
    N, C = int(rng.choice([1, 1, 2, 3, 7])), int(rng.choice([2, 3, 4, 7, 300, 300]))
    return numbers(rng, N, C), rng.integers(C, size=N)


def hinges(rng):
    margin, factor = 10.0 ** rng.uniform(-2, 2, 2)
    return *scored(rng), float(margin), float(factor)


def honest(rng):
    """Draw logits that no exponential overflows for, and a weight."""
    shape = tuple(rng.integers(1, 6, int(rng.integers(1, 3))))
    scale = 10.0 ** rng.uniform(-1, 2)
    return (scale * rng.normal(size=shape)).clip(-600, 600), 10.0 ** rng.uniform(-2, 2)


def triplets(rng):
    N, D = rng.integers(1, 8, 2)
    anchor, positive, negative = numbers(rng, 3, N, D)
    return anchor, positive, negative, float(10.0 ** rng.uniform(-2, 2))


USES = {
    "constants": Use(labels_alone),
    "smooth-l1": Use(errors),
    "logits": Use(logits),
    "hinge": Use(hinges),
    "triplet": Use(triplets),
    "honest": Use(honest),
}

EQUALLY_LONG = "There are as many labels as samples."
COUNTS = "slope[rows, labels] = -slope.sum(axis=1)"
HINGE = "return (factor * lacking.sum() / len(scores), factor * slope / len(scores))"
SMOOTH = "losses = np.where(size < beta, error ** 2 / (2 * beta), size - beta / 2)"
CLIPPED = "return (losses.mean(), np.clip(error / beta, -1, 1) / error.size)"


def changed(old, *pairs):
    """Return the names of answers in which a part of a line is another one."""
    return tuple(f"- {old} | + {old.replace(part, other)}" for part, other in pairs)


EXPLAINED = {
    "smooth-l1": [
        Explained("Both parts meet at β.", changed(SMOOTH, ("size < ", "size <= "))),
        Explained(
            "The middle one of three numbers, in whatever order they stand.",
            changed(CLIPPED, ("error / beta, -1", "-1, error / beta")),
        ),
    ],
    "hinge": [
        Explained(
            EQUALLY_LONG,
            (
                "- rows = np.arange(len(scores)) | + rows = np.arange(len(labels))",
                *changed(
                    HINGE,
                    ("sum() / len(scores)", "sum() / len(labels)"),
                    ("slope / len(scores)", "slope / len(labels)"),
                ),
            ),
        ),
        Explained(
            "These are counts, one a sample, in a place where 0 stands.",
            changed(
                COUNTS,
                *(
                    ("-slope.sum(axis=1)", f"hostile.{text}")
                    for text in (
                        "added(-slope.sum(axis=1), lambda: slope[rows, labels])",
                        "of_type(-slope.sum(axis=1), 'int64')",
                        "of_type(-slope.sum(axis=1), 'float32')",
                        "squeezed(-slope.sum(axis=1))",
                    )
                ),
            ),
        ),
    ],
    "triplet": [
        Explained(
            "As far from there to here as from here to there.",
            tuple(
                name
                for other in ("positive", "negative")
                for name in changed(
                    f"to_{other} = np.linalg.norm(anchor - {other}, axis=1)",
                    (f"anchor - {other}", f"{other} - anchor"),
                )
            ),
        ),
        Explained(
            "NumPy takes the whole part of an axis.",
            tuple(
                name
                for other in ("positive", "negative")
                for name in changed(
                    f"to_{other} = np.linalg.norm(anchor - {other}, axis=1)", ("=1)", "=1.1)")
                )
            ),
        ),
    ],
}
