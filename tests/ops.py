"""Small ops and a network that several tests are about."""

import numpy as np

from minidl.nn import Linear, Logistic, Sequential, Tanh
from minidl.op import Op


class Scale(Op):
    """y = s·x with a parameter s and a buffer that counts forward passes."""

    def __init__(self, name=None):
        super().__init__(name)
        self.params["s"] = np.full((1, 1), 2.0)
        self.buffers["count"] = np.zeros(1)

    def forward(self, x):
        self.buffers["count"] += 1
        self.save_for_backward(x)
        return self.params["s"] * x

    def backward(self, grad):
        x = self.saved_for_backward()
        self.grads["s"] = (grad * x).sum(keepdims=True)
        return grad * self.params["s"]


class Composite(Op):
    """Parts in `layers`, in whatever order `run` says."""

    def __init__(self, *layers, run):
        super().__init__()
        self.layers.extend(layers)
        self.run = run

    def forward(self, x):
        return self.run(self.layers, x)


def network():
    inner = Sequential(Linear(3, 3, rng=1, name="fc"), Tanh(), name="block")
    return Sequential(Linear(2, 3, rng=0, name="fc1"), inner, Scale(), Logistic(name="act"))
