"""Mistakes that learners make in "The size of a step"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.depth import solutions as right


def size(array):
    return np.sqrt(np.sum(np.square(array)))


def listed(ratio, chosen=lambda name: name.endswith("W")):
    def update_ratios(model, lr):
        return [ratio(p.grad, p.value, lr) for p in model.parameters() if chosen(p.name)]

    return update_ratios


def takes_the_step(model, lr):
    ratios = right.update_ratios(model, lr)
    for parameter in model.parameters():
        parameter.value -= lr * parameter.grad
    return ratios


MISTAKES = Mistakes(
    Mistake(
        "biases-too",
        listed(lambda grad, value, lr: lr * size(grad) / size(value), chosen=lambda name: True),
        "The weights alone are asked for, the parameters whose names end in `W`.",
    ),
    Mistake(
        "none-found",
        listed(
            lambda grad, value, lr: lr * size(grad) / size(value), chosen=lambda name: name == "W"
        ),
        "The list is empty: names are longer, such as `fc1.W`. Ask for `name.endswith('W')`.",
    ),
    Mistake(
        "weights-after",
        listed(lambda grad, value, lr: size(value - lr * grad) / size(value)),
        "This is the size of the weights after the step; the step alone is `lr * parameter.grad`.",
    ),
    Mistake(
        "without-the-rate",
        listed(lambda grad, value, lr: size(grad) / size(value)),
        "A step is the rate times the gradient.",
    ),
    Mistake(
        "upside-down",
        listed(lambda grad, value, lr: size(value) / (lr * size(grad))),
        "Upside down: the step stands above, the weights below.",
    ),
    Mistake(
        "squared",
        listed(lambda grad, value, lr: lr * np.sum(grad**2) / np.sum(value**2)),
        "These are sums of squares; a size is the root of one.",
    ),
    Mistake(
        "squared",
        listed(lambda grad, value, lr: (lr * size(grad) / size(value)) ** 2),
        "These are squares; a size is the root of the sum of squares.",
    ),
    Mistake(
        "mean-of-ratios",
        listed(lambda grad, value, lr: np.mean(np.abs(lr * grad / value))),
        "This is a mean of many ratios, in which a weight near 0 outweighs all others. Find the "
        "size of each array first, then divide.",
    ),
    Mistake(
        "sizes-by-means",
        listed(lambda grad, value, lr: lr * np.mean(np.abs(grad)) / np.mean(np.abs(value))),
        "Near, but the sizes asked for are roots of sums of squares, `np.linalg.norm`.",
    ),
    Mistake(
        "largest",
        listed(lambda grad, value, lr: lr * np.abs(grad).max() / np.abs(value).max()),
        "These compare the largest numbers; the root of the sum of squares is asked for.",
    ),
    Mistake(
        "signs",
        listed(lambda grad, value, lr: lr * np.sum(grad) / np.sum(value)),
        "In a plain sum, numbers of both signs cancel: a size needs squares.",
    ),
    Mistake(
        "takes-the-step",
        takes_the_step,
        "Your code changes the model. It is only to look how large the step would be.",
    ),
    Mistake("values", listed(lambda grad, value, lr: lr * size(grad) / (size(value) + 1))),
)
