"""Mistakes that learners make in "Find the fault: a loss that is never content"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.losses import solutions as right
from minidl.losses import MultiMarginLoss


def with_value(change):
    def hinge(scores, labels, margin):
        value, gradient = right.hinge(scores, labels, margin)
        return change(value, scores, labels, margin), gradient

    return hinge


def with_gradient(change):
    def hinge(scores, labels, margin):
        value, gradient = right.hinge(scores, labels, margin)
        return value, change(gradient, scores, labels)

    return hinge


def scaled(factor):
    def hinge(scores, labels, margin):
        value, gradient = right.hinge(scores, labels, margin)
        return value * factor(scores), gradient * factor(scores)

    return hinge


def squared(scores, labels, margin):
    rows = np.arange(len(scores))
    lacking = np.maximum(0, margin + scores - scores[rows, labels][:, None])
    lacking[rows, labels] = 0
    return (lacking**2).sum() / len(scores)


def worst_only(scores, labels, margin):
    rows = np.arange(len(scores))
    lacking = np.maximum(0, margin + scores - scores[rows, labels][:, None])
    lacking[rows, labels] = 0
    return lacking.max(axis=1).mean()


def not_limited(scores, labels, margin):
    lacking = margin + scores - scores[np.arange(len(scores)), labels][:, None]
    return (lacking.sum() - margin * len(scores)) / len(scores)


def columns_of_labels(scores, labels, margin):
    rows = np.arange(len(scores))
    lacking = np.maximum(0, margin + scores - scores[rows, labels][:, None])
    lacking[:, labels] = 0
    slope = 1.0 * (lacking > 0)
    slope[rows, labels] = -slope.sum(axis=1)
    return lacking.sum() / len(scores), slope / len(scores)


def without_margin(scores, labels, margin):
    return right.hinge(scores, labels, 0.0)


def without_what_equals_the_margin(scores, labels, margin):
    rows = np.arange(len(scores))
    lacking = np.maximum(0, margin + scores - scores[rows, labels][:, None])
    lacking[lacking == margin] = 0
    return lacking.sum() / len(scores)


def without_the_right_class(gradient, scores, labels):
    gradient = gradient.copy()
    gradient[np.arange(len(scores)), labels] = 0
    return gradient


def borrowed(scores, labels, margin):
    loss, C = MultiMarginLoss(margin=margin), scores.shape[1]
    return C * loss(scores, labels), C * loss.backward()


MISTAKES = Mistakes(
    Mistake(
        "counts-the-true-class",
        with_value(lambda value, scores, labels, margin: value + margin),
        "The true class still counts: compared with itself it lacks the whole margin, always.",
    ),
    Mistake(
        "one-by-heart",
        with_value(lambda value, scores, labels, margin: value + margin - 1),
        "This takes 1 off, which is right for a margin of 1 only. Leave the true class out.",
    ),
    Mistake(
        "taken-off-once",
        with_value(lambda value, scores, labels, margin: value + margin - margin / len(scores)),
        "The margin is too much in every sample, and here it is taken off once.",
    ),
    Mistake(
        "columns-of-labels",
        columns_of_labels,
        "`lacking[:, labels] = 0` empties the columns of all labels, in every row. One place in "
        "each row: `lacking[rows, labels]`.",
    ),
    Mistake(
        "margin-missing",
        without_margin,
        "The margin is gone altogether; the other classes still have to keep away by that much.",
    ),
    Mistake(
        "equal-to-the-margin",
        with_value(lambda value, *args: without_what_equals_the_margin(*args)),
        "Another class that is level with the true one lacks just the margin, too. Leave the true "
        "class out by its place, `lacking[rows, labels]`.",
    ),
    Mistake(
        "mean-over-classes",
        scaled(lambda scores: 1 / scores.shape[1]),
        "This is MultiMarginLoss, which also divides by the number of classes.",
    ),
    Mistake(
        "mean-over-others",
        scaled(lambda scores: 1 / (scores.shape[1] - 1)),
        "The sum over the other classes is asked for, and the mean over the samples only.",
    ),
    Mistake("sum", scaled(len), "These are sums; the mean over the samples is asked for."),
    Mistake(
        "squared",
        with_value(lambda value, *args: squared(*args)),
        "What is lacking counts as it is, without a square.",
    ),
    Mistake(
        "worst-only",
        with_value(lambda value, *args: worst_only(*args)),
        "Every class that comes too close counts, not only the worst.",
    ),
    Mistake(
        "not-limited",
        with_value(lambda value, *args: not_limited(*args)),
        "A lead above the margin is no credit: nothing below 0 may enter the sum.",
    ),
    Mistake(
        "no-mean-in-the-gradient",
        with_gradient(lambda gradient, scores, labels: gradient * len(scores)),
        "Value and gradient differ by a factor: the value is a mean over the samples.",
    ),
    Mistake(
        "right-class-not-pulled",
        with_gradient(without_the_right_class),
        "The right class has a gradient, too: minus the number of those that come too close.",
    ),
    Mistake(
        "sign",
        with_gradient(lambda gradient, scores, labels: -gradient),
        "The gradient points the wrong way: it should push the wrong classes down.",
    ),
    Mistake("not-a-pair", lambda *args: right.hinge(*args)[0]),
    Mistake("borrowed", borrowed),
    Mistake("inexact", with_value(lambda value, *args: value * (1 + 5e-10))),
    Mistake("values", with_value(lambda value, *args: value + 0.125)),
)
