"""Mistakes that learners make in activations, as the wrong results that betray them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.exercises.comparing import Suspect
from minidl.numerics import sigmoid

Array = npt.NDArray[Any]
Suspects = Sequence[Suspect]


def naive_tanh(z: Array) -> Array:
    """Return tanh as its formula says, which overflows."""
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


def one_sided_tanh(sign: int) -> Callable[[Array], Array]:
    """Return tanh from exp(2z) alone, or from exp(−2z) alone."""
    return lambda z: sign * (np.exp(2 * sign * z) - 1) / (np.exp(2 * sign * z) + 1)


ONE_SIDE = "One side works; far out on the other the exponential is infinite: inf / inf is NaN."
TANH_VALUES = (
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
BUILD_IT = "`np.tanh` is right, and yours to use from now on. Here, build it: use `np.exp`."
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


def clipped_values(steepness: float, offset: float, low: float, high: float) -> Suspects:
    """Return mistakes in the value of a clipped line."""
    return (
        Suspect(
            "not-clipped",
            lambda x: steepness * x + offset,
            "The line has to stop at `low` and at `high`.",
        ),
        Suspect(
            "clips-x",
            lambda x: steepness * np.clip(x, low, high) + offset,
            "Clip the value of the line, not x before it.",
        ),
    )


FLAT = (
    "Where the line is clipped nothing moves, so the slope there is 0. (With `<=` in place of `<` "
    "the clipped ends count as inside.)"
)


def clipped_slopes(steepness: float, offset: float, low: float, high: float) -> Suspects:
    """Return mistakes in the slope of a clipped line."""

    def inside(x: Array) -> Array:
        return (steepness * x + offset > low) & (steepness * x + offset < high)

    return (
        Suspect("slope-everywhere", lambda x: np.full(x.shape, steepness), FLAT),
        Suspect(
            "slope-one",
            lambda x: 1.0 * inside(x),
            "Inside, a rises by `steepness` for each unit of x, not by 1.",
        ),
        Suspect(
            "x-for-a",
            lambda x: steepness * ((x > low) & (x < high)),
            "`low` and `high` are bounds of the value a, not of x.",
        ),
        Suspect(
            "inside-out",
            lambda x: steepness * ~inside(x),
            "The flat parts and the ramp are swapped.",
        ),
    )


def _left(x: Array, values: Any) -> Array:
    """Return x on the right of 0 and the given values on the left."""
    return np.where(x > 0, x, values)


ALPHA = 0.5
ELU_VALUES = (
    Suspect(
        "lost-minus-one",
        lambda x: _left(x, ALPHA * np.exp(x)),
        "On the left it is α·(eˣ − 1), so that both sides meet at 0.",
    ),
    Suspect(
        "alpha-inside",
        lambda x: _left(x, ALPHA * np.exp(x) - 1),
        "α multiplies the whole bracket, the −1 as well.",
    ),
    Suspect("alpha-ignored", lambda x: _left(x, np.expm1(x)), "The left side ignores `alpha`."),
    Suspect("leaks", lambda x: _left(x, ALPHA * x), "That is a LeakyReLU; an ELU bends."),
)
ELU_SLOPES = (
    Suspect(
        "a-is-not-the-slope",
        lambda x: np.where(x > 0, 1, ALPHA * np.expm1(x)),
        "On the left a is α·eˣ − α; its slope is α·eˣ, as the constant falls away.",
    ),
    Suspect(
        "alpha-ignored", lambda x: np.where(x > 0, 1, np.exp(x)), "Left of 0 it ignores `alpha`."
    ),
    Suspect(
        "value-for-slope",
        lambda x: np.where(x > 0, x, ALPHA * np.exp(x)),
        "On the right a = x, and the slope of x is 1.",
    ),
    Suspect(
        "slope-of-relu",
        lambda x: 1.0 * (x > 0),
        "Left of 0 the curve still rises, so its slope is not 0.",
    ),
)


SOFTPLUS_VALUES = (
    Suspect(
        "overflows",
        lambda x: np.log(1 + np.exp(x)),
        "e¹⁰⁰⁰ is more than a float can hold, and log(inf) is inf: take max(x, 0) out first.",
    ),
    Suspect(
        "stuck",
        lambda x: np.log(1 + np.exp(np.minimum(x, 700))),
        "A clipped exponent also clips the result, which should go on growing like x.",
    ),
    Suspect("relu", lambda x: np.maximum(x, 0), "That is ReLU, without the smooth bend."),
    Suspect(
        "log10",
        lambda x: np.logaddexp(0, x) / np.log(10),
        "`np.log10` is the logarithm to base 10; the one to base e is `np.log`.",
    ),
    Suspect(
        "mirrored",
        lambda x: np.logaddexp(0, -x),
        "That is the mirror image, log(1 + e⁻ˣ); a softplus rises to the right.",
    ),
)
SOFTPLUS_SLOPES = (
    Suspect(
        "inner-derivative",
        lambda x: sigmoid(-x),
        "The chain rule asks for the slope of the inside as well: 1/(1 + eˣ) times eˣ.",
    ),
    Suspect("slope-of-relu", lambda x: 1.0 * (x > 0), "That is ReLU's slope; this curve bends."),
    Suspect("value-for-slope", lambda x: np.logaddexp(0, x), "That is a itself, not its slope."),
    Suspect(
        "slope-of-the-logistic",
        lambda x: np.logaddexp(0, x) * (1 - np.logaddexp(0, x)),
        "a·(1 − a) is the slope where a is the logistic's value; here it is a softplus.",
    ),
    Suspect(
        "a-for-x", lambda x: sigmoid(np.logaddexp(0, x)), "The logistic of x is wanted, not of a."
    ),
)


def _a_for_gate(first: Any) -> Any:
    """Return the product rule with a in place of the gate in σ′, after a first term."""

    def slope(x: Array) -> Array:
        a = x * sigmoid(x)
        return first(x) + x * a * (1 - a)

    return slope


NOT_THE_GATE = "a·(1 − a) holds where a is the logistic's value; here a = x·σ(x), so take σ(x)."
SWISH_VALUES = (
    Suspect("gate-only", sigmoid, "That is the gate σ(x) alone; it multiplies x."),
    Suspect(
        "nan",
        lambda x: x * np.exp(x) / (1 + np.exp(x)),
        "Far out eˣ is infinite, and inf / inf is NaN; `sigmoid` is safe.",
    ),
)
SWISH_SLOPES = (
    Suspect("first-term-only", sigmoid, "The product rule has two terms; x·σ′(x) is missing."),
    Suspect(
        "second-term-only",
        lambda x: x * sigmoid(x) * sigmoid(-x),
        "The product rule has two terms; σ(x) itself is missing.",
    ),
    Suspect(
        "lost-x",
        lambda x: sigmoid(x) + sigmoid(x) * sigmoid(-x),
        "In the second term the factor x is missing.",
    ),
    Suspect(
        "slope-of-the-gate",
        lambda x: sigmoid(x) * sigmoid(-x),
        "That is the slope of σ alone; x·σ(x) is a product and needs the product rule.",
    ),
    Suspect(
        "gate-for-its-slope",
        lambda x: sigmoid(x) + x * sigmoid(x),
        "In the second term stands σ where its slope σ·(1 − σ) should.",
    ),
    Suspect("a-is-not-the-gate", _a_for_gate(sigmoid), NOT_THE_GATE),
    Suspect("a-is-not-the-gate", _a_for_gate(lambda x: x * sigmoid(x)), NOT_THE_GATE),
    Suspect("a-is-not-the-gate", lambda x: x * sigmoid(x) * (1 - x * sigmoid(x)), NOT_THE_GATE),
)
