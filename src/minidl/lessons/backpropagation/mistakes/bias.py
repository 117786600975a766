"""Mistakes that learners make in "Find the fault: a bias gradient out of shape"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.backpropagation import solutions as right


def bias(gradient, returned=lambda grad: grad):
    """Return a MendedBias whose backward stores another gradient for b."""

    class Mistaken(right.MendedBias):
        """The bias with a gradient for b, or a way back, that is wrong."""

        def backward(self, grad):
            if gradient is not None:
                self.grads["b"] = gradient(grad)
            return returned(grad)

    return Mistaken


class ChangesBias(right.MendedBias):
    """The way back that takes the step itself."""

    def backward(self, grad):
        self.params["b"] -= grad.sum(axis=0, keepdims=True)
        return grad


class AddsToNothing(right.MendedBias):
    """The way back that adds to a gradient, as a node of a graph does."""

    def backward(self, grad):
        self.grads["b"] += grad.sum(axis=0, keepdims=True)
        return grad


MISTAKES = Mistakes(
    Mistake(
        "lost-shape",
        bias(lambda grad: grad.sum(axis=0)),
        "Right numbers in the wrong shape: the gradient of b has the shape of b.",
    ),
    Mistake(
        "kept-samples",
        bias(lambda grad: grad),
        "Every sample adds to the same b: sum over the samples.",
    ),
    Mistake(
        "wrong-axis",
        bias(lambda grad: grad.sum(axis=1, keepdims=True)),
        "Sum over the samples, axis 0.",
    ),
    Mistake(
        "one-for-all",
        bias(lambda grad: grad.sum()),
        "Each bias has a gradient of its own: sum over axis 0.",
    ),
    Mistake(
        "mean",
        bias(lambda grad: grad.mean(axis=0, keepdims=True)),
        "The sum, not the mean: 1/N is the loss's.",
    ),
    Mistake("changes-params", ChangesBias),
    Mistake("adds-to-nothing", AddsToNothing),
    Mistake("b-gradient-missing", bias(None)),
    Mistake(
        "returns-nothing",
        bias(lambda grad: grad.sum(axis=0, keepdims=True), returned=lambda grad: None),
    ),
    Mistake("shape", bias(lambda grad: grad.sum(axis=0)[:, np.newaxis])),
    Mistake(
        "input-gradient",
        bias(lambda grad: grad.sum(axis=0, keepdims=True), returned=lambda grad: 0 * grad),
    ),
)
