"""Mistakes that learners make in "Find two faults: a gradient"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.debugging import solutions as right
from minidl.numerics import one_hot, softmax


def in_place_of_pairs(divided):
    def score_gradient(scores, labels):
        g = softmax(scores)
        g[:, labels] -= 1
        return g / len(labels) if divided else g

    return score_gradient


def labels_as_rows(scores, labels):
    g = softmax(scores)
    g[labels] -= 1
    return g / len(labels)


def one_part_divided(by_labels):
    """Return an answer that divides either the labels or the probabilities by N."""

    def score_gradient(scores, labels):
        N, p = len(labels), softmax(scores)
        hot = one_hot(labels, scores.shape[1])
        return p - hot / N if by_labels else p / N - hot

    return score_gradient


def along_the_wrong_axis(scores, labels):
    g = softmax(scores, axis=0)
    g[np.arange(len(labels)), labels] -= 1
    return g / len(labels)


def by_hand(scores, labels):
    e = np.exp(scores)
    return (e / e.sum(axis=1, keepdims=True) - one_hot(labels, scores.shape[1])) / len(labels)


def changed(change):
    def score_gradient(scores, labels):
        return change(right.score_gradient(scores, labels), scores)

    return score_gradient


MISTAKES = Mistakes(
    Mistake(
        "both-left",
        in_place_of_pairs(divided=False),
        "These are the lines as they were, with both faults.",
    ),
    Mistake(
        "every-row-with-every-label",
        in_place_of_pairs(divided=True),
        "1/N is there. But `g[:, labels]` takes 1 off in every row at every label that the batch "
        "has: each row has one label of its own.",
    ),
    Mistake(
        "labels-as-rows",
        labels_as_rows,
        "`g[labels]` takes the labels for numbers of rows, and whole rows. Pairs are wanted: each "
        "row, with the column of its label.",
    ),
    Mistake(
        "missing-mean",
        changed(lambda g, scores: g * len(g)),
        "The labels are right now. The loss is a mean over N samples, and its gradient too.",
    ),
    Mistake(
        "mean-of-all-numbers",
        changed(lambda g, scores: g / scores.shape[1]),
        "Divide by the number of samples, not by that of all scores.",
    ),
    Mistake(
        "mean-of-labels-only",
        one_part_divided(by_labels=True),
        "The 1 at the label is divided by N here, and the probabilities are not: divide all of it.",
    ),
    Mistake(
        "mean-of-probabilities-only",
        one_part_divided(by_labels=False),
        "The probabilities are divided by N here, and the 1 at the label is not: take it off "
        "first, then divide.",
    ),
    Mistake(
        "by-classes",
        changed(lambda g, scores: g * len(g) / scores.shape[1]),
        "This divides by the number of classes: the mean is taken over the samples.",
    ),
    Mistake(
        "wrong-sign",
        changed(lambda g, scores: -g),
        "Turned round: the gradient is p − y. A step takes it off.",
    ),
    Mistake(
        "softmax-over-samples",
        along_the_wrong_axis,
        "The probabilities of one sample add up to 1, along the last axis; here those of one class "
        "do.",
    ),
    Mistake(
        "mean-taken",
        changed(lambda g, scores: g.sum(axis=0)),
        "The gradient has the shape of the scores: each score has its own number. Divide by N, and "
        "leave the samples apart.",
    ),
    Mistake("warns", by_hand),
)
