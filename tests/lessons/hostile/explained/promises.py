"""Hostile answers in the lesson on five promises that are right, and legal uses of all answers."""

import math

from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def wave(x):
    return math.sin(x) + x / 2


def steep(x):
    return 8 * x


def pair(rng):
    """Draw a slope, two positions and a number of steps."""
    before, x = numbers(rng, 2).clip(-3, 3).tolist()
    return (wave, steep)[rng.integers(2)], before, x, int(rng.integers(0, 6))


def slopes(rng):
    """Draw ρ and ε, a start and slopes, numbers or arrays."""
    size = tuple(rng.integers(1, 8, rng.integers(0, 3)))
    drawn = [numbers(rng, *size) for _ in range(int(rng.integers(2, 9)))]
    start, *grads = [float(each) if each.ndim == 0 else each for each in drawn]
    rho = float(rng.uniform(0, 1) * (rng.random() < 0.9))
    return (rho, float(10.0 ** rng.uniform(-9, 0))), start, grads


def steps_of_adadelta(answer, options, x, grads):
    movers, seen = (answer(*options), answer(*options)), []
    for grad in grads:
        x = movers[0].step(x, grad)
        seen += [x, movers[1].step(x, -2 * grad)]
    return [*seen, grads]


USES = {"adadelta": Use(slopes, steps_of_adadelta), "secant": Use(pair)}
EXPLAINED = {
    "secant": [
        Explained(
            "The loop only counts: its number is not looked at.",
            ("- for _ in range(num_steps): | + for _ in list(range(num_steps))[::-1]:",),
        ),
    ],
}
