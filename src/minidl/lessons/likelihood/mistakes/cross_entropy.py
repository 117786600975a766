"""Mistakes that learners make in "Cross-entropy and its gradient"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.likelihood import solutions as right
from minidl.losses import CrossEntropyLoss


def changed(loss=lambda value, n: value, gradient=lambda grad, scores, labels: grad):
    def cross_entropy(scores, labels):
        value, grad = right.cross_entropy(scores, labels)
        return loss(value, len(labels)), gradient(grad, scores, labels)

    return cross_entropy


def from_probabilities(log, softmax=right.my_softmax):
    def cross_entropy(scores, labels):
        p, samples = softmax(scores), np.arange(len(labels))
        one_hot = np.eye(scores.shape[1])[labels]
        return -np.mean(log(p[samples, labels])), (p - one_hot) / len(labels)

    return cross_entropy


def plain_softmax(scores):
    return np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)


def every_row(scores, labels):
    value, _ = right.cross_entropy(scores, labels)
    gradient = right.my_softmax(scores)
    gradient[:, labels] -= 1
    return value, gradient / len(labels)


def rows_by_labels(scores, labels):
    value, _ = right.cross_entropy(scores, labels)
    gradient = right.my_softmax(scores)
    gradient[labels] -= 1
    return value, gradient / len(labels)


def all_pairs(scores, labels):
    _, gradient = right.cross_entropy(scores, labels)
    return -right.my_log_softmax(scores)[:, labels].mean(), gradient


def all_pairs_twice(scores, labels):
    return all_pairs(scores, labels)[0], every_row(scores, labels)[1]


def all_pairs_without_mean(scores, labels):
    loss, gradient = all_pairs_twice(scores, labels)
    return loss, gradient * len(labels)


def classes_of_labels(scores, labels):
    one_hot = np.eye(labels.max() + 1)[labels]
    p = right.my_softmax(scores)
    loss = -np.sum(one_hot * right.my_log_softmax(scores)) / len(labels)
    return loss, (p - one_hot) / len(labels)


def of_scores(scores, labels):
    _, gradient = right.cross_entropy(scores, labels)
    return -scores[np.arange(len(labels)), labels].mean(), gradient


def borrowing(scores, labels):
    loss = CrossEntropyLoss()
    return loss(scores, labels), loss.backward()


def with_softmax_twice(scores, labels):
    return right.cross_entropy(right.my_softmax(scores), labels)


BY_SIZE = "`.mean()` of N·C terms divides by N·C. The mean over the samples divides by N."
MISTAKES = Mistakes(
    Mistake(
        "overflow",
        from_probabilities(np.log, plain_softmax),
        "exp overflows: subtract the row's largest score first, as in your softmax.",
    ),
    Mistake(
        "log-of-softmax",
        from_probabilities(np.log),
        "The label's probability has been rounded to 0, and its logarithm is lost. Start from the "
        "log-softmax.",
    ),
    Mistake(
        "log-of-softmax",
        from_probabilities(lambda p: np.log(np.maximum(p, 1e-12))),
        "A small number under the logarithm hides how wrong a prediction is.",
    ),
    Mistake(
        "every-row",
        every_row,
        "`gradient[:, labels] -= 1` changes the columns of all labels in every row. One place in "
        "each row: `gradient[np.arange(N), labels] -= 1`.",
    ),
    Mistake(
        "rows-by-labels",
        rows_by_labels,
        "`gradient[labels] -= 1` takes the labels for rows. They are columns, one in each row: "
        "`gradient[np.arange(N), labels] -= 1`.",
    ),
    Mistake(
        "all-pairs",
        all_pairs,
        "`log_p[:, labels]` pairs every row with every label. One place in each row: "
        "`log_p[np.arange(N), labels]`.",
    ),
    Mistake(
        "all-pairs",
        all_pairs_twice,
        "`[:, labels]` pairs every row with every label, in the loss and in the gradient. One "
        "place in each row: `[np.arange(N), labels]`.",
    ),
    Mistake(
        "all-pairs",
        all_pairs_without_mean,
        "`[:, labels]` pairs every row with every label, in the loss and in the gradient. One "
        "place in each row: `[np.arange(N), labels]`. (And the gradient of a mean has 1/N.)",
    ),
    Mistake(
        "classes-of-labels",
        classes_of_labels,
        "`labels.max() + 1` is not the number of classes, where the last one has no sample here. "
        "There are `scores.shape[1]`.",
    ),
    Mistake(
        "numbers-subtracted",
        changed(
            gradient=lambda grad, scores, labels: (
                (right.my_softmax(scores) - labels[:, np.newaxis]) / len(labels)
            )
        ),
        "The gradient is p less the label's *number*. The y in p − y is one-hot: 1 at the label's "
        "place, 0 elsewhere.",
    ),
    Mistake(
        "logarithms-in-gradient",
        changed(
            gradient=lambda grad, scores, labels: (
                grad + (right.my_log_softmax(scores) - right.my_softmax(scores)) / len(labels)
            )
        ),
        "The gradient is p − y, with probabilities: exp(log_p), not log_p.",
    ),
    Mistake(
        "missing-1/N",
        changed(gradient=lambda grad, scores, labels: grad * len(labels)),
        "The loss is a mean and the gradient is that of a sum: it is N times too large.",
    ),
    Mistake(
        "missing-mean",
        changed(lambda value, n: value * n),
        "The loss is a sum, and the gradient that of a mean: divide by N.",
    ),
    Mistake(
        "missing-mean",
        changed(lambda value, n: value * n, lambda grad, scores, labels: grad * len(labels)),
        "This is the sum over the samples; the mean is asked for.",
    ),
    Mistake(
        "divided-by-size",
        lambda scores, labels: tuple(
            each / scores.shape[1] for each in right.cross_entropy(scores, labels)
        ),
        BY_SIZE,
    ),
    Mistake(
        "divided-by-size",
        lambda scores, labels: (
            right.cross_entropy(scores, labels)[0] / scores.shape[1],
            right.cross_entropy(scores, labels)[1],
        ),
        BY_SIZE,
    ),
    Mistake(
        "divided-by-size",
        changed(gradient=lambda grad, scores, labels: grad * len(labels) / scores.size),
        "The gradient is divided by N·C, the number of scores; the loss only by N.",
    ),
    Mistake(
        "sign",
        changed(gradient=lambda grad, scores, labels: -grad),
        "The gradient has the wrong sign: more score for the label means less loss. p − y.",
    ),
    Mistake("loss-sign", changed(lambda value, n: -value), "A cross-entropy is never below 0."),
    Mistake(
        "only-p",
        changed(gradient=lambda grad, scores, labels: right.my_softmax(scores) / len(labels)),
        "The gradient is p; subtract 1 at each label's place.",
    ),
    Mistake(
        "only-at-labels",
        changed(
            gradient=lambda grad, scores, labels: grad * np.eye(scores.shape[1])[labels],
        ),
        "The gradient is 0 but at the labels; the other scores matter, too: they are in the sum "
        "below the line.",
    ),
    Mistake("of-scores", of_scores, "The loss takes the log-probability, not the score itself."),
    Mistake(
        "softmax-twice",
        with_softmax_twice,
        "Here a softmax is taken of probabilities: twice in all.",
    ),
    Mistake("not-a-pair", lambda scores, labels: right.cross_entropy(scores, labels)[0]),
    Mistake(
        "not-one-number",
        lambda scores, labels: (
            -right.my_log_softmax(scores)[np.arange(len(labels)), labels],
            right.cross_entropy(scores, labels)[1],
        ),
    ),
    Mistake("inexact", changed(lambda value, n: round(value, 7))),
    Mistake("borrowed", borrowing),
)
