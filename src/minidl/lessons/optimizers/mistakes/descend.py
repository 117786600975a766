"""Mistakes that learners make in "Down a slope"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes

NUMBER = (
    "Expected {expected} positions, the first x and one after each of {steps} steps, received "
    "{number}."
)


def descend_by(move):
    def descend(slope, x, lr, num_steps):
        start, positions = x, [x]
        for _ in range(num_steps):
            x = move(x, slope, lr, start)
            positions.append(x)
        return positions

    return descend


right = descend_by(lambda x, slope, lr, start: x - lr * slope(x))


def in_one_array(slope, x, lr, num_steps):
    x = np.array(x)
    positions = [x]
    for _ in range(num_steps):
        x -= lr * slope(x)
        positions.append(x)
    return positions


MISTAKES = Mistakes(
    Mistake("number", lambda *args: right(*args)[1:], NUMBER),
    Mistake("number", lambda f, x, lr, steps: right(f, x, lr, max(steps - 1, 0)), NUMBER),
    Mistake(
        "only-the-last",
        lambda *args: right(*args)[-1],
        "Expected the list of all positions, received {what}. Append each x to a list.",
    ),
    Mistake(
        "uphill",
        descend_by(lambda x, slope, lr, start: x + lr * slope(x)),
        "The steps go up the slope: mind the sign.",
    ),
    Mistake(
        "slope-at-the-start",
        descend_by(lambda x, slope, lr, start: x - lr * slope(start)),
        "The slope was measured once, at the start. It changes with x: ask for it at each step.",
    ),
    Mistake(
        "from-the-start",
        descend_by(lambda x, slope, lr, start: start - lr * slope(x)),
        "Each step begins at the first x again. Go on from where you are.",
    ),
    Mistake(
        "no-rate",
        descend_by(lambda x, slope, lr, start: x - slope(x)),
        "The slope is to be multiplied by lr.",
    ),
    Mistake(
        "one-array",
        in_one_array,
        "All entries of the list are one array, changed with each step by `-=`. Make a new x: "
        "`x = x - …`.",
    ),
)
