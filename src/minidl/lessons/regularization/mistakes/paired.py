"""Mistakes that learners make in "Does it help, or was it luck?"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def paired(mean, error):
    return lambda plain, other: (mean(plain - other), error(plain, other))


def right_error(plain, other):
    return (plain - other).std(ddof=1) / np.sqrt(len(plain))


OTHER_N = "Right for 4 seeds, but here there are 5: let the arrays say how many there are."
MISTAKES = Mistakes(
    Mistake(
        "sign",
        lambda plain, other: ((other - plain).mean(), right_error(plain, other)),
        "plain minus other, above 0 where it helps.",
    ),
    Mistake(
        "sign",
        paired(lambda d: abs(d.mean()), right_error),
        "plain minus other, above 0 where it helps.",
    ),
    Mistake("sum", paired(np.sum, right_error), "The mean, not the sum."),
    Mistake(
        "absolute",
        lambda plain, other: (abs(plain - other).mean(), right_error(plain, other)),
        "This is the mean size of the differences. A seed where the other method hurts "
        "must count against it: keep the signs.",
    ),
    Mistake(
        "n-hard-coded",
        paired(np.mean, lambda p, o: (p - o).std(ddof=1) / 2),
        OTHER_N,
    ),
    Mistake("n-hard-coded", paired(lambda d: d.sum() / 4, right_error), OTHER_N),
    Mistake(
        "n-hard-coded", paired(np.mean, lambda p, o: np.sqrt(len(p) * (p - o).var() / 12)), OTHER_N
    ),
    Mistake(
        "unpaired",
        paired(
            np.mean,
            lambda p, o: np.sqrt(p.var(ddof=1) / len(p) + o.var(ddof=1) / len(o)),
        ),
        "This takes the two columns as if they had nothing in common. They share data "
        "and first weights, and that is the point: take the differences first, then "
        "look how they scatter.",
    ),
    Mistake(
        "no-root",
        paired(np.mean, lambda p, o: (p - o).std(ddof=1)),
        "This is the scatter of one seed; the mean of n seeds scatters by √n less.",
    ),
    Mistake(
        "divided-by-n",
        paired(np.mean, lambda p, o: (p - o).std(ddof=1) / len(p)),
        "Divide by √n, not by n.",
    ),
    Mistake(
        "no-correction",
        paired(np.mean, lambda p, o: (p - o).std() / np.sqrt(len(p))),
        "`ddof=1` is missing: the numbers lie closer to their own mean than to the "
        "true one, and dividing by n − 1 makes up for that.",
    ),
    Mistake(
        "variance",
        paired(np.mean, lambda p, o: (p - o).var(ddof=1) / len(p)),
        "This is the variance of the mean; take its root.",
    ),
    Mistake(
        "variance",
        paired(np.mean, lambda p, o: (p - o).var(ddof=1) / np.sqrt(len(p))),
        "The scatter is the standard deviation, `std`; this is its square, the variance.",
    ),
    Mistake(
        "corrected-twice",
        paired(np.mean, lambda p, o: (p - o).std(ddof=1) / np.sqrt(len(p) - 1)),
        "`ddof=1` sees to n − 1 already: divide by √n.",
    ),
    Mistake("not-a-pair", lambda plain, other: (plain - other).mean()),
    Mistake("values", paired(np.mean, lambda p, o: abs(p - o).max())),
)
