"""Mistakes that learners make in tanh and its slope, as the wrong results that betray them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.comparing import Suspect
from minidl.numerics import sigmoid

Array = npt.NDArray[Any]


def naive_tanh(z: Array) -> Array:
    """Return tanh as its formula says, which overflows."""
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


def one_sided_tanh(sign: int) -> Callable[[Array], Array]:
    """Return tanh from exp(2z) alone, or from exp(−2z) alone."""
    return lambda z: sign * (np.exp(2 * sign * z) - 1) / (np.exp(2 * sign * z) + 1)


ONE_SIDE = "One side works; far out on the other the exponential is infinite: inf / inf is NaN."
TANH_VALUES = (
    Suspect(
        "nan-at-0",
        lambda z: np.where(z == 0, np.nan, np.tanh(z)),
        "At 0 this is 0 / 0, which is NaN. `z / np.abs(z)` gives every other z its sign; "
        "`np.sign(z)` is 0 at 0.",
    ),
    Suspect(
        "lost-sign", lambda z: np.abs(np.tanh(z)), "Left of 0, tanh is negative; |z| forgets that."
    ),
    Suspect(
        "hard-tanh", lambda z: np.clip(z, -1, 1), "That is a straight line, cut off; tanh bends."
    ),
    Suspect("range", lambda z: sigmoid(2 * z), "This runs from 0 to 1; tanh runs from −1 to 1."),
    Suspect(
        "half-as-steep", lambda z: 2 * sigmoid(z) - 1, "tanh(z) is 2·σ(2z) − 1, not 2·σ(z) − 1."
    ),
)
TANH_FAR_OUT = (
    Suspect(
        "nan", naive_tanh, "Far out both exponentials count, one is infinite: inf / inf is NaN."
    ),
    Suspect("nan-on-one-side", one_sided_tanh(1), ONE_SIDE),
    Suspect("nan-on-one-side", one_sided_tanh(-1), ONE_SIDE),
)
PATCHED = (
    "Near 0 this is tanh, but far out, where tanh is −1 or 1, it is not. (What `np.nan_to_num` "
    "puts in place of NaN, or where `np.clip` cuts off, has to give that.)"
)
TANH_IN_FLOAT32 = Suspect(
    "float32",
    naive_tanh,
    "float32 ends at about e⁸⁸: what float64 can hold may be infinite here, and inf / inf is NaN.",
)
READY_MADE = {"tanh": "np.tanh", "Tanh": "Tanh", "sigmoid": "sigmoid"}
BUILD_IT = "`{}` is right, and yours to use from now on. Here, build it: use `np.exp`."
TANH_SLOPES = (
    Suspect("x-for-a", lambda x, a: 1 - x**2, "The square is that of the value a, not of x."),
    Suspect("slope-of-the-logistic", lambda x, a: a * (1 - a), "a·(1 − a) is the logistic's."),
    Suspect(
        "tanh-twice", lambda x, a: 1 - np.tanh(a) ** 2, "a is tanh(x) already: no second tanh."
    ),
    Suspect("square-of-all", lambda x, a: (1 - a) ** 2, "It is 1 − a², not (1 − a)²."),
    Suspect("sign", lambda x, a: a**2 - 1, "The sign is the wrong way round: tanh only rises."),
    Suspect("sign", lambda x, a: 1 + a**2, "The sign between the two terms is wrong."),
)
