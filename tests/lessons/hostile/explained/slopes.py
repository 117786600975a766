"""Hostile answers in the lesson on slopes that are right, and how its answers are used."""

from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def quadratic(a, b, c):
    return lambda u: a * u * u + b * u + c, lambda u: 2 * a * u + b


def chain(rng):
    links = [quadratic(*map(float, rng.normal(size=3))) for _ in range(rng.integers(1, 6))]
    return links, float(rng.normal())


def dials(rng):
    while True:
        w, x, b, c, v = map(float, numbers(rng, 5))
        if w * x != b + c:
            return w, x, b, c, v


def five(machine_slopes, *given):
    return [float(slope) for slope in machine_slopes(*given)]


USES = {
    "chain": Use(chain, lambda chain_slope, *given: float(chain_slope(*given))),
    "machine": Use(dials, five),
}
SLOPES = "return (to_left * x, to_left * w, to_right, to_right, max({}))"
EXPLAINED = {
    "machine": [
        Explained(
            "The two sides are never equal.",
            (
                "- to_left = v if left > right else 0.0 | + to_left = v if left >= right else 0.0",
                f"- {SLOPES.format('left, right')} | + {SLOPES.format('right, left')}",
            ),
        ),
    ],
}
