"""Mistakes that learners make in the exercises of the lesson on activations."""

import numpy as np

from minidl.nn import Activation
from minidl.numerics import sigmoid


def naive_tanh(z):
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


def with_where(z):
    e = np.exp(2 * z)
    return np.where(z > 300, 1.0, (e - 1) / (e + 1))


def clipped_tanh(z):
    return naive_tanh(np.clip(z, -700, 700))


def sign_by_division(z):
    e = np.exp(-2 * np.abs(z))
    return z / np.abs(z) * (1 - e) / (1 + e)


def hidden_division(z):
    with np.errstate(all="ignore"):
        return np.nan_to_num(sign_by_division(z))


def tanh_cut_at_three(z):
    return np.where(np.abs(z) > 3, np.sign(z), naive_tanh(np.clip(z, -3, 3)))


def activation(function, slope):
    """Return a class of activation with the given methods."""

    class Mistaken(Activation):
        def __init__(self, *arguments):
            super().__init__()
            self.arguments = arguments

        def function(self, x):
            return function(x, *self.arguments)

        def slope(self, x, a):
            return slope(x, a, *self.arguments)

    return Mistaken


def clipped(x, steepness, offset, low, high):
    return np.clip(steepness * x + offset, low, high)


def clipped_slope(x, a, steepness, offset, low, high):
    return np.where((a > low) & (a < high), steepness, 0)


def elu(x, alpha):
    return np.where(x > 0, x, alpha * np.expm1(np.minimum(x, 0)))


def elu_slope(x, a, alpha):
    return np.where(x > 0, 1, a + alpha)


def softplus(x):
    return np.logaddexp(0, x)


def softplus_slope(x, a):
    return sigmoid(x)


def swish(x):
    return x * sigmoid(x)


def swish_slope(x, a):
    return sigmoid(x) + a * (1 - sigmoid(x))


class NoSelf(Activation):
    def __init__(self, steepness, offset, low, high):
        super().__init__()
        self.steepness, self.offset, self.low, self.high = steepness, offset, low, high

    def function(self, x):
        return np.clip(steepness * x + self.offset, self.low, self.high)  # noqa: F821


MISTAKES = {
    "activations/stable-tanh": {
        "nan": naive_tanh,
        "nan-at-0": sign_by_division,
        "hidden-warning": hidden_division,
        "wrong-switch": tanh_cut_at_three,
        "nan-on-one-side": lambda z: (1 - np.exp(-2 * z)) / (1 + np.exp(-2 * z)),
        "lost-sign": lambda z: np.abs(np.tanh(z)),
        "patched": lambda z: np.nan_to_num(naive_tanh(z)),
        "range": lambda z: sigmoid(2 * z),
        "half-as-steep": lambda z: 2 * sigmoid(z) - 1,
        "float32": clipped_tanh,
        "hidden-overflow": with_where,
        "hard-tanh": lambda z: np.clip(z, -1, 1),
        "ready-made": lambda z: np.tanh(z),
        "values": np.sin,
        "dtype": lambda z: np.tanh(z).astype(np.float64),
    },
    "activations/tanh-slope": {
        "x-for-a": lambda x, a: 1 - x**2,
        "slope-of-the-logistic": lambda x, a: a * (1 - a),
        "tanh-twice": lambda x, a: 1 - np.tanh(a) ** 2,
        "square-of-all": lambda x, a: (1 - a) ** 2,
        "sign": lambda x, a: a**2 - 1,
        "wrong-switch": lambda x, a: np.where(np.abs(x) > 3, 0, 1 - a**2),
        "values": lambda x, a: 1 - a,
    },
    "activations/clipped-line": {
        "not-clipped": activation(lambda x, s, o, low, high: s * x + o, clipped_slope),
        "clips-x": activation(
            lambda x, s, o, low, high: s * np.clip(x, low, high) + o, clipped_slope
        ),
        "slope-everywhere": activation(clipped, lambda x, a, s, o, low, high: s + 0 * x),
        "slope-one": activation(
            clipped, lambda x, a, s, o, low, high: (a > low) * (a < high) * 1.0
        ),
        "cut-on-one-side": activation(clipped, lambda x, a, s, o, low, high: s * (a < high)),
        "not-constant": activation(
            clipped, lambda x, a, s, o, low, high: s * a * (a > low) * (a < high)
        ),
        "not-finite": activation(
            clipped,
            lambda x, a, s, o, low, high: np.where(
                s * x + o == low, np.nan, s * (a > low) * (a < high)
            ),
        ),
        "wrong-switch": activation(
            clipped, lambda x, a, s, o, low, high: s * (a > low) * (a < 0.95 * high)
        ),
        "one-number": activation(clipped, lambda x, a, s, o, low, high: s),
        "forgotten-self": NoSelf,
        "x-for-a": activation(clipped, lambda x, a, s, o, low, high: s * (x > low) * (x < high)),
        "inside-out": activation(
            clipped, lambda x, a, s, o, low, high: s * ((a <= low) | (a >= high))
        ),
        "values": activation(lambda x, s, o, low, high: np.clip(s * x, low, high), clipped_slope),
        "dtype": activation(lambda *given: clipped(*given).astype(np.float64), clipped_slope),
    },
    "activations/elu": {
        "lost-minus-one": activation(lambda x, al: np.where(x > 0, x, al * np.exp(x)), elu_slope),
        "alpha-inside": activation(lambda x, al: np.where(x > 0, x, al * np.exp(x) - 1), elu_slope),
        "alpha-ignored": activation(lambda x, al: elu(x, 1.0), elu_slope),
        "leaks": activation(lambda x, al: np.where(x > 0, x, al * x), elu_slope),
        "one-for-alpha": activation(elu, lambda x, a, al: np.where(x > 0, 1, a + 1)),
        "not-finite": activation(
            elu, lambda x, a, al: np.where(x == 0, np.nan, elu_slope(x, a, al))
        ),
        "wrong-switch": activation(elu, lambda x, a, al: np.where(x > -0.1, 1, a + al)),
        "a-is-not-the-slope": activation(elu, lambda x, a, al: np.where(x > 0, 1, a)),
        "value-for-slope": activation(elu, lambda x, a, al: np.where(x > 0, x, a + al)),
        "slope-missing": activation(elu, lambda x, a, al: None),
        "slope-of-relu": activation(elu, lambda x, a, al: 1.0 * (x > 0)),
        "hidden-overflow": activation(
            lambda x, al: np.where(x > 0, x, al * (np.exp(x) - 1)), elu_slope
        ),
        "gradient": activation(elu, lambda x, a, al: np.where(x > 0, 1, a - al)),
        "dtype": activation(elu, lambda x, a, al: elu_slope(x, a, al).astype(np.float64)),
    },
    "activations/softplus": {
        "overflows": activation(lambda x: np.log(1 + np.exp(x)), softplus_slope),
        "stuck": activation(lambda x: np.log(1 + np.exp(np.minimum(x, 700))), softplus_slope),
        "wrong-switch": activation(
            lambda x: np.where(x > 3, x, np.log(1 + np.exp(np.minimum(x, 5)))), softplus_slope
        ),
        "relu": activation(lambda x: np.maximum(x, 0), softplus_slope),
        "mirrored": activation(lambda x: np.logaddexp(0, -x), softplus_slope),
        "log10": activation(lambda x: np.logaddexp(0, x) / np.log(10), softplus_slope),
        "slope-of-the-logistic": activation(softplus, lambda x, a: a * (1 - a)),
        "a-for-x": activation(softplus, lambda x, a: sigmoid(a)),
        "hidden-overflow": activation(
            lambda x: np.where(x > 50, x, np.log(1 + np.exp(x))), softplus_slope
        ),
        "inner-derivative": activation(softplus, lambda x, a: 1 / (1 + np.exp(x))),
        "slope-of-relu": activation(softplus, lambda x, a: 1.0 * (x > 0)),
        "value-for-slope": activation(softplus, lambda x, a: a),
        "not-finite": activation(softplus, lambda x, a: np.exp(x) / (1 + np.exp(x))),
        "dtype": activation(softplus, lambda x, a: softplus_slope(x, a).astype(np.float64)),
    },
    "activations/swish": {
        "gate-only": activation(sigmoid, swish_slope),
        "slope-of-the-gate": activation(swish, lambda x, a: sigmoid(x) * sigmoid(-x)),
        "gate-for-its-slope": activation(swish, lambda x, a: sigmoid(x) + x * sigmoid(x)),
        "hidden-overflow": activation(lambda x: x / (1 + np.exp(-x)), swish_slope),
        "nan": activation(lambda x: x * np.exp(x) / (1 + np.exp(x)), swish_slope),
        "first-term-only": activation(swish, lambda x, a: sigmoid(x)),
        "second-term-only": activation(swish, lambda x, a: a * (1 - sigmoid(x))),
        "nan-at-0": activation(swish, lambda x, a: a / x + a * (1 - a / x)),
        "minus": activation(swish, lambda x, a: sigmoid(x) - a * (1 - sigmoid(x))),
        "lost-gate": activation(swish, lambda x, a: sigmoid(x) + x * (1 - sigmoid(x))),
        "lost-x": activation(swish, lambda x, a: sigmoid(x) * (2 - sigmoid(x))),
        "a-is-not-the-gate": activation(swish, lambda x, a: a * (1 - a)),
        "gradient": activation(swish, lambda x, a: 1 + 0 * x),
        "dtype": activation(swish, lambda x, a: swish_slope(x, a).astype(np.float64)),
        "not-an-activation": dict,
    },
}
