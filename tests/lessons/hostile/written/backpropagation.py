"""Hostile answers in the lesson on backpropagation that no change of one place makes."""

import numpy as np

from minidl.lessons.backpropagation import solutions as right


class WithoutBias(right.MyLinear):
    def forward(self, x):
        return super().forward(x) - self.params["b"]


class Float32(right.MyLinear):
    def backward(self, grad):
        return super().backward(grad).astype(np.float32)


ARRAYS = {}


class SharedGradients(right.MyLinear):
    def backward(self, grad):
        returned = super().backward(grad)
        shape = self.grads["W"].shape
        ARRAYS.setdefault(shape, np.zeros(shape))[...] = self.grads["W"]
        self.grads["W"] = ARRAYS[shape]
        return returned


class NewArrays(right.MyLinear):
    def backward(self, grad):
        returned = super().backward(grad)
        self.params["W"] = self.params["W"].copy()
        return returned


class SmallIsNothing(right.MyLinear):
    def backward(self, grad):
        returned = super().backward(grad)
        return np.where(abs(returned) > 1e-6, returned, 0)


class NewBias(right.MendedBias):
    def forward(self, x):
        self.params["b"] = self.params["b"].copy()
        return super().forward(x)


class ClippedLogistic(right.MyLogistic):
    def backward(self, grad):
        a = np.clip(self.saved_for_backward(), 1e-12, 1 - 1e-12)
        return grad * a * (1 - a)


def clipped(bound):
    class Clipped(right.MyBCE):
        def backward(self):
            p = np.clip(self.p, bound, 1 - bound)
            return (p - self.labels) / (p * (1 - p)) / len(p)

    return Clipped


def hidden_step(layers, *args):
    result = right.backpropagate(layers, *args)
    for layer in layers:
        for key, value in layer.params.items():
            value -= 1e-12 * layer.grads[key]
    return result


def gradients_of_float32(layers, *args):
    result = right.backpropagate(layers, *args)
    for layer in layers:
        for key in layer.grads:
            layer.grads[key] = layer.grads[key].astype(np.float32)
    return result


def doubles_the_data(layers, loss_fn, X, labels):
    result = right.backpropagate(layers, loss_fn, X, labels)
    X *= 2
    return result


def only_the_mean_squared_error(layers, loss_fn, X, labels):
    loss, grad = right.backpropagate(layers, loss_fn, X, labels)
    return abs(loss), grad


def limited_move(bound):
    def descend(model, lr):
        promised = 0.0
        for parameter in model.parameters():
            parameter.value -= np.clip(lr * parameter.grad, -bound, bound)
            promised += lr * np.sum(parameter.grad**2)
        return promised

    return descend


def clears_gradients(model, lr):
    promised = right.descend(model, lr)
    for parameter in model.parameters():
        parameter.grad[...] = 0
    return promised


WRITTEN = {
    "bias": {"b in a new array": NewBias},
    "linear": {
        "forward without b": WithoutBias,
        "a gradient of 32 bits": Float32,
        "gradients in arrays of all layers": SharedGradients,
        "W in a new array": NewArrays,
        "small gradients are 0": SmallIsNothing,
    },
    "logistic": {"clipped": ClippedLogistic},
    "loss": {f"p within {bound} of 0 and 1": clipped(bound) for bound in (1e-3, 1e-7, 1e-15)},
    "network": {
        "a hidden step": hidden_step,
        "gradients of 32 bits": gradients_of_float32,
        "changed data": doubles_the_data,
        "the loss without its sign": only_the_mean_squared_error,
    },
    "step": {
        "lr always 0.5": lambda model, lr: right.descend(model, 0.5),
        "lr at most 3": lambda model, lr: right.descend(model, min(lr, 3.0)),
        "lr at least 0.001": lambda model, lr: right.descend(model, max(lr, 0.001)),
        "a move of 10 at most": limited_move(10),
        "a move of 1000 at most": limited_move(1000),
        "gradients of 0 afterwards": clears_gradients,
    },
}
