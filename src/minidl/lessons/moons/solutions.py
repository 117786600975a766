"""Solutions of the exercises in the lesson on moons."""

import numpy as np

from minidl.nn import Linear, Logistic
from minidl.op import Op


def two_arcs(n):
    t = np.linspace(0, np.pi, n)
    outer = np.column_stack([np.cos(t), np.sin(t)])
    inner = np.column_stack([1 - np.cos(t), 0.5 - np.sin(t)])
    X = np.concatenate([outer, inner])
    y = np.repeat([0, 1], n)
    return X, y


class MoonsNet(Op):
    """Linear → Logistic → Linear → Logistic."""

    def __init__(self, input_size, hidden_size, output_size, *, rng=None):
        super().__init__()
        rng = np.random.default_rng(rng)  # both Linear layers draw from this one generator
        self.layers = [
            Linear(input_size, hidden_size, rng=rng, name="fc1"),
            Logistic(name="act1"),
            Linear(hidden_size, output_size, rng=rng, name="fc2"),
            Logistic(name="act2"),
        ]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

    def backward(self, grad):  # the next lesson is about this one
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad


def bce(p, y):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def bce_gradient(p, y):
    return (p - y) / (p * (1 - p)) / len(p)


def mended_bce(p, y):
    y = np.reshape(y, p.shape)  # one label for each prediction, in a column as well
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def safe_bce(p, y):
    with np.errstate(divide="ignore"):  # log 0 = −∞ is expected here, and cut off
        log_p = np.maximum(np.log(p), -100)
        log_q = np.maximum(np.log(1 - p), -100)
    return -np.mean(y * log_p + (1 - y) * log_q)
