"""Hostile answers in the lesson on depth that are right, and how its answers are used."""

import itertools

import numpy as np

from minidl.nn import BatchNorm1d, Linear, ReLU, Sequential, Tanh
from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def affine(rng):
    inputs, (N, M) = rng.integers(1, 6, rng.integers(1, 4)), rng.integers(1, 8, 2)
    return numbers(rng, N, M), numbers(rng, N, *inputs), numbers(rng, int(np.prod(inputs)), M)


def network_and_rate(rng):
    layers = []
    for D, M in itertools.pairwise(rng.integers(1, 8, rng.integers(2, 6))):
        layers += [Linear(D, M, rng=rng, bias=bool(rng.integers(2))), ReLU()]
    model = Sequential(*layers)
    for parameter in model.parameters():
        parameter.value[...] = numbers(rng, *parameter.value.shape) + 1e-6
        parameter.grad = numbers(rng, *parameter.value.shape)
    return model, float(10.0 ** rng.uniform(-4, 1))


def ratios_and_state(update_ratios, model, lr):
    ratios = update_ratios(model, lr)
    state = [(p.value, p.grad) for p in model.parameters()]
    return [float(ratio) for ratio in ratios], state, model.training


def table(rng):
    large = rng.random() < 0.05  # a number of √n comes from n numbers
    N, D = (20_000, 2) if large else rng.integers(1, 8, 2)
    x = np.zeros((N, D)) if large else numbers(rng, N, D)
    x[0] += 1000.0 * large
    return x, int(rng.integers(2)), float(10.0 ** rng.uniform(-8, 1))


def gradient_and_table(rng):
    x, axis, eps = table(rng)
    return numbers(rng, *x.shape), x, axis, eps


def parts(rng):
    D, M, seed = (int(drawn) for drawn in rng.integers(1, 8, 3))
    kinds = (
        lambda: (Linear(D, D, rng=seed), Tanh()),
        lambda: (Linear(D, M, rng=seed), ReLU(), Linear(M, D, rng=seed)),
        lambda: (Linear(D, D, rng=seed), BatchNorm1d(D)),
    )
    shapes = [(int(N), D) for N in rng.integers(2, 8, 3)]
    return kinds[rng.integers(3)], [(numbers(rng, *s), numbers(rng, *s)) for s in shapes]


def passes(kind, make, pairs):
    """Return all that can be seen of a shortcut on its way forth and back."""
    op, seen = kind(*make()), []
    for x, grad in pairs:
        seen += [op(x), [np.array(part.grads.get("W", 0)) for _, part in op.named_layers()]]
        seen += [op.backward(grad), op.backward(grad), op.training, x, grad]
        seen += [(np.array(p.value), np.array(p.grad)) for p in op.parameters()]
    return seen


USES = {
    "affine": Use(affine),
    "ratios": Use(network_and_rate, ratios_and_state),
    "normalize": Use(table),
    "normalize-back": Use(gradient_and_table),
    "residual": Use(parts, passes),
}
EXPLAINED = {
    "affine": [
        Explained(
            "NumPy takes any negative length for the one to be found.",
            ("- rows = x.reshape(len(x), -1) | + rows = x.reshape(len(x), -2)",),
        )
    ],
    "normalize-back": [
        Explained(
            "x̂ stands twice in the last term, and the signs cancel.",
            (
                "- x_hat = (x - x.mean(axis, keepdims=True)) / sigma | "
                "+ x_hat = (x.mean(axis, keepdims=True) - x) / sigma",
            ),
        )
    ],
}
