"""Mistakes that learners make in "The accuracies that fit what was seen"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.tuning import solutions as right


def around(p, half):
    return p - half, p + half


def at_the_seen_share(right_ones, n, z):
    p = right_ones / n
    return around(p, z * np.sqrt(p * (1 - p) / n))


def clipped(right_ones, n, z):
    low, high = at_the_seen_share(right_ones, n, z)
    return max(low, 0.0), min(high, 1.0)


def without_z(right_ones, n, z):
    return right.interval(right_ones, n, 1.0)


def fixed_z(right_ones, n, z):
    return right.interval(right_ones, n, 1.96)


def swapped(right_ones, n, z):
    return right.interval(right_ones, n, z)[::-1]


def not_divided(right_ones, n, z):
    p, spread = right_ones / n, z**2 / n
    return around(p + spread / 2, np.sqrt(spread * p * (1 - p) + spread**2 / 4))


def half_without_the_fraction(right_ones, n, z):
    p, spread = right_ones / n, z**2 / n
    return around((p + spread / 2) / (1 + spread), np.sqrt(spread * p * (1 - p) + spread**2 / 4))


def z_not_squared(right_ones, n, z):
    return right.interval(right_ones, n, np.sqrt(z))


def roots(a, b, c):
    """Return the solutions of an equation of second degree, the smaller first."""
    root = np.sqrt(b**2 - 4 * a * c)
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def times_a(right_ones, n, z):
    p, spread = right_ones / n, z**2 / n
    a, b = 1 + spread, -(2 * p + spread)
    root = np.sqrt(b**2 - 4 * a * p**2)
    return (-b - root) / 2 * a, (-b + root) / 2 * a


def positive_b(right_ones, n, z):
    p, spread = right_ones / n, z**2 / n
    return roots(1 + spread, 2 * p + spread, p**2)


def half_positive_b(right_ones, n, z):
    p, spread = right_ones / n, z**2 / n
    with np.errstate(invalid="ignore"):
        return roots(1 + spread, -2 * p + spread, p**2)


def without_the_root(right_ones, n, z):
    p, spread = right_ones / n, z**2 / n
    a, b = 1 + spread, -(2 * p + spread)
    square = b**2 - 4 * a * p**2
    return (-b - square) / (2 * a), (-b + square) / (2 * a)


def root_alone_divided(right_ones, n, z):
    p, spread = right_ones / n, z**2 / n
    a, b = 1 + spread, -(2 * p + spread)
    half = np.sqrt(b**2 - 4 * a * p**2) / (2 * a)
    return -b - half, -b + half


def without_n(right_ones, n, z):
    p = right_ones / n
    return roots(1 + z**2, -(2 * p + z**2), p**2)


def minus_in_front(right_ones, n, z):
    p, spread = right_ones / n, z**2 / n
    return roots(1 - spread, -(2 * p + spread), p**2)


def count_for_share(right_ones, n, z):
    with np.errstate(invalid="ignore"):
        return roots(1 + z**2 / n, -(2 * right_ones + z**2 / n), right_ones**2)


def counts(right_ones, n, z):
    low, high = right.interval(right_ones, n, z)
    return low * n, high * n


def middle_and_half(right_ones, n, z):
    low, high = right.interval(right_ones, n, z)
    return (low + high) / 2, (high - low) / 2


MISTAKES = Mistakes(
    Mistake(
        "at-the-seen-share",
        at_the_seen_share,
        "This takes the standard error at the share that was seen. If nothing was wrong it is 0, "
        "and the interval is a point. Take it at q, the end that you look for, and solve for q.",
    ),
    Mistake(
        "at-the-seen-share",
        clipped,
        "This takes the standard error at the share that was seen, and cuts the ends off at 0 and "
        "1. Take it at q, the end that you look for, and solve for q.",
    ),
    Mistake("without-z", without_z, "Where is z? It says how many standard errors are allowed."),
    Mistake("fixed-z", fixed_z, "Use the `z` that is given, not always 1.96."),
    Mistake("swapped", swapped, "The lower end comes first."),
    Mistake(
        "not-divided",
        not_divided,
        "The q² has the factor 1 + z²/n in front; both ends have to be divided by it.",
    ),
    Mistake(
        "half-not-divided",
        half_without_the_fraction,
        "The middle is right, the root is not: it has to be divided by 1 + z²/n as well.",
    ),
    Mistake("z-not-squared", z_not_squared, "Squaring both sides squares z, too."),
    Mistake(
        "times-a",
        times_a,
        "In Python, `/ 2 * a` divides by 2 and multiplies by a. Put the 2a into brackets.",
    ),
    Mistake(
        "sign-of-b",
        positive_b,
        "The factor of q is −(2p + z²/n): the formula for the roots begins with minus that factor.",
    ),
    Mistake(
        "sign-of-b",
        half_positive_b,
        "The z²/n · q of the right side comes to the left as a minus: q has the factor "
        "−(2p + z²/n).",
    ),
    Mistake("without-the-root", without_the_root, "Take the square root of b² − 4ac."),
    Mistake(
        "root-alone-divided",
        root_alone_divided,
        "Only the root is divided by 2a here. Put −b and the root into brackets, and divide both.",
    ),
    Mistake("without-n", without_n, "Where is n? More images make the interval narrower."),
    Mistake(
        "sign-of-the-square",
        minus_in_front,
        "The −z²/n · q² of the right side comes to the left as a plus: q² has the factor 1 + z²/n.",
    ),
    Mistake(
        "count-for-share",
        count_for_share,
        "p is the share that is right, `right / n`; here it is the number.",
    ),
    Mistake("counts", counts, "These are counts. Divide by n, so that they are accuracies."),
    Mistake(
        "middle-and-half",
        middle_and_half,
        "These are the middle and half the width. Return the two ends.",
    ),
    Mistake("not-a-pair", lambda right_ones, n, z: right.interval(right_ones, n, z)[0]),
    Mistake("values", lambda right_ones, n, z: right.interval(right_ones + 2, n + 4, z)),
)
