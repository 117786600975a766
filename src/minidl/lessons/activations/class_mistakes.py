"""Mistakes that learners make in classes of activations, as the wrong results that betray them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.comparing import Suspect
from minidl.numerics import sigmoid

Array = npt.NDArray[Any]
Suspects = Sequence[Suspect]


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

ONE_CUT = "The line is cut off at both of its ends; this slope is 0 beyond one of them only."
CONSTANT = "Where it is not cut off, a line's slope is the number `steepness`, without x or a."


def clipped_slopes(steepness: float, offset: float, low: float, high: float) -> Suspects:
    """Return mistakes in the slope of a clipped line."""

    def inside(x: Array) -> Array:
        a = steepness * x + offset
        return (a > low) & (a < high)

    return (
        *_where_it_is_flat(steepness, inside, low, high),
        Suspect("cut-on-one-side", lambda x: steepness * (steepness * x + offset < high), ONE_CUT),
        Suspect("cut-on-one-side", lambda x: steepness * (steepness * x + offset > low), ONE_CUT),
        Suspect(
            "not-constant", lambda x: steepness * (steepness * x + offset) * inside(x), CONSTANT
        ),
        Suspect("not-constant", lambda x: steepness * x * inside(x), CONSTANT),
        Suspect("not-constant", lambda x: (steepness * x + offset) * inside(x), CONSTANT),
    )


def _where_it_is_flat(
    steepness: float, inside: Callable[[Array], Array], low: float, high: float
) -> Suspects:
    """Return mistakes about which part of a clipped line is flat, and what it is elsewhere."""
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
        "one-for-alpha",
        lambda x: np.where(x > 0, 1, ALPHA * np.expm1(x) + 1),
        "On the left a = α·eˣ − α and the slope is α·eˣ, which is more than a by α. That is 1 only "
        "for alpha = 1.",
    ),
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
    Suspect(
        "nan-at-0",
        lambda x: np.where(x == 0, np.nan, sigmoid(x) + x * sigmoid(x) * sigmoid(-x)),
        "At 0 this is 0 / 0, which is NaN: a / x is the gate everywhere else; take `sigmoid(x)`.",
    ),
    Suspect(
        "minus",
        lambda x: sigmoid(x) - x * sigmoid(x) * sigmoid(-x),
        "The product rule adds its two terms: (x·σ)′ = σ + x·σ′.",
    ),
    Suspect(
        "lost-gate",
        lambda x: sigmoid(x) + x * sigmoid(-x),
        "In the second term 1 − σ stands where σ′ = σ·(1 − σ) should.",
    ),
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
