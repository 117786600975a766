"""Mistakes that learners make in "Is the gradient the slope?"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def size_of(parameters):
    return np.sqrt(sum(np.sum(p.grad**2) for p in parameters))


def ratio(moves, measured, size=size_of):
    """Return an answer: what each parameter moves by, how the slope follows, what is the size."""

    def slope_ratio(loss, parameters, h):
        total = size(parameters)
        before = [p.value.copy() for p in parameters]

        def loss_after(sign):
            for p, value in zip(parameters, before, strict=True):
                p.value[...] = value + sign * moves(p, h, total)
            found = loss()
            for p, value in zip(parameters, before, strict=True):
                p.value[...] = value
            return found

        return measured(total, loss_after, h)

    return slope_ratio


def straight(p, h, total):
    return h * p.grad / total


def central(total, loss_after, h):
    return total / ((loss_after(1) - loss_after(-1)) / (2 * h))


def each_by_itself(loss, parameters, h):
    """Return the mean of the ratios of each array alone."""
    alone = ratio(lambda p, h, total: h * p.grad / total, central)
    return np.mean([alone(loss, [p], h) for p in parameters])


def left_moved(loss, parameters, h):
    size = size_of(parameters)
    losses = []
    for move in (h, -2 * h):
        for p in parameters:
            p.value += move * p.grad / size
        losses.append(loss())
    return size / ((losses[0] - losses[1]) / (2 * h))


def normalizes(loss, parameters, h):
    found = ratio(straight, central)(loss, parameters, h)
    size = size_of(parameters)
    for p in parameters:
        p.grad /= size
    return found


MISTAKES = Mistakes(
    Mistake(
        "one-sided",
        ratio(straight, lambda total, loss, h: total / ((loss(1) - loss(0)) / h)),
        "One nudge measures the slope and half of the curvature: nudge to both sides.",
    ),
    Mistake(
        "h-alone",
        ratio(straight, lambda total, loss, h: total / ((loss(1) - loss(-1)) / h)),
        "From one side to the other it is 2h.",
    ),
    Mistake(
        "back-to-the-start",
        ratio(straight, lambda total, loss, h: total / ((loss(1) - loss(0)) / (2 * h))),
        "Your way back ends where the parameters were at first. The other side is h further: "
        "go back by 2h.",
    ),
    Mistake(
        "each-by-itself",
        each_by_itself,
        "A ratio for each array, and their mean: move all arrays at once, along one direction.",
    ),
    Mistake(
        "upside-down",
        ratio(straight, lambda total, loss, h: (loss(1) - loss(-1)) / (2 * h) / total),
        "Upside down: the gradient's size stands above, the slope below.",
    ),
    Mistake(
        "too-long",
        ratio(lambda p, h, total: h * p.grad, central),
        "Your nudge has the length h times the gradient's size. Divide the gradient by its size "
        "first.",
    ),
    Mistake(
        "one-at-a-time",
        ratio(lambda p, h, total: h * p.grad / np.sqrt(np.sum(p.grad**2)), central),
        "Each array is divided by its own size here; all of them together are one direction, with "
        "one size.",
    ),
    Mistake(
        "sum-of-sizes",
        ratio(
            straight, central, size=lambda ps: sum(np.sqrt(np.sum(p.grad**2)) for p in ps)
        ),
        "Sizes of several arrays do not add up: add the squares, and take the root of the sum.",
    ),
    Mistake(
        "squared",
        ratio(straight, central, size=lambda ps: sum(np.sum(p.grad**2) for p in ps)),
        "This is the square of the size: the root is missing.",
    ),
    Mistake(
        "without-sign",
        ratio(straight, lambda total, loss, h: abs(central(total, loss, h))),
        "The sign is a part of the result: −1 tells of a gradient that points the wrong way.",
    ),
    Mistake(
        "first-array-only",
        ratio(straight, central, size=lambda ps: size_of(ps[:1])),
        "The size has to count the gradients of all parameters.",
    ),
    Mistake(
        "left-moved",
        left_moved,
        "Your code leaves the parameters somewhere else than it found them: put them back.",
    ),
    Mistake(
        "changes-gradients",
        normalizes,
        "Your code changes the gradients, which the next step needs.",
    ),
)  # fmt: skip
