"""Hostile answers in the lesson on likelihood that no change of one place makes."""

import numpy as np

from minidl.lessons.likelihood.solutions import (
    cross_entropy,
    kl_divergence,
    my_log_softmax,
    my_softmax,
    weighted_cross_entropy,
)


def forgetting_rows(scores, labels):
    loss, gradient = cross_entropy(scores, labels)
    return loss, np.where(np.arange(len(labels))[:, np.newaxis] < 7, gradient, 0.0)


def measured(scores, labels):
    gradient = np.empty(scores.shape)
    for place in np.ndindex(scores.shape):
        moved = scores.copy()
        moved[place] += 1e-6
        gradient[place] = (
            cross_entropy(moved, labels)[0] - cross_entropy(scores, labels)[0]
        ) / 1e-6
    return cross_entropy(scores, labels)[0], gradient


WRITTEN = {
    "softmax": {
        "never certain": lambda scores: np.clip(my_softmax(scores), 1e-12, 1 - 1e-12),
        "scores of at most a thousand": lambda scores: my_softmax(np.clip(scores, -1e3, 1e3)),
        "adds a small number": lambda scores: my_softmax(scores) + 1e-15,
    },
    "log-softmax": {
        "never below −1000": lambda scores: np.maximum(my_log_softmax(scores), -1000.0),
        "a small number under the logarithm": lambda scores: np.log(my_softmax(scores) + 1e-30),
    },
    "cross-entropy": {
        "rows after the seventh forgotten": forgetting_rows,
        "gradient measured": measured,
        "a loss of at most 100": lambda scores, labels: (
            min(cross_entropy(scores, labels)[0], 100.0),
            cross_entropy(scores, labels)[1],
        ),
        "two classes": lambda scores, labels: cross_entropy(scores[:, :2], labels % 2),
    },
    "kl": {
        "p at least 1e-12": lambda log_q, p: kl_divergence(log_q, np.maximum(p, 1e-12)),
        "q at least 1e-300": lambda log_q, p: kl_divergence(np.maximum(log_q, -690.0), p),
    },
    "weighted": {
        "weights that add up to 1": lambda scores, labels, weight: (
            weighted_cross_entropy(scores, labels, weight)[0],
            weighted_cross_entropy(scores, labels, weight)[1] * weight.sum(),
        ),
        "weights of whole numbers": lambda scores, labels, weight: weighted_cross_entropy(
            scores, labels, np.round(weight)
        ),
    },
}
