"""The check of the exercise "activations/tanh-slope"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_gradient, expect_same
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.lessons.activations import solutions as solutions
from minidl.lessons.activations.classes import BETWEEN, EXACT, FAR, MEASURED, MORE, WRONG_SWITCH, X
from minidl.lessons.activations.mistakes.tanh_slope import MISTAKES


def check_tanh_slope(tanh_slope: Any) -> None:
    """Check the slope of tanh in terms of its value, and against central differences."""
    right = solutions.tanh_slope
    options: dict[str, Any] = {"elementwise": True, "what": "the slope"}
    expect_same(tanh_slope, right, (X, tanh(X)), (FAR, tanh(FAR)), **options)
    expect_same(tanh_slope, right, (BETWEEN, tanh(BETWEEN)), **(options | WRONG_SWITCH))
    for x in (-0.9 * X, *MORE):
        expect_same(tanh_slope, right, (x, tanh(x)), **(options | WRONG_SWITCH | EXACT))
    small = X.astype(np.float32)
    given: dict[str, Any] = {"dtype": np.float32, "given": "float32 inputs"}
    expect_array(ask(tanh_slope, small, tanh(small)), what="the slope", **given)
    measured: dict[str, Any] = {"because": MEASURED, "at": {"x": X}}
    expect_gradient(ask(tanh_slope, X, tanh(X)), lambda x: tanh(x).sum(), X, **measured)


def tanh(z: Any) -> Any:
    """Return tanh(z), right and stable."""
    return np.tanh(z)


TANH_SLOPE = Exercise(
    name="activations/tanh-slope",
    title="Find the fault: a slope that passed its test",
    check=check_tanh_slope,
    solution=solutions.tanh_slope,
    mistakes=MISTAKES,
    hints=(
        "At which inputs does the check fail, and what is special about those where it agrees?",
        "Near 0, tanh(x) ≈ x. Which letter may have been written for which?",
    ),
    takeaway="Near 0, tanh(x) ≈ x, so x² and a² agree: check a slope where the curve bends.",
)
