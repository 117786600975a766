"""Mistakes that learners make in "Find the fault: value and gradient part"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.losses import solutions as right
from minidl.losses import CrossEntropyLoss


def scaled(of_value, of_gradient):
    def weighted_cross_entropy(logits, labels, weight):
        value, gradient = right.weighted_cross_entropy(logits, labels, weight)
        args = weight[labels], weight
        return value * of_value(*args), gradient * of_gradient(*args)

    return weighted_cross_entropy


def same(w, weight):
    return 1.0


def by_count(w, weight):
    return w.sum() / len(w)


def by_sum_of_classes(w, weight):
    return w.sum() / weight.sum()


def total(w, weight):
    return w.sum()


def unweighted(logits, labels, weight):
    return right.weighted_cross_entropy(logits, labels, np.ones_like(weight))


def unweighted_gradient(logits, labels, weight):
    value = right.weighted_cross_entropy(logits, labels, weight)[0]
    return value, unweighted(logits, labels, weight)[1]


def without_labels(logits, labels, weight):
    value, gradient = right.weighted_cross_entropy(logits, labels, weight)
    w = weight[labels]
    gradient = gradient.copy()
    gradient[np.arange(len(w)), labels] += w / w.sum()
    return value, gradient


def by_columns(logits, labels, weight):
    value = right.weighted_cross_entropy(logits, labels, weight)[0]
    gradient = unweighted(logits, labels, weight)[1] * len(labels)
    return value, gradient * weight / weight[labels].sum()


def naive(logits, labels, weight):
    rows, w = np.arange(len(logits)), weight[labels]
    p = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    value = -(w * np.log(p[rows, labels])).sum() / w.sum()
    p[rows, labels] -= 1
    return value, p * w[:, None] / w.sum()


def borrowed(logits, labels, weight):
    loss = CrossEntropyLoss(weight=weight)
    return loss(logits, labels), loss.backward()


MISTAKES = Mistakes(
    Mistake(
        "still-apart",
        scaled(same, by_count),
        "The value divides by the sum of the weights, the gradient still by the number of samples.",
    ),
    Mistake(
        "wrong-one-mended",
        scaled(by_count, by_count),
        "Now they fit, but the value was right: a weighted mean divides by the sum of the weights.",
    ),
    Mistake(
        "sum-of-all-classes",
        scaled(by_sum_of_classes, by_sum_of_classes),
        "The weights of the labels that are there are added, one a sample, not those of all "
        "classes.",
    ),
    Mistake(
        "sum-of-all-classes",
        scaled(same, by_sum_of_classes),
        "The weights of the labels that are there are added, one a sample, not those of all "
        "classes.",
    ),
    Mistake("sum", scaled(total, total), "These are sums; the weighted mean is asked for."),
    Mistake(
        "no-mean-in-the-gradient",
        scaled(same, total),
        "The gradient of the sum; divide it by what the value is divided by.",
    ),
    Mistake("unweighted", unweighted, "The weights are missing."),
    Mistake("unweighted-gradient", unweighted_gradient, "The gradient's weights are missing."),
    Mistake(
        "weights-by-columns",
        by_columns,
        "The weight belongs to a sample, by its label, and so to a whole row of the gradient.",
    ),
    Mistake(
        "without-the-label",
        without_labels,
        "The gradient is p minus 1 at the label: the 1 is missing.",
    ),
    Mistake(
        "sign",
        scaled(lambda w, weight: -1.0, lambda w, weight: -1.0),
        "The sign is the wrong way round: a logarithm of a probability is below 0, a cost is not.",
    ),
    Mistake("not-finite", naive),
    Mistake("not-a-pair", lambda *args: right.weighted_cross_entropy(*args)[0]),
    Mistake("borrowed", borrowed),
    Mistake("inexact", scaled(lambda w, weight: 1 + 5e-10, same)),
    Mistake("values", scaled(lambda w, weight: 1.5, same)),
)
