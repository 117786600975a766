"""Checks of the activations that a learner writes as classes, and the mistakes that they name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask, make
from minidl.checking.comparing import expect_close
from minidl.checking.comparing_functions import expect_gradient
from minidl.checking.expecting import expect_array
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.lessons.activations import solutions as solutions
from minidl.lessons.activations.class_mistakes import (
    ALPHA,
    ELU_SLOPES,
    ELU_VALUES,
    SOFTPLUS_SLOPES,
    SOFTPLUS_VALUES,
    SWISH_SLOPES,
    SWISH_VALUES,
    Suspects,
    clipped_slopes,
    clipped_values,
)
from minidl.lessons.activations.overflow import expect_no_overflow
from minidl.nn import Activation

Array = npt.NDArray[Any]

X = np.array([-3.0, -1.5, -0.3, 0.0, 0.3, 1.5, 3.0])  # the only kink of these exercises is at 0
FAR = np.array([-1000.0, 1000.0])
BETWEEN = np.array([0.05, 0.9, 1.1, 1.9, 2.1, 4.0, 6.0, 10.0])
BETWEEN = np.concatenate([-BETWEEN, BETWEEN])  # where a condition may switch that should not
WRONG_SWITCH: dict[str, Any] = {
    "diagnosis": "wrong-switch",
    "because": "At some numbers this is right, but not between them: does a condition switch, or "
    "a cut set in, at the wrong place?",
}
POINTS: tuple[tuple[Array, dict[str, Any]], ...] = ((X, {}), (FAR, {}), (BETWEEN, WRONG_SWITCH))
MEASURED = "The slope is not the one that nudging x up and down measures on the curve."


def check_activation(
    kind: Any,
    reference: Activation,
    *,
    arguments: tuple[float, ...] = (),
    name: str = "",
    values: Suspects = (),
    slopes: Suspects = (),
    corners: Sequence[float] = (),
) -> None:
    """Expect a learner's class of activation to equal a reference, in value and slope.

    Parameters
    ----------
    kind : type
        The learner's class.
    reference : Activation
        What is right; slopes are central differences of it.
    arguments : tuple of float
        What the class is made with.
    name : str
        How the example tells what it was made with: "MyELU(alpha=0.5)".
    values, slopes : sequence of Suspect
        Mistakes as functions of x.
    corners : sequence of float
        Where the curve has no slope, so that any finite number will do.
    """
    op = make(kind, *arguments)
    sentence = f"Expected a class of Activation, received {describe_answer(kind)}."
    expect(isinstance(op, Activation), "not-an-activation", sentence)
    x_name = f"{name} at x" if name else "x"
    for x, verdict in POINTS:
        suspects = [suspect.applied_to((x,)) for suspect in values]
        _expect_values(op, reference, {x_name: x}, suspects=suspects, **verdict)
    for x, verdict in POINTS:
        smooth = x[~np.isin(x, corners)]
        suspects = [suspect.applied_to((smooth,)) for suspect in slopes]
        _expect_slope(op, reference, {x_name: smooth}, suspects=suspects, **verdict)
    if corners:
        _expect_finite_slope(op, reference, np.array(corners), x_name)
    _expect_dtype_kept(op, reference)
    anywhere = np.append(FAR, 0.0)
    expect_no_overflow(op.function, anywhere)
    expect_no_overflow(op.slope, anywhere, reference.function(anywhere))


def _expect_values(op: Any, reference: Activation, at: dict[str, Array], **options: Any) -> None:
    """Expect the right values at the numbers in `at`, whose key is what the example calls x."""
    (x,) = at.values()
    received = _ask_method(op, op.function, x)
    expect_close(received, reference.function(x), at=at, what="the value a = f(x)", **options)


def _expect_slope(op: Any, reference: Activation, at: dict[str, Array], **options: Any) -> None:
    """Expect the slope that central differences measure at the numbers in `at`."""
    (x,) = at.values()
    try:
        slope = _ask_method(op, op.slope, x, reference.function(x))
    except NotAttempted:
        wrong("slope-missing", "`function` is right; `slope` returns nothing yet.")
    expect(
        not isinstance(slope, (int, float, np.number)),
        "one-number",
        "`slope` returns one number; it needs one for each input (`np.where` makes them).",
    )
    expect_gradient(
        slope,
        lambda moved: float(reference.function(moved).sum()),
        x,
        at=at,
        what="the slope",
        **({"because": MEASURED} | options),
    )


def _expect_finite_slope(op: Any, reference: Activation, x: Array, x_name: str) -> None:
    """Expect a number for a slope at corners, where a left and a right one would do."""
    slope = expect_array(ask(op.slope, x, reference.function(x)), shape=x.shape, what="the slope")
    for place in x[~np.isfinite(slope)]:
        wrong(
            "not-finite",
            f"For {x_name} = {place:g} the slope is not a number. The curve has a corner there: "
            "return the slope of its left or of its right side.",
        )


def _expect_dtype_kept(op: Any, reference: Activation) -> None:
    """Expect float32 out where float32 goes in, of both methods."""
    x = X.astype(np.float32)
    options: dict[str, Any] = {"dtype": np.float32, "given": "float32 inputs"}
    expect_array(ask(op.function, x), what="a", **options)
    expect_array(ask(op.slope, x, reference.function(x)), what="the slope", **options)


def _ask_method(op: Any, method: Any, *args: Array) -> Any:
    """Ask a method, and give advice where an attribute is named without `self.`.

    Diagnosis: `forgotten-self`.
    """
    try:
        return ask(method, *args)
    except WrongAnswer as fault:
        unknown = re.search(r"NameError: name '(\w+)' is not defined", fault.sentence)
        if unknown is None or not hasattr(op, unknown[1]):
            raise
        advice = f"The object keeps it as its own: write `self.{unknown[1]}`."
        wrong("forgotten-self", f"{unknown[0]}. {advice}")


def check_clipped_line(kind: Any) -> None:
    """Check the family of clipped lines at HardLogistic's constants, then at HardTanh's."""
    for steepness, offset, low, high in [(0.25, 0.5, 0.0, 1.0), (1.0, 0.0, -1.0, 1.0)]:
        arguments = (steepness, offset, low, high)
        check_activation(
            kind,
            solutions.ClippedLine(*arguments),
            arguments=arguments,
            name=f"ClippedLine({', '.join(f'{number:g}' for number in arguments)})",
            corners=((low - offset) / steepness, (high - offset) / steepness),
            values=clipped_values(*arguments),
            slopes=clipped_slopes(*arguments),
        )


def check_elu(kind: Any) -> None:
    """Check an ELU at α = 1/2, where a forgotten α shows."""
    check_activation(
        kind,
        solutions.MyELU(ALPHA),
        arguments=(ALPHA,),
        name=f"MyELU(alpha={ALPHA})",
        values=ELU_VALUES,
        slopes=ELU_SLOPES,
        corners=(0.0,),
    )


def check_softplus(kind: Any) -> None:
    """Check a softplus that does not overflow, and its slope."""
    check_activation(kind, solutions.MySoftplus(), values=SOFTPLUS_VALUES, slopes=SOFTPLUS_SLOPES)


def check_swish(kind: Any) -> None:
    """Check a swish, whose slope needs the product rule."""
    check_activation(kind, solutions.MySwish(), values=SWISH_VALUES, slopes=SWISH_SLOPES)
