"""Hostile answers in the lesson on likelihood that are right after all."""

import numpy as np

from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def scores(rng):
    """Draw scores of all magnitudes, in some draws far from those of other rows."""
    drawn = numbers(rng, *rng.integers(1, 9, 2))
    return (drawn + numbers(rng, len(drawn), 1) if rng.random() < 0.3 else drawn,)


def labelled(rng):
    (drawn,) = scores(rng)
    return drawn, rng.integers(0, drawn.shape[1], len(drawn))


def weighted(rng):
    drawn, labels = labelled(rng)
    weight = 10.0 ** rng.uniform(-3, 3, drawn.shape[1])
    if rng.random() < 0.3:
        weight[rng.integers(len(weight))] = 0.0
    weight[labels[0]] += 1.0  # not all weights may be 0
    return drawn, labels, weight


def distributions(rng):
    """Draw log-probabilities and probabilities, some of them 0 and some samples certain."""
    (drawn,) = scores(rng)
    below = drawn - drawn.max(axis=1, keepdims=True)
    log_q = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
    p = rng.random(drawn.shape) * (rng.random(drawn.shape) < 0.8)
    p[:, 0] += 1e-3
    return log_q, p / p.sum(axis=1, keepdims=True)


USES = {
    "softmax": Use(scores),
    "log-softmax": Use(scores),
    "cross-entropy": Use(labelled),
    "kl": Use(distributions),
    "weighted": Use(weighted),
}
MEAN = "-log_p[samples, labels].mean()"
EXPLAINED = {
    "cross-entropy": [
        Explained(
            "There are as many labels as rows of scores.",
            (
                "- samples = np.arange(len(labels)) | + samples = np.arange(len(scores))",
                f"- return ({MEAN}, gradient / len(labels)) | "
                f"+ return ({MEAN}, gradient / len(scores))",
            ),
        ),
        Explained(
            "A cross-entropy is never below 0; it may be −0, which is 0.",
            (
                f"- return ({MEAN}, gradient / len(labels)) | "
                f"+ return (hostile.without_sign({MEAN}), gradient / len(labels))",
            ),
        ),
    ],
    "kl": [
        Explained(
            "Whatever finite number is under the logarithm, 0 times it is 0.",
            (
                "- log_p = np.log(np.where(p > 0, p, 1)) | + log_p = np.log(np.where(p > 0, p, 2))",
                "- log_p = np.log(np.where(p > 0, p, 1)) | "
                "+ log_p = np.log(np.where(p > 0, p, 1.1))",
            ),
        ),
    ],
}
