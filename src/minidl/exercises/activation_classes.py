"""Checks of the activations that a learner writes as classes, and the mistakes that they name."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.exercises.activation_mistakes import (
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
from minidl.exercises.asking import ask, make
from minidl.exercises.comparing import expect_close
from minidl.exercises.comparing_functions import expect_gradient
from minidl.exercises.expecting import expect_array
from minidl.exercises.showing import describe_answer
from minidl.exercises.solutions import activations as solutions
from minidl.exercises.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.nn import Activation

Array = npt.NDArray[Any]

X = np.array([-3.0, -1.5, -0.3, 0.3, 1.5, 3.0])  # away from every kink in these exercises
FAR = np.array([-1000.0, 1000.0])


def check_activation(
    kind: Any,
    reference: Activation,
    *,
    arguments: tuple[float, ...] = (),
    values: Suspects = (),
    slopes: Suspects = (),
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
    values, slopes : sequence of Suspect
        Mistakes as functions of x.
    """
    op = make(kind, *arguments)
    sentence = f"Expected a class of Activation, received {describe_answer(kind)}."
    expect(isinstance(op, Activation), "not-an-activation", sentence)
    for x in (X, FAR):
        _expect_values(op, reference, x, values)
    for x in (X, FAR):
        _expect_slope(op, reference, x, slopes)
    small = X.astype(np.float32)
    expect_array(ask(op.function, small), dtype=np.float32, what="a", given="float32 inputs")
    expect_no_overflow(op.function, FAR)
    expect_no_overflow(op.slope, FAR, reference.function(FAR))


def expect_no_overflow(function: Any, *args: Array) -> None:
    """Expect a function with right results not to overflow on the way to them.

    Diagnosis: `hidden-overflow`.
    """
    for numbers in zip(*args, strict=True):
        try:
            ask(function, *(np.array([number]) for number in numbers), quiet=True)
        except WrongAnswer as fault:
            if fault.diagnosis != "warns":
                raise
            wrong(
                "hidden-overflow",
                f"The result is right, but on the way to it an exponential overflows, at "
                f"{numbers[0]:g}. Whatever chooses or mends afterwards comes too late (`np.where` "
                "computes both of its sides everywhere): keep the exponent from growing.",
            )


def _expect_values(op: Any, reference: Activation, x: Array, suspects: Suspects) -> None:
    """Expect the right values at x."""
    expect_close(
        _ask_method(op, op.function, x),
        reference.function(x),
        at={"x": x},
        what="the value a = f(x)",
        suspects=[suspect.applied_to((x,)) for suspect in suspects],
    )


def _expect_slope(op: Any, reference: Activation, x: Array, suspects: Suspects) -> None:
    """Expect the slope at x that central differences measure."""
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
        at={"x": x},
        what="the slope",
        because="The slope is not the one that central differences measure on the curve.",
        suspects=[suspect.applied_to((x,)) for suspect in suspects],
    )


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
            values=clipped_values(*arguments),
            slopes=clipped_slopes(*arguments),
        )


def check_elu(kind: Any) -> None:
    """Check an ELU at α = 1/2, where a forgotten α shows."""
    reference = solutions.MyELU(ALPHA)
    check_activation(kind, reference, arguments=(ALPHA,), values=ELU_VALUES, slopes=ELU_SLOPES)


def check_softplus(kind: Any) -> None:
    """Check a softplus that does not overflow, and its slope."""
    check_activation(kind, solutions.MySoftplus(), values=SOFTPLUS_VALUES, slopes=SOFTPLUS_SLOPES)


def check_swish(kind: Any) -> None:
    """Check a swish, whose slope needs the product rule."""
    check_activation(kind, solutions.MySwish(), values=SWISH_VALUES, slopes=SWISH_SLOPES)
