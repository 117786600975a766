"""What every activation that a learner writes as a class is checked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask, make
from minidl.checking.comparing import expect_close, expect_gradient
from minidl.checking.difference import close
from minidl.checking.kinds import expect_array
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.lessons.activations.overflow import expect_no_overflow
from minidl.nn import Activation

Array = npt.NDArray[Any]

X = np.array([-3.0, -1.5, -0.3, 0.0, 0.3, 1.5, 3.0])  # the only kink of these exercises is at 0
FAR = np.array([-1000.0, 1000.0, -900.0, 900.0])
BETWEEN = np.array([0.05, 0.9, 1.1, 1.9, 2.1, 4.0, 6.0, 10.0])
BETWEEN = np.concatenate([-BETWEEN, BETWEEN])  # where a condition may switch that should not
WRONG_SWITCH: dict[str, Any] = {
    "diagnosis": "wrong-switch",
    "because": "At some numbers this is right, but not between them: does a condition switch, or "
    "a cut set in, at the wrong place?",
}
_rng = np.random.default_rng(7)
MORE = tuple(
    _rng.standard_normal(shape) * 10 ** _rng.uniform(-2, 1.2, shape)
    for shape in ((5, 7), (4, 4), (1, 6))
)
"""Inputs as a layer gives them, with two axes, of several orders of magnitude."""
POINTS: tuple[tuple[Array, dict[str, Any]], ...] = (
    (X, {}),
    (FAR, {}),
    (BETWEEN, WRONG_SWITCH),
    (-0.9 * X, WRONG_SWITCH),
    *((more, WRONG_SWITCH) for more in MORE),
)
EXACT: dict[str, Any] = {"rtol": 1e-10, "atol": 1e-12}
FAR_IN_FLOAT32 = np.array([-1000.0, -400.0, -95.0, 0.0, 95.0, 400.0, 1000.0], np.float32)
MEASURED = "The slope is not the one that nudging x up and down measures on the curve."


def check_activation(
    kind: Any,
    reference: Activation,
    *,
    arguments: tuple[float, ...] = (),
    name: str = "",
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
    corners : sequence of float
        Where the curve has no slope, so that any finite number will do.
    """
    op = make(kind, *arguments)
    sentence = f"Expected a class of Activation, received {describe_answer(kind)}."
    expect(isinstance(op, Activation), "not-an-activation", sentence)
    x_name = f"{name} at x" if name else "x"
    for x, verdict in POINTS:
        _expect_values(op, reference, {x_name: x}, **verdict)
    for x, verdict in POINTS:
        kink = np.isin(x, corners)
        smooth = x[~kink] if kink.any() else x
        _expect_slope(op, reference, {x_name: smooth}, **verdict)
    if corners:
        _expect_finite_slope(op, reference, np.array(corners), x_name)
    _expect_dtype_kept(op, reference)
    anywhere = np.append(FAR, 0.0)
    expect_no_overflow(op.function, anywhere)
    expect_no_overflow(op.slope, anywhere, reference.function(anywhere))
    far = FAR_IN_FLOAT32
    values = reference.function(far)
    expect_no_overflow(op.function, far)
    expect_no_overflow(op.slope, far, values)
    expect_close(ask(op.function, far), values, at={x_name: far}, what="the value in float32")
    _expect_formula(op, reference)


def _expect_values(op: Any, reference: Activation, at: dict[str, Array], **options: Any) -> None:
    """Expect the right values at the numbers in `at`, whose key is what the example calls x."""
    (x,) = at.values()
    received = _ask_method(op, op.function, x)
    expect_close(
        received, reference.function(x), at=at, what="the value a = f(x)", **(options | EXACT)
    )


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
    """Expect float32 out where float32 goes in, float64 where float64 does, of both methods."""
    for dtype in (np.float32, np.float64):
        x = X.astype(dtype)
        options: dict[str, Any] = {"dtype": dtype, "given": f"{np.dtype(dtype)} inputs"}
        expect_array(ask(op.function, x), what="a", **options)
        expect_array(ask(op.slope, x, reference.function(x)), what="the slope", **options)


def _expect_formula(op: Any, reference: Activation) -> None:
    """Expect a slope that is found by a formula: a measured one is never exact (`measured`)."""
    own, asked = op.function, list[Array]()
    x = X + 0.01

    def watched(moved: Array) -> Any:
        asked.append(np.array(moved))
        return own(moved)

    op.function = watched
    training = op.training
    try:
        slope = ask(op.slope, x, reference.function(x))
    finally:
        del op.function
    words = "switches between training and evaluation."
    expect(op.training == training, "switches", f"`slope` {words}")
    ask(op.function, x)
    expect(op.training == training, "switches", f"`function` {words}")
    moved = any(not np.array_equal(each, x) for each in asked)
    right = reference.slope(x, reference.function(x))
    if moved or not close(slope, right, rtol=1e-12, atol=1e-12):
        wrong(
            "measured",
            "That is the slope as one measures it, right to a few digits. Find it by a formula, "
            "and let measuring check it.",
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
