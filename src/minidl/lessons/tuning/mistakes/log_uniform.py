"""Mistakes that learners make in "A draw in which each factor counts alike"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.tuning import solutions as right


def evenly(u, low, high):
    return low + u * (high - low)


def two_bases(u, low, high):
    return 10 ** (np.log(low) + u * (np.log(high) - np.log(low)))


def two_bases_back(u, low, high):
    return np.exp(np.log10(low) + u * (np.log10(high) - np.log10(low)))


def from_one(u, low, high):
    return 10 ** (u * (np.log10(high) - np.log10(low)))


def exponents(u, low, high):
    return np.log(low) + u * (np.log(high) - np.log(low))


def exponents_of_ten(u, low, high):
    return np.log10(low) + u * (np.log10(high) - np.log10(low))


def fixed_ends(u, low, high):
    return 10 ** (4 * u - 3)


def ends_for_exponents(u, low, high):
    with np.errstate(over="ignore"):
        return 10 ** (low + u * (high - low))


def ends_for_logarithms(u, low, high):
    with np.errstate(over="ignore"):
        return np.exp(low + u * (high - low))


def spaced(u, low, high):
    return np.geomspace(low, high, u.size).reshape(u.shape)


MISTAKES = Mistakes(
    Mistake(
        "evenly",
        evenly,
        "This draws evenly between the ends: from 0.001 to 10, nine in ten are above 1. Draw the "
        "logarithm evenly.",
    ),
    Mistake("two-bases", two_bases, "`np.log` is undone by `np.exp`, not by a power of 10."),
    Mistake("two-bases", two_bases_back, "`np.log10` is undone by a power of 10, not `np.exp`."),
    Mistake("from-one", from_one, "At u = 0 this gives 1, not `low`: where does the line begin?"),
    Mistake("exponents", exponents, "These are the logarithms. Undo them with `np.exp`."),
    Mistake("exponents", exponents_of_ten, "These are the logarithms. Undo them: 10 to the power."),
    Mistake(
        "reversed",
        lambda u, low, high: right.log_uniform(1 - u, low, high),
        "The other way round: u = 0 gives `low`.",
    ),
    Mistake(
        "high-to-the-u",
        lambda u, low, high: low * high**u,
        "At u = 1 this is low · high. The factor from end to end is high / low.",
    ),
    Mistake(
        "difference-to-the-u",
        lambda u, low, high: low * (high - low) ** u,
        "The factor from end to end is a quotient, not a difference.",
    ),
    Mistake(
        "fixed-ends",
        fixed_ends,
        "This always runs from 0.001 to 10. Use the `low` and `high` that are given.",
    ),
    Mistake(
        "ends-for-exponents",
        ends_for_exponents,
        "`low` and `high` are the rates themselves, not powers of 10: take their logarithms first.",
    ),
    Mistake(
        "ends-for-exponents",
        ends_for_logarithms,
        "`low` and `high` are the rates themselves, not their logarithms: take those first.",
    ),
    Mistake(
        "ignores-u",
        lambda u, low, high: np.geomspace(low, high, len(u)),
        "This spaces numbers by itself; each has to come of its own u.",
    ),
    Mistake("ignores-u", spaced, "This spaces numbers by itself; each has to come of its own u."),
    Mistake(
        "squared",
        lambda u, low, high: low + u**2 * (high - low),
        "This favours small numbers, but not so that each factor of ten gets as many.",
    ),
    Mistake("values", lambda u, low, high: right.log_uniform(u, low, high) + low / 8),
)
