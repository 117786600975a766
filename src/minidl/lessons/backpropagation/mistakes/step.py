"""Mistakes that learners make in "Find the fault: a step that goes nowhere"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.backpropagation import solutions as right
from minidl.optim import BatchGD


def step(move, promise=lambda squares, lr: lr * sum(squares), skip=0):
    def mistaken(model, lr):
        parameters = list(model.parameters())
        for parameter in parameters[skip:]:
            move(parameter, lr)
        return promise([np.sum(p.grad**2) for p in parameters], lr)

    return mistaken


def downhill(parameter, lr):
    parameter.value -= lr * parameter.grad


def rebind(parameter, lr):
    value = parameter.value
    value = value - lr * parameter.grad


def uphill(parameter, lr):
    parameter.value += lr * parameter.grad


def without_rate(parameter, lr):
    parameter.value -= parameter.grad


def sign_only(parameter, lr):
    parameter.value -= lr * np.sign(parameter.grad)


def halved(parameter, lr):
    parameter.value -= lr / 2 * parameter.grad


def into_new_arrays(model, lr):
    for layer in model.layers:
        for key in layer.params:
            layer.params[key] = layer.params[key] - lr * layer.grads[key]
    return lr * sum(np.sum(parameter.grad**2) for parameter in model.parameters())


def sum_of_gradients(model, lr):
    right.descend(model, lr)
    return lr * sum(np.sum(parameter.grad) for parameter in model.parameters())


def squared_late(model, lr):
    right.descend(model, lr)
    return lr * sum(np.sum(parameter.grad) ** 2 for parameter in model.parameters())


def clears_gradients(model, lr):
    promised = right.descend(model, lr)
    for parameter in model.parameters():
        parameter.grad[...] = 0
    return promised


def with_an_optimizer(model, lr):
    BatchGD(model, lr).step()
    return lr * sum(np.sum(parameter.grad**2) for parameter in model.parameters())


MISTAKES = Mistakes(
    Mistake("lr-ignored", lambda model, lr: right.descend(model, 0.5), "Take the rate `lr`."),
    Mistake(
        "changes-gradients",
        clears_gradients,
        "The step is right, but afterwards the gradients are others. Leave them: the next "
        "backward replaces them, and until then they can be looked at.",
    ),
    Mistake("borrowed", with_an_optimizer),
    Mistake("uphill", step(uphill), "This goes up: against the gradient is minus."),
    Mistake("without-rate", step(without_rate), "The step is lr times the gradient."),
    Mistake("sign-only", step(sign_only), "The size of the gradient counts."),
    Mistake(
        "promise-without-rate",
        step(downhill, promise=lambda squares, lr: sum(squares)),
        "The parameters moved right; lr · Σ g² falls.",
    ),
    Mistake("promise-of-lengths", sum_of_gradients, "Square each slope."),
    Mistake(
        "promise-squared-late",
        squared_late,
        "Square first, then add: `np.sum(grad**2)`, not `np.sum(grad)**2`.",
    ),
    Mistake(
        "promise-not-added",
        step(downhill, promise=lambda squares, lr: 0.0),
        "Nothing was added to the promise on the way.",
    ),
    Mistake(
        "promise-turned",
        step(downhill, promise=lambda squares, lr: -lr * sum(squares)),
        "A fall is promised, as a positive number.",
    ),
    Mistake(
        "promise-of-the-last",
        step(downhill, promise=lambda squares, lr: lr * squares[-1]),
        "The parameters moved right, but this is the last one's promise: add them up.",
    ),
    Mistake(
        "nothing-moves",
        step(rebind),
        "No parameter has changed: `value = value - …` makes a new array and gives it "
        "the name; the array in the model stays as it was. Change that array itself.",
    ),
    Mistake("returns-nothing", step(downhill, promise=lambda squares, lr: None)),
    Mistake("step", step(halved)),
    Mistake(
        "some-stay",
        step(downhill, skip=1),
        "{name} stayed as it was. A step moves every parameter.",
    ),
    Mistake(
        "new-array",
        into_new_arrays,
        "{name} has the right numbers, but lives in a new array: whoever kept the old "
        "one does not see it change. Write into the array that is there.",
    ),
    Mistake("promise", step(downhill, promise=lambda squares, lr: lr * max(squares) / 2)),
)
