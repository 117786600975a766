"""Mistakes that learners make in "What a weight costs"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def l2_with(value, gradient):
    return lambda W, lam: (value(W, lam), gradient(W, lam))


def right_value(W, lam):
    return lam / 2 * np.sum(W**2)


def right_gradient(W, lam):
    return lam * W


NO_SUM = "One number is wanted, the sum over all weights: `np.sum`."
COLUMNS = (
    "`W.T @ W` multiplies columns with each other. Square each weight, then add: `np.sum(W**2)`."
)
ROWS = "This adds up the rows, as Python's `sum` does. `np.sum` adds up all numbers."
MISTAKES = Mistakes(
    Mistake(
        "no-half",
        l2_with(lambda W, lam: lam * np.sum(W**2), lambda W, lam: 2 * lam * W),
        "The ½ is missing. It is there so that the gradient is λ·W without a factor.",
    ),
    Mistake("no-rate", l2_with(lambda W, lam: np.sum(W**2) / 2, right_gradient), "λ is missing."),
    Mistake(
        "mean",
        l2_with(lambda W, lam: lam / 2 * np.mean(W**2), right_gradient),
        "A sum, not a mean: λ must mean the same for a small matrix and a large one.",
    ),
    Mistake(
        "squared-sum",
        l2_with(lambda W, lam: lam / 2 * np.sum(W) ** 2, right_gradient),
        "This is the square of the sum. Square each weight, then add.",
    ),
    Mistake(
        "root",
        l2_with(lambda W, lam: lam / 2 * np.linalg.norm(W), right_gradient),
        "The sum of the squares, without the root.",
    ),
    Mistake(
        "signed-sum",
        l2_with(lambda W, lam: lam / 2 * np.sum(W), right_gradient),
        "The squares are missing: signs cancel here.",
    ),
    Mistake(
        "absolute",
        l2_with(lambda W, lam: lam * abs(W).sum(), right_gradient),
        "This is L1, the sum of the sizes.",
    ),
    Mistake(
        "absolute",
        l2_with(lambda W, lam: lam / 2 * abs(W).sum(), right_gradient),
        "L2 adds squares, L1 adds sizes.",
    ),
    Mistake(
        "gradient-twice",
        l2_with(right_value, lambda W, lam: 2 * lam * W),
        "The ½ of the value cancels the 2 of its slope.",
    ),
    Mistake(
        "gradient-half",
        l2_with(right_value, lambda W, lam: lam / 2 * W),
        "The slope of W² is 2·W, and ½·2 is 1.",
    ),
    Mistake(
        "gradient-no-rate", l2_with(right_value, lambda W, lam: W), "λ is missing in the gradient."
    ),
    Mistake(
        "gradient-sign",
        l2_with(right_value, lambda W, lam: -lam * W),
        "The gradient points up the slope; the step turns it.",
    ),
    Mistake(
        "gradient-summed",
        l2_with(right_value, lambda W, lam: lam * W.sum()),
        "Each weight has a slope of its own: a gradient has the shape of W.",
    ),
    Mistake(
        "gradient-of-L1",
        l2_with(right_value, lambda W, lam: lam * np.sign(W)),
        "This is the gradient of L1.",
    ),
    Mistake(
        "rate-by-heart",
        l2_with(lambda W, lam: 0.05 * np.sum(W**2), right_gradient),
        "Right with lam = {lam:g}, but it gives the same value for any other: take `lam` itself.",
    ),
    Mistake(
        "gradient-by-heart",
        l2_with(right_value, lambda W, lam: 0.1 * W),
        "The gradient is right for lam = 0.1 only: take `lam` itself.",
    ),
    Mistake("not-a-pair", right_value),
    Mistake("no-sum", l2_with(lambda W, lam: lam / 2 * W**2, right_gradient), NO_SUM),
    Mistake("no-sum", l2_with(lambda W, lam: lam * W**2, right_gradient), NO_SUM),
    Mistake("no-sum", l2_with(lambda W, lam: W**2, right_gradient), NO_SUM),
    Mistake("matrix-product", l2_with(lambda W, lam: lam / 2 * W.T @ W, right_gradient), COLUMNS),
    Mistake("matrix-product", l2_with(lambda W, lam: lam * W.T @ W, right_gradient), COLUMNS),
    Mistake("matrix-product", l2_with(lambda W, lam: W.T @ W, right_gradient), COLUMNS),
    Mistake("no-sum", l2_with(lambda W, lam: lam / 2 * (W**2).sum(axis=0), right_gradient), ROWS),
    Mistake("not-one-number", l2_with(right_gradient, right_value)),
    Mistake("values", l2_with(right_value, lambda W, lam: lam * W**2)),
)
