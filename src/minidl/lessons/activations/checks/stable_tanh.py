"""The check of the exercise "activations/stable-tanh"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.checking.verdicts import wrong
from minidl.lessons.activations import solutions as solutions
from minidl.lessons.activations.classes import (
    BETWEEN,
    EXACT,
    FAR,
    FAR_IN_FLOAT32,
    MORE,
    WRONG_SWITCH,
    X,
)
from minidl.lessons.activations.mistakes.stable_tanh import MISTAKES
from minidl.lessons.activations.overflow import expect_no_overflow

READY_MADE = {"tanh": "np.tanh", "Tanh": "Tanh", "sigmoid": "sigmoid"}


def check_stable_tanh(stable_tanh: Any) -> None:
    """Check a tanh that survives every input, in float64 and float32, without a warning."""
    options: dict[str, Any] = {"elementwise": True, "what": "the value of tanh"}
    expect_same(stable_tanh, tanh, (X,), **options)
    expect_same(stable_tanh, tanh, (FAR,), diagnosis=MISTAKES["patched"], **options)
    expect_same(stable_tanh, tanh, (BETWEEN,), **WRONG_SWITCH, **options)
    for x in (-0.9 * X, *MORE):
        expect_same(stable_tanh, tanh, (x,), **(options | WRONG_SWITCH | EXACT))
    small = FAR.astype(np.float32)
    expect_same(stable_tanh, tanh, (small,), **options)
    expect_array(
        ask(stable_tanh, small), dtype=np.float32, what="the result", given="float32 inputs"
    )
    expect_no_overflow(stable_tanh, np.append(FAR, 0.0))
    expect_no_overflow(stable_tanh, FAR_IN_FLOAT32)
    expect_built(stable_tanh)


def expect_built(stable_tanh: Any) -> None:
    """Expect a function that does not call a ready-made one (`ready-made`)."""
    code = getattr(stable_tanh, "__code__", None)
    names = ("tanh",) if stable_tanh is np.tanh else getattr(code, "co_names", ())
    for name in READY_MADE.keys() & set(names):
        wrong(MISTAKES["ready-made"], name=READY_MADE[name])


def tanh(z: Any) -> Any:
    """Return tanh(z), right and stable."""
    return np.tanh(z)


STABLE_TANH = Exercise(
    name="activations/stable-tanh",
    title="Find the fault: a tanh that is not a number",
    check=check_stable_tanh,
    solution=solutions.stable_tanh,
    mistakes=MISTAKES,
    hints=(
        "Which of the four exponentials is infinite at z = 1000, and which at z = −1000?",
        "Multiply numerator and denominator by e^(−z): for z > 0 only e^(−2z) is left, at most 1.",
        "The curve is odd: find it for |z|, then give it the sign of z with `np.sign(z)`.",
        "If a warning remains: `np.where` computes both of its sides and only then chooses.",
    ),
    takeaway="Your exponents stay small however far out z lies, so that nothing can overflow.",
)
