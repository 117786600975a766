"""Mistakes that learners make in "An average that fades"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def averages_with(
    share=lambda beta: 1 - beta, total=lambda beta, t: 1 - beta**t, begin=lambda values: 0.0
):
    def averages(values, beta):
        v, found = begin(values), []
        for t, value in enumerate(values, start=1):
            v = beta * v + share(beta) * value
            found.append(v / total(beta, t))
        return np.array(found)

    return averages


def fed_back(values, beta):
    v, found = 0.0, []
    for t, value in enumerate(values, start=1):
        v = (beta * v + (1 - beta) * value) / (1 - beta**t)
        found.append(v)
    return np.array(found)


def swapped(values, beta):
    v, found = 0.0, []
    for t, value in enumerate(values, start=1):
        v = (1 - beta) * v + beta * value
        found.append(v / (1 - (1 - beta) ** t))
    return np.array(found)


def half_swapped(values, beta):
    v, found = 0.0, []
    for t, value in enumerate(values, start=1):
        v = (1 - beta) * v + beta * value
        found.append(v / (1 - beta**t))
    return np.array(found)


SWAPPED = "β and 1 − β are swapped: β is the share of the old average."
MISTAKES = Mistakes(
    Mistake(
        "not-corrected",
        averages_with(total=lambda beta, t: 1.0),
        "The first averages are too small, since v begins at 0: divide what you return by 1 − βᵗ.",
    ),
    Mistake(
        "fed-back",
        fed_back,
        "The corrected average goes into the next one. Correct what you return, and let v itself "
        "go on uncorrected.",
    ),
    Mistake(
        "no-share",
        averages_with(share=lambda beta: 1.0),
        "The new value counts in full: times 1 − β makes it an average.",
    ),
    Mistake(
        "no-share",
        averages_with(share=lambda beta: 1.0, total=lambda beta, t: 1.0),
        "This is the v of momentum: the new value counts in full. Times 1 − β makes it an average.",
    ),
    Mistake("swapped", half_swapped, SWAPPED),
    Mistake(
        "product-not-power",
        averages_with(total=lambda beta, t: 1 - beta * t if beta * t != 1 else 1.0),
        "You divide by 1 − β·t, a product; it is a power, `1 - beta**t`.",
    ),
    Mistake("swapped", swapped, SWAPPED),
    Mistake(
        "counts-from-0",
        averages_with(total=lambda beta, t: 1 - beta ** (t - 1)),
        "Your t counts from 0, and 1 − β⁰ is 0: the first value has t = 1.",
    ),
    Mistake(
        "power-too-high",
        averages_with(total=lambda beta, t: 1 - beta ** (t + 1)),
        "The power is one too high: the first average is divided by 1 − β.",
    ),
    Mistake(
        "begins-at-the-first",
        averages_with(total=lambda beta, t: 1.0, begin=lambda values: values[0]),
        "Your v begins at the first value, which then weighs too much. Begin at 0, and correct.",
    ),
    Mistake(
        "plain-mean",
        lambda values, beta: np.cumsum(values) / np.arange(1, len(values) + 1),
        "This is the mean of all values so far: nothing fades.",
    ),
    Mistake("shape", lambda values, beta: averages_with()(values, beta)[-1]),
)
