"""Mistakes that learners make in "Find two faults: weights"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.likelihood import solutions as right
from minidl.numerics import log_softmax


def weighing(loss_over, gradient_over, *, weighs=True):
    """Return an answer that divides by these two functions of the samples' weights."""

    def weighted_cross_entropy(scores, labels, weight):
        log_p = log_softmax(scores)
        samples, w = np.arange(len(labels)), weight[labels]
        gradient = np.exp(log_p)
        gradient[samples, labels] -= 1
        rows = gradient * w[:, np.newaxis] if weighs else gradient
        total = np.sum(-w * log_p[samples, labels])
        return total / loss_over(w, weight), rows / gradient_over(w, weight)

    return weighted_cross_entropy


def count(w, weight):
    return len(w)


def of_labels(w, weight):
    return w.sum()


def of_classes(w, weight):
    return weight.sum()


def unweighted(scores, labels, weight):
    return right.cross_entropy(scores, labels)


def weighing_columns(scores, labels, weight):
    loss, _ = right.weighted_cross_entropy(scores, labels, weight)
    _, gradient = right.cross_entropy(scores, labels)
    return loss, gradient * len(labels) * weight / weight[labels].sum()


def weighing_as_broadcast(scores, labels, weight):
    loss, _ = right.weighted_cross_entropy(scores, labels, weight)
    w, (_, gradient) = weight[labels], right.cross_entropy(scores, labels)
    return loss, gradient * len(labels) * w / w.sum()


def weighing_labels_place(scores, labels, weight):
    loss, _ = right.weighted_cross_entropy(scores, labels, weight)
    w, (_, gradient) = weight[labels], right.cross_entropy(scores, labels)
    gradient[np.arange(len(labels)), labels] *= w
    return loss, gradient * len(labels) / w.sum()


def weighing_only_labels(scores, labels, weight):
    loss, _ = right.weighted_cross_entropy(scores, labels, weight)
    w, gradient = weight[labels], right.my_softmax(scores)
    gradient[np.arange(len(labels)), labels] -= w
    return loss, gradient / w.sum()


BOTH_BY_N = (
    "Loss and gradient agree now, and both are divided by N. A weighted mean is divided by the sum "
    "of the weights: `w.sum()`."
)
MISTAKES = Mistakes(
    Mistake(
        "unmended",
        weighing(count, of_labels, weighs=False),
        "Both faults are still there. Compare the loss with PyTorch's, and the gradient with "
        "central differences.",
    ),
    Mistake(
        "mean-of-losses",
        weighing(count, of_labels),
        "The loss is still the mean of the weighted losses, divided by N; a weighted mean is "
        "divided by the sum of the weights.",
    ),
    Mistake(
        "weights-missing-in-gradient",
        weighing(of_labels, of_labels, weighs=False),
        "The loss is right; in the gradient, the sample's weight is still missing in each row.",
    ),
    Mistake("both-by-N", weighing(count, count), BOTH_BY_N),
    Mistake(
        "gradient-by-N",
        weighing(of_labels, count),
        "The loss is divided by the sum of the weights, the gradient by N: a factor apart.",
    ),
    Mistake(
        "sum-over-classes",
        weighing(of_classes, of_classes),
        "This divides by the sum of the classes' weights; each sample counts with its own: "
        "`weight[labels].sum()`.",
    ),
    Mistake(
        "not-divided",
        weighing(lambda w, weight: 1, lambda w, weight: 1),
        "This is the sum of the weighted losses; a weighted mean is divided by `w.sum()`.",
    ),
    Mistake(
        "weighs-columns",
        weighing_columns,
        "The gradient is multiplied by the weight of each column's class. The weight belongs to "
        "the sample, so to its row: `w[:, np.newaxis]`.",
    ),
    Mistake(
        "no-new-axis",
        weighing_as_broadcast,
        "`gradient * w` multiplies column by column, which NumPy lets pass where there are as many "
        "classes as samples. A sample is a row: `w[:, np.newaxis]`.",
    ),
    Mistake(
        "weighs-only-labels",
        weighing_labels_place,
        "The weight multiplies the whole row of p − y, not only the label's place.",
    ),
    Mistake(
        "weighs-only-labels",
        weighing_only_labels,
        "The weight multiplies the whole of p − y, not the label's 1 alone.",
    ),
    Mistake("unweighted", unweighted, "The weights do nothing here."),
    Mistake("not-a-pair", lambda *args: right.weighted_cross_entropy(*args)[0]),
)
