"""Hostile answers in the lesson on neurons that no change of one place makes."""

from itertools import starmap

import numpy as np


def at_most_two_neurons(X, W, b):
    return X @ np.hstack([W[:, :2], np.zeros_like(W[:, 2:])]) + b


def by_samples(X, W, b):
    return np.array([x @ W + b[0] for x in X])


def by_features(X, W, b):
    z = b
    for k, row in enumerate(W):
        z = z + X[:, k : k + 1] * row
    return z


def by_neurons(X, W, b):
    return np.stack([*starmap(lambda w, bias: X @ w + bias, zip(W.T, b[0], strict=True))], axis=1)


def by_a_hidden_loop(X, W, b):
    return np.apply_along_axis(lambda x: x @ W + b[0], 1, X)


def by_while(X, W, b):
    z, i = np.zeros((len(X), W.shape[1])), 0
    while i < len(X):
        z[i], i = X[i] @ W + b[0], i + 1
    return z


def by_itself(X, W, b):
    if len(X) < 2:
        return X @ W + b
    return np.vstack([X[:1] @ W + b, by_itself(X[1:], W, b)])


WRITTEN = {
    "net-activation": {
        "at most two neurons": at_most_two_neurons,
        "at most three features": lambda X, W, b: X[:, :3] @ W[:3] + b,
        "float32 inside": lambda X, W, b: (
            (X.astype("f4") @ W + b).astype(float) if np.asarray(X).size else b
        ),
        "rounded": lambda X, W, b: np.round(X @ W + b, 1),
        "whole numbers": lambda X, W, b: (X @ W + b).astype(int),
        "a loop over samples": by_samples,
        "a loop over features": by_features,
        "a loop over neurons": by_neurons,
        "a loop with while": by_while,
        "a loop inside of NumPy": by_a_hidden_loop,
        "a loop that calls itself": by_itself,
    },
    "from-pytorch": {
        "whole numbers": lambda weight, bias: (weight.T.astype(int), bias.reshape(1, -1)),
        "at most three rows": lambda weight, bias: (weight[:3].T, bias[:3].reshape(1, -1)),
    },
    "separate": {
        "a line through the origin": (-0.4, 1.0, 0.0),
        "a line through two blue points": (-0.5, 1.0, 0.0),
        "a line through an orange point": (-0.5, 1.0, -1.5),
        "a line through points of both colours": (-1.25, 1.0, 0.75),
        "a line that is level": (0.0, 1.0, -1.2),
        "a line that is upright": (1.0, 0.0, 0.5),
        "the sides swapped": (1.0, -2.0, 2.0),
        "no weights": (0.0, 0.0, 1.0),
        "all zero": (0, 0, 0),
        "not a number": (np.nan, 1.0, -1.0),
        "a bias that is not a number": (-0.5, 1.0, np.nan),
        "infinite": (-np.inf, np.inf, -np.inf),
        "so large that z overflows": (-0.5e308, 1e308, -1e308),
        "so small that z is 0": (-5e-324, 5e-324, -5e-324),
        "complex numbers": (-0.5 + 0j, 1.0 + 0j, -1.0 + 0j),
        "texts": ("-0.5", "1.0", "-1.0"),
        "truths": (False, True, False),
        "a column": np.array([[-0.5], [1.0], [-1.0]]),
        "a fourth number": (-0.5, 1.0, -1.0, 0.0),
        "the points' own classes": [1, 1, 1, 1, 1, 0, 0, 0, 0, 0],
        "arrays in place of numbers": ([-0.5], [1.0], [-1.0]),
        "a function": lambda X: X @ [-0.5, 1.0] - 1.0,
        "a dictionary": {"w1": -0.5, "w2": 1.0, "b": -1.0},
        "a set": {-0.5, 1.0, -1.0},
        "a text": "my_neuron = '(-0.5, 1.0, -1.0)'",
    },
}
