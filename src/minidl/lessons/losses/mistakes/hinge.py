"""Mistakes that learners make in "Find two faults: never content, and deaf to its factor"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.losses import solutions as right
from minidl.losses import MultiMarginLoss


def with_value(change):
    """Return an answer whose value, before the factor, is changed."""

    def hinge(scores, labels, margin, factor):
        value, _ = right.hinge(scores, labels, margin, 1.0)
        gradient = right.hinge(scores, labels, margin, factor)[1]
        return factor * change(value, scores, labels, margin), gradient

    return hinge


def with_gradient(change):
    """Return an answer whose gradient, before the factor, is changed."""

    def hinge(scores, labels, margin, factor):
        gradient = right.hinge(scores, labels, margin, 1.0)[1]
        value = right.hinge(scores, labels, margin, factor)[0]
        return value, factor * change(gradient, scores, labels)

    return hinge


def with_factors(of_value, of_gradient):
    def hinge(scores, labels, margin, factor):
        value, gradient = right.hinge(scores, labels, margin, 1.0)
        return of_value(factor) * value, of_gradient(factor) * gradient

    return hinge


def scaled(share):
    def hinge(scores, labels, margin, factor):
        return right.hinge(scores, labels, margin, factor * share(scores))

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


def columns_of_labels(scores, labels, margin, factor):
    rows = np.arange(len(scores))
    lacking = np.maximum(0, margin + scores - scores[rows, labels][:, None])
    lacking[:, labels] = 0
    slope = 1.0 * (lacking > 0)
    slope[rows, labels] = -slope.sum(axis=1)
    return factor * lacking.sum() / len(scores), factor * slope / len(scores)


def without_margin(scores, labels, margin, factor):
    return right.hinge(scores, labels, 0.0, factor)


def without_what_equals_the_margin(scores, labels, margin):
    rows = np.arange(len(scores))
    lacking = np.maximum(0, margin + scores - scores[rows, labels][:, None])
    lacking[lacking == margin] = 0
    return lacking.sum() / len(scores)


def without_the_right_class(gradient, scores, labels):
    gradient = gradient.copy()
    gradient[np.arange(len(scores)), labels] = 0
    return gradient


def factor_for_the_others_only(scores, labels, margin, factor):
    value, gradient = right.hinge(scores, labels, margin, factor)
    rows = np.arange(len(scores))
    gradient[rows, labels] = right.hinge(scores, labels, margin, 1.0)[1][rows, labels]
    return value, gradient


def borrowed(scores, labels, margin, factor):
    loss, times = MultiMarginLoss(margin=margin), factor * scores.shape[1]
    return times * loss(scores, labels), times * loss.backward()


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
    Mistake(
        "gradient-without-factor",
        with_factors(lambda factor: factor, lambda factor: 1.0),
        "Value and gradient differ by `factor`: where the loss counts half, each of its slopes is "
        "half as steep.",
    ),
    *(
        Mistake(
            "no-factor",
            with_factors(lambda factor: 1.0, of_gradient),
            "The factor is gone from the value. The loss is to count `factor` times, and its "
            "slopes with it.",
        )
        for of_gradient in (lambda factor: 1.0, lambda factor: factor)
    ),
    Mistake(
        "factor-twice",
        with_factors(lambda factor: factor, lambda factor: factor**2),
        "The factor is in the gradient twice. Multiply the slopes by it in one place only.",
    ),
    Mistake(
        "divided-by-the-factor",
        with_factors(lambda factor: factor, lambda factor: 1 / factor),
        "The slope grows with the factor: multiply by it.",
    ),
    Mistake(
        "factor-in-part",
        factor_for_the_others_only,
        "The right class's slope has no factor yet. (PyTorch's CTCLoss once forgot it in some of "
        "its terms, too: report 11750.)",
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
