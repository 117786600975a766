"""Other right answers in the lesson on activations."""

import numpy as np

from minidl.lessons.activations.mistakes.making import activation
from minidl.numerics import sigmoid


def tanh_by_halves(z):
    e = np.exp(-2 * np.abs(z))
    return np.where(z < 0, e - 1, 1 - e) / (1 + e)


def tanh_with_masks(z):
    result = np.empty_like(z)
    right = z >= 0
    e = np.exp(-2 * z[right])
    result[right] = (1 - e) / (1 + e)
    e = np.exp(2 * z[~right])
    result[~right] = (e - 1) / (e + 1)
    return result


def tanh_by_copysign(z):
    e = np.exp(-2 * np.abs(z))
    return np.copysign(2 / (1 + e) - 1, z)


def elu(x, alpha=1.0):
    return np.maximum(x, 0) + alpha * np.expm1(np.minimum(x, 0))


def elu_with_masks(x, alpha=1.0):
    a = x.copy()
    a[x <= 0] = alpha * (np.exp(x[x <= 0]) - 1)
    return a


def clipped(x, steepness, offset, low, high):
    return np.minimum(np.maximum(x * steepness + offset, low), high)


def clipped_slope(x, a, steepness, offset, low, high):
    slope = np.zeros_like(x)
    slope[(low < a) & (a < high)] = steepness
    return slope


def softplus(x):
    return np.logaddexp(0, x).astype(x.dtype)


def softplus_slope(x, a):
    return -np.expm1(-a)


ALTERNATIVES = {
    "stable-tanh": [tanh_by_halves, tanh_with_masks, tanh_by_copysign],
    "tanh-slope": [
        lambda x, a: (1 - a) * (1 + a),
        lambda x, a: -np.square(a) + 1,
        lambda x, a: 1 - np.tanh(x) ** 2,
    ],
    "clipped-line": [
        activation(clipped, clipped_slope),
        activation(
            clipped, lambda x, a, s, o, low, high: ((a > low) & (a < high)) * x.dtype.type(s)
        ),
        activation(
            lambda x, s, o, low, high: (s * x + o).clip(low, high),
            lambda x, a, s, o, low, high: np.where(
                (s * x + o > low) & (s * x + o < high), x.dtype.type(s), x.dtype.type(0)
            ),
        ),
    ],
    "elu": [
        activation(
            elu, lambda x, a, alpha=1.0: np.where(x > 0, 1, alpha * np.exp(np.minimum(x, 0)))
        ),
        activation(elu_with_masks, lambda x, a, alpha=1.0: np.where(x >= 0, 1, a + alpha)),
        activation(elu, lambda x, a, alpha=1.0: np.where(a > 0, np.ones_like(x), a + alpha)),
    ],
    "softplus": [
        activation(softplus, lambda x, a: sigmoid(x)),
        activation(
            lambda x: np.where(x > 0, x, 0) + np.log1p(np.exp(-np.abs(x))), lambda x, a: sigmoid(x)
        ),
        activation(softplus, softplus_slope),
    ],
    "swish": [
        activation(lambda x: x * sigmoid(x), lambda x, a: sigmoid(x) * (1 + x * sigmoid(-x))),
        activation(lambda x: sigmoid(x) * x, lambda x, a: sigmoid(x) + a - a * sigmoid(x)),
        activation(
            lambda x: x * sigmoid(x),
            lambda x, a: sigmoid(x) + x * sigmoid(x) * (1 - sigmoid(x)),
        ),
    ],
}
