"""Solutions of the exercises in the lesson on backpropagation."""

import numpy as np

from minidl.op import Op


class MendedBias(Op):
    """x + b, whose gradient keeps the shape (1, M) of b."""

    def __init__(self, size):
        super().__init__()
        self.params["b"] = np.zeros((1, size))

    def forward(self, x):
        return x + self.params["b"]

    def backward(self, grad):
        self.grads["b"] = grad.sum(axis=0, keepdims=True)
        return grad


class MyLinear(Op):
    """x·W + b; back go xᵀ·g, Σ g and g·Wᵀ."""

    def __init__(self, input_size, output_size, *, rng=None, name=None):
        super().__init__(name)
        rng = np.random.default_rng(rng)
        self.params["W"] = rng.standard_normal((input_size, output_size))
        self.params["b"] = np.zeros((1, output_size))

    def forward(self, x):
        self.save_for_backward(x)
        return x @ self.params["W"] + self.params["b"]

    def backward(self, grad):
        x = self.saved_for_backward()
        self.grads["W"] = x.T @ grad
        self.grads["b"] = grad.sum(axis=0, keepdims=True)
        return grad @ self.params["W"].T


class MyLogistic(Op):
    """σ(x); back goes g·a·(1 − a)."""

    def forward(self, x):
        a = 1 / (1 + np.exp(-x))
        self.save_for_backward(a)
        return a

    def backward(self, grad):
        a = self.saved_for_backward()
        return grad * a * (1 - a)


class MyBCE:
    """The mean of −(y·log p + (1 − y)·log(1 − p)), and its gradient."""

    def __call__(self, p, labels):
        self.p, self.labels = p, labels  # backward will need them
        return -np.mean(labels * np.log(p) + (1 - labels) * np.log(1 - p))

    def backward(self):
        p, y = self.p, self.labels
        return (p - y) / (p * (1 - p)) / len(p)


def backpropagate(layers, loss_fn, X, labels):
    x = X
    for layer in layers:
        x = layer(x)
    loss = loss_fn(x, labels)
    grad = loss_fn.backward()
    for layer in reversed(layers):
        grad = layer.backward(grad)
    return loss, grad


def descend(model, lr):
    promised = 0.0
    for parameter in model.parameters():
        parameter.value -= lr * parameter.grad  # in place: the model's own array changes
        promised += lr * np.sum(parameter.grad**2)
    return promised
