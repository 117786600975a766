"""Mistakes that learners make in the exercises on neurons, by the diagnosis that each gets."""

import numpy as np

GIVEN = {}


def column_bias(X, W, b):
    b = b.reshape(-1, 1)
    return X @ W + b


def first_layer_only(layers):
    return layers[0]


def last_bias_only(layers):
    W = layers[0][0]
    for next_W, _ in layers[1:]:
        W = W @ next_W
    return W, layers[-1][1]


def wrong_sign(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W, b = W @ next_W, b @ next_W - next_b
    return W, b


def reversed_product(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W, b = next_W @ W, b @ next_W + next_b
    return W, b


def biases_added(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W, b = W @ next_W, b + next_b
    return W, b


def wrong_matrix(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W = W @ next_W
        b = b @ W + next_b
    return W, b


def first_layer_twice(layers):
    W, b = layers[0]
    for next_W, next_b in layers:
        W, b = W @ next_W, b @ next_W + next_b
    return W, b


def elementwise(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W, b = W * next_W, b * next_W + next_b
    return W, b


def bias_in_place(layers):
    W, b = layers[0]
    for next_W, next_b in layers[1:]:
        W = W @ next_W
        b[...] = b @ next_W  # NumPy before 1.25 has no @=
        b += next_b
    return W, b


def two_inputs_only(layers):
    W, b = np.eye(2), np.zeros((1, 2))
    for next_W, next_b in layers:
        W, b = W @ next_W, b @ next_W + next_b
    return W, b


def doubled(layers):
    W, b = last_bias_only(layers)
    return 2 * W, b


MISTAKES = {
    "neurons/net-activation": {
        "no-bias": lambda X, W, b: X @ W,
        "minus-bias": lambda X, W, b: X @ W - b,
        "one-number-a-sample": lambda X, W, b: X @ W[:, 0] + b[0, 0],
        "transposed": lambda X, W, b: X @ (W.T if W.shape[0] == W.shape[1] else W) + b,
        "values": lambda X, W, b: X @ W + 2 * b,
        "shape": lambda X, W, b: (X @ W + b)[..., None],
        "elementwise": lambda X, W, b: X * W + b,
        "x-second": lambda X, W, b: W @ X + b,
    },
    "neurons/from-pytorch": {
        "as-it-was": lambda weight, bias: (weight, bias.reshape(1, -1)),
        "reshaped": lambda weight, bias: (weight.reshape(weight.shape[::-1]), bias),
        "flat-bias": lambda weight, bias: (weight.T, bias),
        "column-bias": lambda weight, bias: (weight.T, bias.reshape(-1, 1)),
        "not-a-pair": lambda weight, bias: weight.T,
        "W": lambda weight, bias: (-weight.T, bias),
        "b": lambda weight, bias: (weight.T, -bias.reshape(1, -1)),
    },
    "neurons/find-the-fault": {
        "column-bias": column_bias,
        "no-bias": lambda X, W, b: X @ W,
        "values": lambda X, W, b: X @ W + b.sum(),
    },
    "neurons/separate": {
        "sides-swapped": (0.5, -1.0, 1.0),
        "no-bias": (-0.5, 1.0, 0.0),
        "no-weights": (0.0, 0.0, 0.0),
        "wrong-side": (0.0, 1.0, -1.0),
        "not-three-numbers": (1.0, 2.0),
        "not-finite": (np.inf, 1.0, 1.0),
    },
    "neurons/linearity-gap": {
        "sum-only": lambda T, u, v, a, b: T(u + v) - (T(u) + T(v)),
        "absolute-value": lambda T, u, v, a, b: abs(T(a * u + b * v) - (a * T(u) + b * T(v))),
        "sign": lambda T, u, v, a, b: a * T(u) + b * T(v) - T(a * u + b * v),
        "half-bracket": lambda T, u, v, a, b: T(a * u + b * v) - a * T(u) + b * T(v),
        "numbers-inside": lambda T, u, v, a, b: T(a * u + b * v) - T(a * u) - T(b * v),
        "values": lambda T, u, v, a, b: T(a * u + b * v),
    },
    "neurons/collapse": {
        "not-a-pair": lambda layers: layers[0][0],
        "first-layer-only": first_layer_only,
        "last-bias-only": last_bias_only,
        "first-layer-twice": first_layer_twice,
        "elementwise": elementwise,
        "changes-its-input": bias_in_place,
        "other-sizes": two_inputs_only,
        "order": reversed_product,
        "biases-added": biases_added,
        "wrong-matrix": wrong_matrix,
        "b": wrong_sign,
        "W": doubled,
    },
}
