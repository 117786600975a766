"""Hostile answers in the lesson on backpropagation that are right, and how its answers are used."""

import copy
import itertools

import numpy as np

from minidl.lessons.backpropagation.checks.network import Agreement
from minidl.losses import BCEWithLogitsLoss, MSELoss
from minidl.nn import Linear, ReLU, Sequential, Tanh
from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def batches(rng, D, M):
    return [(numbers(rng, n, D), numbers(rng, n, M)) for n in rng.integers(1, 8, 3)]


def bias(rng):
    size = rng.integers(1, 8)
    return (size,), {"b": numbers(rng, 1, size)}, batches(rng, size, size)


def linear(rng):
    D, M = rng.integers(1, 8, 2)
    return (D, M), {"W": numbers(rng, D, M), "b": numbers(rng, 1, M)}, batches(rng, D, M)


def logistic(rng):
    return (), {}, batches(rng, *[rng.integers(1, 8)] * 2)


def passes(kind, sizes, params, pairs):
    """Return all that can be seen of an op on its way forward and back, and back once more."""
    op = kind(*sizes, rng=int(np.sum(sizes)), name="fc") if len(sizes) > 1 else kind(*sizes)
    seen = [op.name, copy.deepcopy(op.params)]
    for key, value in params.items():
        op.params[key][...] = value
    for x, grad in pairs:
        seen += [op(x), op.backward(grad), op.backward(grad), op.training, x, grad]
        seen += copy.deepcopy([op.params, op.grads])
    return seen


def predictions(rng):
    """Draw predictions anywhere between 0 and 1, and labels in [0, 1]."""
    N = rng.integers(1, 8)
    p = rng.uniform(size=(N, 1)) * 10.0 ** -rng.uniform(0, rng.choice([1, 250]), (N, 1))
    y = rng.integers(0, 2, (N, 1)) * 1.0 if rng.random() < 0.7 else rng.uniform(size=(N, 1))
    return np.where(rng.random((N, 1)) < 0.5, p, np.minimum(1 - p, 1 - 1e-15)), y


def loss_and_gradient(kind, p, y):
    loss = kind()
    return loss(p, y), loss.backward(), loss.backward(), p, y


def network(rng):
    sizes = rng.integers(1, 8, rng.integers(2, 5))
    layers = []
    for D, M in itertools.pairwise(sizes):
        layers += [Linear(D, M, rng=rng), (Tanh, ReLU)[rng.integers(2)]()]
    return Sequential(*layers[:-1], Tanh()), sizes[0], sizes[-1]


def network_and_data(rng):
    model, D, M = network(rng)
    N = rng.integers(1, 8)
    X, labels = numbers(rng, N, D), numbers(rng, N, M)
    if rng.random() < 0.3:
        return model, BCEWithLogitsLoss(), X, rng.uniform(size=(N, M))
    return model, (MSELoss(), MSELoss(reduction="sum"), Agreement())[rng.integers(3)], X, labels


def whole_pass(backpropagate, model, loss, X, labels):
    layers = list(model.layers)
    result = backpropagate(model.layers, loss, X, labels)
    state = [(p.value, p.grad) for p in model.parameters()]
    return result, state, model.training, model.layers == layers, X, labels


def network_and_rate(rng):
    model, _, _ = network(rng)
    for layer in model.layers:
        for key, value in layer.params.items():
            layer.grads[key] = numbers(rng, *value.shape)
    return model, float(rng.choice([0.0, 10.0 ** rng.uniform(-4, 1)], p=[0.1, 0.9]))


def one_step(descend, model, lr):
    promised = descend(model, lr)
    return promised, [(p.value, p.grad) for p in model.parameters()], model.training


USES = {
    "bias": Use(bias, passes),
    "linear": Use(linear, passes),
    "logistic": Use(logistic, passes),
    "loss": Use(predictions, loss_and_gradient),
    "network": Use(network_and_data, whole_pass),
    "step": Use(network_and_rate, one_step),
}
KEPT = "What is saved a second time replaces itself."


def minus_zero(size):
    zeros = f"np.zeros((1, {size}))"
    change = f"- self.params['b'] = {zeros} | + self.params['b'] = hostile.negated({zeros})"
    return Explained("Minus 0 is 0.", (change,))


MEAN = "-np.mean(labels * np.log(p) + (1 - labels) * np.log(1 - p))"
EXPLAINED = {
    "bias": [minus_zero("size")],
    "linear": [minus_zero("output_size"), Explained(KEPT, ("+ self.save_for_backward(x)",))],
    "logistic": [Explained(KEPT, ("+ self.save_for_backward(a)",))],
    "loss": [
        Explained(
            "The loss is never below 0; where it is 0, it may be minus 0, which is the same.",
            (f"- return {MEAN} | + return hostile.without_sign({MEAN})",),
        )
    ],
    "step": [
        Explained(
            "The parameters' order does not matter.",
            (
                "- for parameter in model.parameters(): | "
                "+ for parameter in list(model.parameters())[::-1]:",
            ),
        )
    ],
}
