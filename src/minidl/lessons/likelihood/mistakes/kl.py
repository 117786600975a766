"""Mistakes that learners make in "KL divergence from logarithms"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.likelihood import solutions as right
from minidl.losses import KLDivLoss


def safe_log(p):
    return np.log(np.where(p > 0, p, 1))


def terms(log_q, p):
    return p * (safe_log(p) - log_q)


def log_of_zero(log_q, p):
    return (p * (np.log(p) - log_q)).sum(axis=1).mean()


def through_q(log_q, p):
    with np.errstate(divide="ignore"):
        return (p * (safe_log(p) - np.log(np.exp(log_q)))).sum(axis=1).mean()


def reversed_kl(log_q, p):
    return (np.exp(log_q) * (log_q - safe_log(p))).sum(axis=1).mean()


MISTAKES = Mistakes(
    Mistake(
        "probabilities-for-logs",
        lambda log_q, p: (p * (safe_log(p) - np.exp(log_q))).sum(axis=1).mean(),
        "q itself stands where its logarithm belongs. `log_q` is that already.",
    ),
    Mistake(
        "log-of-zero",
        log_of_zero,
        "0·log 0 is NaN for the computer. What happens with probability 0 contributes 0.",
    ),
    Mistake(
        "logarithm-twice",
        lambda log_q, p: (p * (safe_log(p) - np.log(log_q))).sum(axis=1).mean(),
        "`log_q` is a logarithm already; that of a negative number is NaN.",
    ),
    Mistake(
        "log-of-exp",
        through_q,
        "exp(log_q) rounds to 0, and its logarithm is −∞: use `log_q` as it is.",
    ),
    Mistake(
        "reversed",
        reversed_kl,
        "This weighs by q and has the two changed round: KL(q‖p). Weigh by p, what really happens.",
    ),
    Mistake(
        "cross-entropy",
        lambda log_q, p: -(p * log_q).sum(axis=1).mean(),
        "This is the cross-entropy: the entropy of p has to be taken off, + p·log p.",
    ),
    Mistake(
        "sign",
        lambda log_q, p: -right.kl_divergence(log_q, p),
        "The sign is turned: log p − log q.",
    ),
    Mistake(
        "mean-over-elements",
        lambda log_q, p: terms(log_q, p).mean(),
        "The mean runs over the classes, too. Sum over a row, then take the mean of the rows. "
        "(PyTorch's `reduction='mean'` is this one, and warns.)",
    ),
    Mistake(
        "missing-mean",
        lambda log_q, p: terms(log_q, p).sum(),
        "This is the sum over the rows; the mean of the rows is asked for.",
    ),
    Mistake(
        "log-base",
        lambda log_q, p: (p * (safe_log(p) / np.log(2) - log_q)).sum(axis=1).mean(),
        "Both logarithms are natural ones, np.log.",
    ),
    Mistake(
        "absolute",
        lambda log_q, p: np.abs(terms(log_q, p)).sum(axis=1).mean(),
        "The terms may be negative; only their sum may not.",
    ),
    Mistake("not-one-number", lambda log_q, p: terms(log_q, p).sum(axis=1)),
    Mistake("inexact", lambda log_q, p: log_of_zero(log_q, p + 1e-11)),
    Mistake(
        "borrowed",
        lambda log_q, p: KLDivLoss(reduction="batchmean")(log_q, p),
    ),
)
