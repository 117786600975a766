"""Mistakes that learners make in "Forward and back"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.backpropagation import solutions as right


def network(layers=reversed, start=None, hand_on=True, returned=None):
    def mistaken(net, loss_fn, X, labels):
        x = X
        for layer in net:
            x = layer(x)
        value = loss_fn(x, labels)
        grad = loss_fn.backward() if start is None else start(value, x)
        for layer in layers(net):
            back = layer.backward(grad)
            grad = back if hand_on else grad
        return (value, grad) if returned is None else returned(value, grad, x)

    return mistaken


def every_layer_gets_the_data(layers, loss_fn, X, labels):
    for layer in layers:
        x = layer(X)
    return loss_fn(x, labels), layers[-1].backward(loss_fn.backward())


def hands_the_loss_back(layers, loss_fn, X, labels):
    x = X
    for layer in layers:
        x = layer(x)
    loss = loss_fn(x, labels)
    grad = loss_fn.backward(loss)
    for layer in reversed(layers):
        grad = layer.backward(grad)
    return loss, grad


def turns_the_list(layers, loss_fn, X, labels):
    x = X
    for layer in layers:
        x = layer(x)
    loss = loss_fn(x, labels)
    grad = loss_fn.backward()
    layers.reverse()
    for layer in layers:
        grad = layer.backward(grad)
    return loss, grad


def labels_first(layers, loss_fn, X, labels):
    def swapped(predicts, labels):
        return loss_fn(labels, predicts)

    swapped.backward = loss_fn.backward
    return right.backpropagate(layers, swapped, X, labels)


def pops_the_layers(layers, loss_fn, X, labels):
    x = X
    for layer in layers:
        x = layer(x)
    loss, grad = loss_fn(x, labels), loss_fn.backward()
    while layers:
        grad = layers.pop().backward(grad)
    return loss, grad


def takes_a_step(layers, loss_fn, X, labels):
    loss, grad = right.backpropagate(layers, loss_fn, X, labels)
    for layer in layers:
        for key in layer.params:
            layer.params[key] -= 1e-9 * layer.grads[key]
    return loss, grad


MISTAKES = Mistakes(
    Mistake(
        "changes-the-list",
        pops_the_layers,
        "Your code has changed the caller's list of layers, as `pop`, `remove` and `append` do; "
        "the network needs it as it was. To go through it from the end use `reversed(layers)`.",
    ),
    Mistake(
        "takes-a-step",
        takes_a_step,
        "The parameters, or the layers' mode, have changed. Going back only finds the gradients; "
        "the step is for later.",
    ),
    Mistake(
        "front-to-back",
        network(layers=list),
        "The gradient goes through the last layer first.",
    ),
    Mistake(
        "not-handed-on",
        network(hand_on=False),
        "Each layer received the loss's gradient: it has to receive what the layer after it "
        "returned.",
    ),
    Mistake(
        "starts-with-1",
        network(start=lambda value, p: np.ones_like(p)),
        "The first gradient is the loss's: `loss_fn.backward()`.",
    ),
    Mistake(
        "starts-with-loss",
        network(start=lambda value, p: np.full_like(p, value)),
        "What goes backward is a gradient, not the loss itself.",
    ),
    Mistake(
        "loss-handed-back",
        hands_the_loss_back,
        "All are the loss times too large: `loss_fn.backward()` takes nothing, the way back "
        "starts with 1.",
    ),
    Mistake(
        "labels-first",
        labels_first,
        "All signs are turned: the loss takes the predictions first.",
    ),
    Mistake(
        "layer-left-out",
        network(layers=lambda net: reversed(net[1:])),
        "{layer} has no gradients: backward has to reach every layer.",
    ),
    Mistake(
        "loss",
        every_layer_gets_the_data,
        "Forward: each layer is given the output of the one before.",
    ),
    Mistake(
        "turns-the-list",
        turns_the_list,
        "You turned the caller's list round. Use `reversed(layers)`.",
    ),
    Mistake("returns-nothing", network(returned=lambda value, grad, p: None)),
    Mistake("not-a-pair", network(returned=lambda value, grad, p: value)),
    Mistake(
        "what-arrives",
        network(returned=lambda value, grad, p: (value, p)),
        "The gradients in the layers are right; return the one that comes out of the first layer.",
    ),
)
