"""Hostile answers in the lesson on neurons that no change of one place makes."""

import numpy as np


def at_most_two_neurons(X, W, b):
    return X @ np.hstack([W[:, :2], np.zeros_like(W[:, 2:])]) + b


WRITTEN = {
    "net-activation": {
        "at most two neurons": at_most_two_neurons,
        "at most three features": lambda X, W, b: X[:, :3] @ W[:3] + b,
        "float32 inside": lambda X, W, b: (
            (X.astype("f4") @ W + b).astype(float) if np.asarray(X).size else b
        ),
        "rounded": lambda X, W, b: np.round(X @ W + b, 1),
    },
    "from-pytorch": {
        "whole numbers": lambda weight, bias: (weight.T.astype(int), bias.reshape(1, -1)),
        "at most three rows": lambda weight, bias: (weight[:3].T, bias[:3].reshape(1, -1)),
    },
}
