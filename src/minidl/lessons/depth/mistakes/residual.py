"""Mistakes that learners make in "A shortcut"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.depth import solutions as right


def mistaken(forward=None, backward=None):
    """Return a shortcut with functions (block, x) and (block, grad) in place of its methods."""

    class Mistaken(right.Shortcut):
        """The block and its shortcut, with one way gone wrong."""

        def forward(self, x):
            return super().forward(x) if forward is None else forward(self.block, x)

        def backward(self, grad):
            return super().backward(grad) if backward is None else backward(self.block, grad)

    return Mistaken


class LosesItsParts(right.Shortcut):
    """A shortcut that does not list its block."""

    def __init__(self, *layers):
        super().__init__(*layers)
        self.layers = []


class Learns(right.Shortcut):
    """A shortcut that takes a step on its way back."""

    def backward(self, grad):
        dx = super().backward(grad)
        for parameter in self.parameters():
            parameter.value -= 1e-3 * parameter.grad
        return dx


class Forgets(right.Shortcut):
    """A shortcut whose forward sets all gradients to 0."""

    def forward(self, x):
        for _, part in self.named_layers():
            for gradient in part.grads.values():
                gradient *= 0
        return super().forward(x)


def around_the_block(block, grad):
    return 2 * grad


def only_the_block(block, grad):
    return block.backward(grad)


def twice_through(block, grad):
    return grad + block.backward(block.backward(grad))


def scaled_block(block, grad):
    return grad + block.backward(2 * grad) / 2


MISTAKES = Mistakes(
    Mistake(
        "no-shortcut",
        mistaken(forward=lambda block, x: block(x)),
        "This is the block alone: x has to be added.",
    ),
    Mistake(
        "product",
        mistaken(forward=lambda block, x: x * block(x)),
        "The two ways are added, not multiplied.",
    ),
    Mistake(
        "mean",
        mistaken(forward=lambda block, x: (x + block(x)) / 2),
        "The sum, not the mean: over twenty blocks, halves would be a millionth.",
    ),
    Mistake(
        "block-only-back",
        mistaken(backward=only_the_block),
        "The gradient of the other way is missing, on which x went past the block.",
    ),
    Mistake(
        "chained",
        mistaken(backward=lambda block, grad: grad * block.backward(grad)),
        "Two ways side by side: their gradients are added. They are multiplied along one way.",
    ),
    Mistake(
        "one-past-the-block",
        mistaken(backward=lambda block, grad: 1 + block.backward(grad)),
        "What comes back past the block is `grad`, not 1.",
    ),
    Mistake(
        "slope-times-grad",
        mistaken(backward=lambda block, grad: grad * (1 + block.backward(grad))),
        "The block's backward multiplies by grad itself. Add to it what comes past the block.",
    ),
    Mistake(
        "twice-through",
        mistaken(backward=twice_through),
        "The gradient goes back through the block once.",
    ),
    Mistake(
        "parts-without-gradients",
        mistaken(backward=around_the_block),
        "The block's own weights have no gradient: call its backward.",
    ),
    Mistake(
        "parts-gradients",
        mistaken(backward=scaled_block),
        "What is returned is right, and the gradients of the block's weights are not: they need "
        "`self.block.backward(grad)`.",
    ),
    Mistake(
        "parts-lost",
        LosesItsParts,
        "Leave `__init__` as it was: whoever trains the block finds it in `self.layers`.",
    ),
    Mistake(
        "changes-parameters",
        Learns,
        "Your code changes the block's parameters; the step is the optimizer's.",
    ),
    Mistake(
        "forward-changes",
        Forgets,
        "On the way forward your code changes the gradients of the last way back.",
    ),
    Mistake(
        "returns-nothing",
        mistaken(backward=lambda block, grad: (grad + block.backward(grad), None)[1]),
        "Your backward returned nothing; does it end with `return`?",
    ),
    Mistake("input-gradient", mistaken(backward=lambda block, grad: block.backward(grad) - grad)),
    Mistake("forward", mistaken(forward=lambda block, x: x + np.abs(block(x)))),
)
