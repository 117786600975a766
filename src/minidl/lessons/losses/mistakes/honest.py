"""Mistakes that learners make in "Take the weight out again"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.losses import solutions as right
from minidl.numerics import sigmoid

MISTAKES = Mistakes(
    Mistake("still-weighted", lambda x, w: sigmoid(x), "The weight is still in it."),
    Mistake(
        "probability-divided",
        lambda x, w: sigmoid(x) / w,
        "The weight multiplies the odds, not the probability: with w = 10 yours is never above "
        "0.1, however sure the neuron is.",
    ),
    Mistake(
        "other-way",
        lambda x, w: sigmoid(x + np.log(w)),
        "The other way: the weight made the odds w times as large, so divide them by it.",
    ),
    Mistake(
        "logit-divided",
        lambda x, w: sigmoid(x / w),
        "Dividing the logit makes all logits smaller, also those below 0. The odds are eˣ: divide "
        "these.",
    ),
    Mistake(
        "logarithm-missing",
        lambda x, w: sigmoid(x - w),
        "Odds are divided by w where log w, not w, is taken off the logit.",
    ),
    Mistake(
        "odds",
        lambda x, w: np.exp(x) / w,
        "These are the odds, p/(1 − p). The probability p is odds/(1 + odds).",
    ),
    Mistake(
        "logits",
        lambda x, w: x - np.log(w),
        "These are logits without the weight; what remains is to make probabilities of them.",
    ),
    Mistake(
        "other-base",
        lambda x, w: sigmoid(x - np.log10(w)),
        "The logarithm to base e is wanted, `np.log`.",
    ),
    Mistake(
        "other-base",
        lambda x, w: sigmoid(x - np.log2(w)),
        "The logarithm to base e is wanted, `np.log`.",
    ),
    Mistake(
        "rounded-odds",
        lambda x, w: sigmoid(x) / (1 - sigmoid(x)) / w / (1 + sigmoid(x) / (1 - sigmoid(x)) / w),
        "Right for most logits. But σ(600) is rounded to 1, and 1 − σ to 0: the odds are lost. "
        "They are eˣ, without the detour.",
    ),
    Mistake(
        "of-adelies",
        lambda x, w: 1 - right.honest(x, w),
        "That is the probability of the other class.",
    ),
    Mistake(
        "decision",
        lambda x, w: 1.0 * (x > np.log(w)),
        "That is the decision at the right threshold; the probability is asked for.",
    ),
    Mistake(
        "weight-by-heart",
        lambda x, w: right.honest(x, 10.0),
        "Right with a weight of 10 only: take `pos_weight` itself.",
    ),
    Mistake(
        "moved-mean",
        lambda x, w: sigmoid(x) / (1 + (w - 1) * sigmoid(x)),
        "Which part of the odds does the weight belong to? p/(1 − p) is to become p/(w·(1 − p)).",
    ),
    Mistake("shape", lambda x, w: np.mean(right.honest(x, w))),
    Mistake("inexact", lambda x, w: np.round(right.honest(x, w), 9)),
    Mistake("values", lambda x, w: sigmoid(x) ** w),
)
