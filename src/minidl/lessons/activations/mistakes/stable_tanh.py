"""Mistakes that learners make in "Find the fault: a tanh that is not a number"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
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


MISTAKES = Mistakes(
    Mistake(
        "nan-at-0",
        sign_by_division,
        "At 0 this is 0 / 0, which is NaN. `z / np.abs(z)` gives every other z its "
        "sign; `np.sign(z)` is 0 at 0.",
    ),
    Mistake(
        "lost-sign", lambda z: np.abs(np.tanh(z)), "Left of 0, tanh is negative; |z| forgets that."
    ),
    Mistake(
        "hard-tanh", lambda z: np.clip(z, -1, 1), "That is a straight line, cut off; tanh bends."
    ),
    Mistake("range", lambda z: sigmoid(2 * z), "This runs from 0 to 1; tanh runs from −1 to 1."),
    Mistake("logistic", sigmoid, "That is the logistic function still: tanh(z) is 2·σ(2z) − 1."),
    Mistake(
        "half-as-steep", lambda z: 2 * sigmoid(z) - 1, "tanh(z) is 2·σ(2z) − 1, not 2·σ(z) − 1."
    ),
    Mistake(
        "nan", naive_tanh, "Far out both exponentials count, one is infinite: inf / inf is NaN."
    ),
    Mistake(
        "nan-on-one-side",
        lambda z: (1 - np.exp(-2 * z)) / (1 + np.exp(-2 * z)),
        "One side works; far out on the other the exponential is infinite: inf / inf is NaN.",
    ),
    Mistake(
        "nan-on-one-side",
        lambda z: (np.exp(2 * z) - 1) / (np.exp(2 * z) + 1),
        "One side works; far out on the other the exponential is infinite: inf / inf is NaN.",
    ),
    Mistake(
        "float32",
        clipped_tanh,
        "float32 ends at about e⁸⁸: what float64 can hold may be infinite here, and "
        "inf / inf is NaN.",
    ),
    Mistake("hidden-warning", hidden_division),
    Mistake("wrong-switch", tanh_cut_at_three),
    Mistake(
        "patched",
        lambda z: np.nan_to_num(naive_tanh(z)),
        "Near 0 this is tanh, but far out, where tanh is −1 or 1, it is not. (What "
        "`np.nan_to_num` puts in place of NaN, or where `np.clip` cuts off, has to give that.)",
    ),
    Mistake("hidden-overflow", with_where),
    Mistake(
        "ready-made",
        lambda z: np.tanh(z),
        "`{name}` is right, and yours to use from now on. Here, build it: use `np.exp`.",
    ),
    Mistake("values", np.sin),
    Mistake("dtype", lambda z: np.tanh(z).astype(np.float64)),
)
