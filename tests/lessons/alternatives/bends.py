"""Right answers to the exercises on bends, as somebody else would write them."""

import numpy as np


def by_a_loop(x, y):
    v, slope = [], 0.0
    for j in range(len(x) - 1):
        next_slope = (y[j + 1] - y[j]) / (x[j + 1] - x[j])
        v.append(next_slope - slope)
        slope = next_slope
    return float(y[0]), np.array(v)


def by_equations(x, y):
    hinges = np.maximum(0, x[1:, np.newaxis] - x[:-1])
    return y[0], np.linalg.solve(hinges, y[1:] - y[0])


def by_what_is_missing(x, y):
    v = np.zeros(len(x) - 1)
    for j in range(len(v)):
        missing = y[j + 1] - y[0] - np.maximum(0, x[j + 1] - x[:-1]) @ v
        v[j] = missing / (x[j + 1] - x[j])
    return y[0], v


ALTERNATIVES = {
    "hinges": [by_a_loop, by_equations, by_what_is_missing],
    "xor": [
        [(-2, 2, 0, 3), (0.5, -0.5, 0, 3)],
        np.array([[1.0, -1.0, -1.0, 2.0], [-1.0, 1.0, -1.0, 2.0]]),
        [(1, 1, 2, 1), (1, 1, 0, -2)],
        ((0.9, -1.1, 0.1, 1.0), (-1.1, 0.9, 0.1, 1.0)),
    ],
}
