"""Exercises of the lesson "Activations"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing_functions import expect_gradient, expect_same
from minidl.checking.exercise import Exercise
from minidl.checking.expecting import expect_array
from minidl.checking.verdicts import wrong
from minidl.lessons.activations import solutions as solutions
from minidl.lessons.activations.classes import (
    BETWEEN,
    FAR,
    MEASURED,
    WRONG_SWITCH,
    X,
    check_clipped_line,
    check_elu,
    check_softplus,
    check_swish,
)
from minidl.lessons.activations.overflow import expect_no_overflow
from minidl.lessons.activations.tanh_mistakes import (
    BUILD_IT,
    PATCHED,
    READY_MADE,
    TANH_FAR_OUT,
    TANH_IN_FLOAT32,
    TANH_SLOPES,
    TANH_VALUES,
)


def check_stable_tanh(stable_tanh: Any) -> None:
    """Check a tanh that survives every input, in float64 and float32, without a warning."""
    options: dict[str, Any] = {"elementwise": True, "what": "the value of tanh"}
    expect_same(stable_tanh, tanh, (X,), suspects=TANH_VALUES, **options)
    far: dict[str, Any] = {"suspects": TANH_FAR_OUT, "diagnosis": "patched", "because": PATCHED}
    expect_same(stable_tanh, tanh, (FAR,), **far, **options)
    expect_same(stable_tanh, tanh, (BETWEEN,), **WRONG_SWITCH, **options)
    small = FAR.astype(np.float32)
    expect_same(stable_tanh, tanh, (small,), suspects=[TANH_IN_FLOAT32], **options)
    expect_array(
        ask(stable_tanh, small), dtype=np.float32, what="the result", given="float32 inputs"
    )
    expect_no_overflow(stable_tanh, np.append(FAR, 0.0))
    expect_built(stable_tanh)


def expect_built(stable_tanh: Any) -> None:
    """Expect a function that does not call a ready-made one (`ready-made`)."""
    code = getattr(stable_tanh, "__code__", None)
    names = ("tanh",) if stable_tanh is np.tanh else getattr(code, "co_names", ())
    for name in READY_MADE.keys() & set(names):
        wrong("ready-made", BUILD_IT.format(READY_MADE[name]))


def tanh(z: Any) -> Any:
    """Return tanh(z), right and stable."""
    return np.tanh(z)


def check_tanh_slope(tanh_slope: Any) -> None:
    """Check the slope of tanh in terms of its value, and against central differences."""
    right = solutions.tanh_slope
    options: dict[str, Any] = {"elementwise": True, "suspects": TANH_SLOPES, "what": "the slope"}
    expect_same(tanh_slope, right, (X, tanh(X)), (FAR, tanh(FAR)), **options)
    expect_same(tanh_slope, right, (BETWEEN, tanh(BETWEEN)), **(options | WRONG_SWITCH))
    measured: dict[str, Any] = {"because": MEASURED, "at": {"x": X}}
    expect_gradient(ask(tanh_slope, X, tanh(X)), lambda x: tanh(x).sum(), X, **measured)


STABLE_TANH = Exercise(
    name="activations/stable-tanh",
    title="Find the fault: a tanh that is not a number",
    check=check_stable_tanh,
    solution=solutions.stable_tanh,
    hints=(
        "Which of the four exponentials is infinite at z = 1000, and which at z = −1000?",
        "Multiply numerator and denominator by e^(−z): for z > 0 only e^(−2z) is left, at most 1.",
        "The curve is odd: find it for |z|, then give it the sign of z with `np.sign(z)`.",
        "If a warning remains: `np.where` computes both of its sides and only then chooses.",
    ),
    takeaway="Your exponents stay small however far out z lies, so that nothing can overflow.",
)
TANH_SLOPE = Exercise(
    name="activations/tanh-slope",
    title="Find the fault: a slope that passed its test",
    check=check_tanh_slope,
    solution=solutions.tanh_slope,
    hints=(
        "At which inputs does the check fail, and what is special about those where it agrees?",
        "Near 0, tanh(x) ≈ x. Which letter may have been written for which?",
    ),
    takeaway="Near 0, tanh(x) ≈ x, so x² and a² agree: check a slope where the curve bends.",
)
CLIPPED_LINE = Exercise(
    name="activations/clipped-line",
    title="HardLogistic and HardTanh",
    check=check_clipped_line,
    solution=solutions.ClippedLine,
    hints=(
        "`np.clip(values, low, high)` cuts values off. What are the values here?",
        "Where a lies strictly between `low` and `high`, the line was not clipped.",
        "`np.where(condition, this, that)` chooses for each element; of two plain numbers it makes "
        "64 bits, and `.astype(x.dtype)` as many as x has.",
    ),
    takeaway="Two activations with one class, and not an exponential in sight.",
)
ELU = Exercise(
    name="activations/elu",
    title="ELU",
    check=check_elu,
    solution=solutions.MyELU,
    hints=(
        "`np.where(x > 0, x, left)` joins the two sides. What is `left`?",
        "`np.where` computes both sides everywhere: give the exponential `np.minimum(x, 0)`.",
        "The slope on the left is α·eˣ. How does that differ from a = α·(eˣ − 1)?",
    ),
    takeaway="Like a LeakyReLU it lets a gradient back on the left, until it levels off at −α.",
)
SOFTPLUS = Exercise(
    name="activations/softplus",
    title="Softplus",
    check=check_softplus,
    solution=solutions.MySoftplus,
    hints=(
        "Write 1 + eˣ = eˣ·(e⁻ˣ + 1) and take the logarithm: for which x is that form safe?",
        "On both sides it is max(x, 0) + log(1 + e^(−|x|)).",
        "For the slope use the chain rule: 1/(1 + eˣ) · eˣ. You have met that function today.",
    ),
    takeaway="The smooth ReLU has a smooth step for its slope: the logistic function.",
)
SWISH = Exercise(
    name="activations/swish",
    title="Swish",
    check=check_swish,
    solution=solutions.MySwish,
    hints=(
        "The product rule: (x·σ)′ = σ + x·σ′.",
        "Here σ′ = σ·(1 − σ), where σ is `sigmoid(x)`, not a.",
        "Since x·σ is a, the slope is σ + a·(1 − σ). Take σ from `sigmoid(x)`: a / x is NaN at 0.",
    ),
    takeaway="For z below −1.28 its slope is negative: what gets back has changed its sign.",
)
EXERCISES = (STABLE_TANH, TANH_SLOPE, CLIPPED_LINE, ELU, SOFTPLUS, SWISH)
