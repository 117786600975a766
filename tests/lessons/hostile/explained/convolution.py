"""Hostile answers in the lesson on convolution that are right, and legal uses of all answers."""

import numpy as np

from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def row_and_window(rng):
    k = int(rng.integers(1, 9))
    return numbers(rng, k + int(rng.integers(0, 20))), numbers(rng, k)


def image_and_window(rng):
    sizes = rng.integers(1, 6, 2)
    return (
        numbers(rng, *(sizes + rng.integers(0, 9, 2))),
        numbers(rng, *sizes),
        int(rng.integers(1, 5)),
        int(rng.integers(0, 4)),
    )


def stack(rng):
    depth = int(rng.integers(0, 9))
    return ([(int(rng.integers(1, 12)), int(rng.integers(1, 6))) for _ in range(depth)],)


def row_window_and_gradient(rng):
    x, w = row_and_window(rng)
    return x, w, numbers(rng, len(x) - len(w) + 1)


def windows_side_by_side(rng):
    count, k = (int(rng.integers(1, 9)) for _ in range(2))
    x = numbers(rng, count * k)
    return np.maximum(x, 0) if rng.random() < 0.5 else x, numbers(rng, count), k


USES = {
    "slide": Use(row_and_window),
    "image": Use(image_and_window),
    "reach": Use(stack),
    "gradients": Use(row_window_and_gradient),
    "pool": Use(windows_side_by_side),
}
WINDOWS = "for i in range(len(g)): | + for i in list(range(len(g)))[::-1]:"
EXPLAINED = {
    "slide": [
        Explained(
            "A dot product is the same either way round.",
            (
                "- return np.array([x[i:i + len(w)] @ w for i in places]) | "
                "+ return np.array([w @ x[i:i + len(w)] for i in places])",
            ),
        ),
    ],
    "gradients": [
        Explained("The shares add up in any order.", (f"- {WINDOWS}",)),
        Explained(
            "To an array of one number, a number is added as an array of one would be.",
            (
                "- dx[i:i + len(w)] += g[i] * w | + dx[i:i + len(w)] += hostile.squeezed(g[i] * w)",
                "- dw += g[i] * x[i:i + len(w)] | + dw += hostile.squeezed(g[i] * x[i:i + len(w)])",
            ),
        ),
    ],
    "pool": [
        Explained("No window's gradient depends on another's.", (f"- {WINDOWS}",)),
    ],
}
