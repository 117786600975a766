"""Operators and networks as learners write them: right ones, and wrong ones."""

from __future__ import annotations

import numpy as np

from minidl.losses import BCELoss
from minidl.nn import Sequential
from minidl.op import Op
from minidl.validation import as_generator


class OwnLinear(Op):
    def __init__(self, input_size, output_size, *, rng=None, name=None):
        super().__init__(name)
        self.params["W"] = as_generator(rng).standard_normal((input_size, output_size))
        self.params["b"] = np.zeros((1, output_size))

    def forward(self, x):
        self.save_for_backward(x)
        return x @ self.params["W"] + self.params["b"]

    def backward(self, grad):
        x = self.saved_for_backward()
        self.grads["W"] = x.T @ grad
        self.grads["b"] = grad.sum(axis=0, keepdims=True)
        return grad @ self.params["W"].T


class OwnLogistic(Op):
    def forward(self, x):
        a = 1 / (1 + np.exp(-x))
        self.save_for_backward(a)
        return a

    def backward(self, grad):
        a = self.saved_for_backward()
        return grad * a * (1 - a)


class FlatBias(OwnLinear):
    def backward(self, grad):
        dx = super().backward(grad)
        self.grads["b"] = grad.sum(axis=0)
        return dx


class NoWeightGradient(OwnLinear):
    def backward(self, grad):
        dx = super().backward(grad)
        del self.grads["W"]
        return dx


class HalfWeightGradient(OwnLinear):
    def backward(self, grad):
        dx = super().backward(grad)
        self.grads["W"] = self.grads["W"] / 2
        return dx


class NoSlope(OwnLogistic):
    def backward(self, grad):
        return grad


class InPlace(OwnLogistic):
    def backward(self, grad):
        a = self.saved_for_backward()
        grad *= a * (1 - a)
        return grad


class Unwritten(OwnLogistic):
    def backward(self, grad): ...


class OwnNetwork(Op):
    def __init__(self, layers, name=None):
        super().__init__(name)
        self.layers.extend(layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad


class ForgetfulNetwork(OwnNetwork):
    """Gives each of the last two layers the gradient of the loss."""

    def backward(self, grad):
        for layer in reversed(self.layers):
            passed_on = layer.backward(grad)
            grad = grad if layer is self.layers[-1] else passed_on
        return grad


class SkippingNetwork(OwnNetwork):
    def backward(self, grad):
        for layer in reversed(self.layers[1:]):
            grad = layer.backward(grad)
        return grad


class ShortcutNetwork(OwnNetwork):
    def forward(self, x):
        return super().forward(x) ** 2


class SumLoss(BCELoss):
    """A mean whose gradient is that of the sum."""

    def vjp(self, grad, predicts, labels):
        return super().vjp(grad, predicts, labels) * predicts.size


def own_net(input_size, hidden_size, output_size, *, rng, linear=OwnLinear, logistic=OwnLogistic):
    """Return a network of a learner's own operators, the given kinds in the first half."""
    rng = as_generator(rng)
    return Sequential(
        linear(input_size, hidden_size, rng=rng, name="fc1"),
        logistic(name="act1"),
        OwnLinear(hidden_size, output_size, rng=rng, name="fc2"),
        OwnLogistic(name="act2"),
    )


def own_layers(rng=0):
    return own_net(2, 3, 1, rng=rng).layers
