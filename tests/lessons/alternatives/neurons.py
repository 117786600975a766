"""Other right answers in the lesson on neurons."""

from functools import reduce

import numpy as np


def affine(X, W, b):
    """Append the bias to W and a column of ones to X."""
    ones = np.ones((len(X), 1))
    return np.hstack([X, ones]) @ np.vstack([W, np.reshape(b, (1, -1))])


def collapse_backwards(layers):
    W, b = layers[-1]
    for earlier_W, earlier_b in reversed(layers[:-1]):
        W, b = earlier_W @ W, earlier_b @ W + b
    return W, b


def collapse_by_asking(layers):
    def network(x):
        for W, b in layers:
            x = x @ W + b
        return x

    size = layers[0][0].shape[0]
    b = network(np.zeros((1, size)))
    return network(np.eye(size)) - b, b


ALTERNATIVES = {
    "net-activation": [
        affine,
        lambda X, W, b: np.einsum("nd,dm->nm", X, W) + b,
        lambda X, W, b: np.add(b, np.dot(X, W)),
        lambda X, W, b: (X[:, :, None] * W[None]).sum(axis=1) + b,
    ],
    "from-pytorch": [
        lambda weight, bias: (np.transpose(weight), bias[None, :]),
        lambda weight, bias: [np.swapaxes(weight, 0, 1).copy(), np.atleast_2d(bias)],
        lambda weight, bias: (np.einsum("oi->io", weight), np.expand_dims(bias, 0)),
    ],
    "find-the-fault": [
        affine,
        lambda X, W, b: X @ W + b,
        lambda X, W, b: np.stack([row @ W + b.ravel() for row in X]),
    ],
    "separate": [(-0.5, 1, -1), [-1.0, 2.0, -2.0], np.array([-5.0, 10.0, -10.0])],
    "linearity-gap": [
        lambda T, u, v, a, b: T(a * u + b * v) - a * T(u) - b * T(v),
        lambda T, u, v, a, b: -(a * T(u) + b * T(v) - T(a * u + b * v)),
        lambda T, u, v, a, b: np.subtract(T(np.add(a * u, b * v)), sum((a * T(u), b * T(v)))),
    ],
    "collapse": [
        collapse_backwards,
        collapse_by_asking,
        lambda layers: reduce(lambda one, two: (one[0] @ two[0], one[1] @ two[0] + two[1]), layers),
    ],
}
