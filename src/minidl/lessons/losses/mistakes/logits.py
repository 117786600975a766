"""Mistakes that learners make in "Binary cross-entropy from logits"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.losses import solutions as right
from minidl.losses import BCEWithLogitsLoss


def softplus(x):
    return np.logaddexp(0, x)


def sigmoid(x):
    return np.exp(-np.logaddexp(0, -x))


def from_probabilities(x, y, w):
    p = 1 / (1 + np.exp(-x))
    return -(w * y * np.log(p) + (1 - y) * np.log(1 - p))


def clipped(largest):
    return lambda x, y, w: right.bce_with_logits(np.clip(x, -largest, largest), y, w)


def clipped_probabilities(x, y, w):
    p = np.clip(sigmoid(x), 1e-12, 1 - 1e-12)
    return -(w * y * np.log(p) + (1 - y) * np.log(1 - p))


def both_branches(x, y, w):
    large = np.where(x > 30, x, np.log(1 + np.exp(x)))
    return w * y * (large - x) + (1 - y) * large


MISTAKES = Mistakes(
    Mistake(
        "overflows",
        from_probabilities,
        "Right for small logits. At 1000 the exponential is infinite, or σ(x) is exactly 0 or 1.",
    ),
    Mistake(
        "overflows",
        lambda x, y, w: w * y * np.log(1 + np.exp(-x)) + (1 - y) * np.log(1 + np.exp(x)),
        "Right for small logits. At 1000 the exponential is infinite, or σ(x) is exactly 0 or 1.",
    ),
    Mistake(
        "no-weight",
        lambda x, y, w: y * softplus(-x) + (1 - y) * softplus(x),
        "`pos_weight` is missing.",
    ),
    Mistake(
        "weight-for-all",
        lambda x, y, w: w * (y * softplus(-x) + (1 - y) * softplus(x)),
        "The weight is for the positive part only. If all count more, none does.",
    ),
    Mistake(
        "weight-for-negatives",
        lambda x, y, w: y * softplus(-x) + w * (1 - y) * softplus(x),
        "Here the negatives have the weight; it belongs to y = 1.",
    ),
    Mistake(
        "mirrored",
        lambda x, y, w: w * y * softplus(x) + (1 - y) * softplus(-x),
        "Mirrored: for y = 1 a large logit should cost next to nothing.",
    ),
    Mistake(
        "weight-inside",
        lambda x, y, w: y * softplus(-w * x) + (1 - y) * softplus(x),
        "The weight multiplies the cost, not the logit.",
    ),
    Mistake(
        "sign",
        lambda x, y, w: -right.bce_with_logits(x, y, w),
        "The sign is missing: a logarithm of a probability is below 0, a cost is not.",
    ),
    Mistake(
        "logits-as-probabilities",
        lambda x, y, w: (w * y + 1 - y) * np.abs(sigmoid(x) - y),
        "That is how far the probability is off; its logarithm is asked for.",
    ),
    Mistake(
        "one-label",
        lambda x, y, w: np.where(y > 0.5, w * softplus(-x), softplus(x)),
        "A label between 0 and 1 needs both terms.",
    ),
    Mistake(
        "one-label",
        lambda x, y, w: np.where(y == 1, w * softplus(-x), softplus(x)),
        "A label between 0 and 1 needs both terms.",
    ),
    *(
        Mistake(
            "stuck",
            clipped(largest),
            "A clipped logit also clips the cost, which should go on growing with x.",
        )
        for largest in (30, 36, 50, 100, 500, 700, 709)
    ),
    Mistake(
        "stuck",
        clipped_probabilities,
        "A clipped probability also clips the cost, which should go on growing with x.",
    ),
    Mistake(
        "hidden-overflow",
        both_branches,
        "The results are right, but NumPy warned: `np.where` computes both branches, also the one "
        "that overflows.",
    ),
    Mistake("shape", lambda x, y, w: np.mean(right.bce_with_logits(x, y, w), axis=0)),
    Mistake("borrowed", lambda x, y, w: BCEWithLogitsLoss(pos_weight=w, reduction="none")(x, y)),
    Mistake("inexact", lambda x, y, w: np.round(right.bce_with_logits(x, y, w), 10)),
    Mistake("values", lambda x, y, w: (w * y + 1 - y) * (sigmoid(x) - y) ** 2),
)
