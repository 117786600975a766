"""Mistakes that learners make in "How large is the gap?"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes

MISTAKES = Mistakes(
    Mistake(
        "missing-root",
        lambda p, n, q, m: (p - q) / (p * (1 - p) / n + q * (1 - q) / m),
        "This divides by the variance; the standard error is its square root.",
    ),
    Mistake(
        "errors-added",
        lambda p, n, q, m: (p - q) / (np.sqrt(p * (1 - p) / n) + np.sqrt(q * (1 - q) / m)),
        "This adds the two standard errors. Independent errors add as squares: both at "
        "their worst at once is rarer than that.",
    ),
    Mistake(
        "errors-added",
        lambda p, n, q, m: (p - q) / np.sqrt(np.sqrt(p * (1 - p) / n) + np.sqrt(q * (1 - q) / m)),
        "This adds the standard errors and takes a root of the sum. Add the variances, which are "
        "their squares; then comes the root.",
    ),
    Mistake(
        "squared-twice",
        lambda p, n, q, m: (p - q) / np.hypot(p * (1 - p) / n, q * (1 - q) / m),
        "This squares the variances, which are squares already: add them as they are, then comes "
        "the root.",
    ),
    Mistake(
        "sizes-by-heart",
        lambda p, n, q, m: (p - q) / np.sqrt(p * (1 - p) / 160 + q * (1 - q) / 200),
        "Right for 160 and 200 points only: take `dev_size` and `test_size`.",
    ),
    Mistake(
        "only-dev",
        lambda p, n, q, m: (p - q) / np.sqrt(p * (1 - p) / n),
        "This takes the dev score's error only; the test score wobbles, too.",
    ),
    Mistake(
        "only-test",
        lambda p, n, q, m: (p - q) / np.sqrt(q * (1 - q) / m),
        "This takes the test score's error only; the dev score wobbles, too.",
    ),
    Mistake(
        "pooled",
        lambda p, n, q, m: (
            (p - q) * (n + m) / np.sqrt((p * n + q * m) * (n + m - p * n - q * m) * (1 / n + 1 / m))
        ),
        "This takes one accuracy for both sets; here each variance has its own.",
    ),
    Mistake(
        "pooled",
        lambda p, n, q, m: (p - q) / np.sqrt((p + q) / 2 * (1 - (p + q) / 2) * (1 / n + 1 / m)),
        "This takes one accuracy for both sets; here each variance has its own.",
    ),
    Mistake(
        "each-by-its-own",
        lambda p, n, q, m: p / np.sqrt(p * (1 - p) / n) - q / np.sqrt(q * (1 - q) / m),
        "This divides each score by its own error. First take the gap, then divide it by the gap's "
        "error, in which both variances add up.",
    ),
    Mistake(
        "gap-as-an-accuracy",
        lambda p, n, q, m: (p - q) / np.sqrt((p - q) * (1 - p + q) / (n + m)),
        "p (1 − p) / N is the variance of an accuracy, and the gap is none. Take it for either "
        "score, and add the two.",
    ),
    Mistake(
        "variances-subtracted",
        lambda p, n, q, m: (p - q) / np.sqrt(p * (1 - p) / n - q * (1 - q) / m),
        "The variances add up, under a difference as well: both scores wobble, and neither makes "
        "up for the other.",
    ),
    Mistake(
        "sign",
        lambda p, n, q, m: (q - p) / np.sqrt(p * (1 - p) / n + q * (1 - q) / m),
        "The gap is dev minus test, below 0 where test is higher.",
    ),
    Mistake(
        "sign",
        lambda p, n, q, m: abs(p - q) / np.sqrt(p * (1 - p) / n + q * (1 - q) / m),
        "A gap has a sign: below 0 where test is higher. Is there an `abs`?",
    ),
    Mistake(
        "error-not-gap",
        lambda p, n, q, m: np.sqrt(p * (1 - p) / n + q * (1 - q) / m),
        "This is the standard error of the gap; divide the gap by it.",
    ),
    Mistake("values", lambda p, n, q, m: (p - q) / np.sqrt(p * (1 - p) / m + q * (1 - q) / n)),
)
