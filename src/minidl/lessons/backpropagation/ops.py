"""The checks of the operators that readers write in the lesson "Backpropagation"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask, make
from minidl.checking.comparing import Suspect, expect_close
from minidl.checking.comparing_functions import expect_gradient
from minidl.checking.comparing_ops import expect_op
from minidl.checking.showing import describe_answer, show
from minidl.checking.verdicts import NotAttempted, expect
from minidl.lessons.backpropagation import solutions as solutions
from minidl.op import Op

Array = npt.NDArray[Any]

SHAPE_LOST = "Right numbers in the wrong shape: the gradient of b has the shape of b."
ELEMENTWISE = "`*` goes number by number; every input meets every output, as in `@`."


def check_bias(MendedBias: Any) -> None:
    """Check an op that adds a bias: its gradient is a sum over the samples that keeps its axis."""
    grad = np.array([[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]])
    op, reference = _pair(MendedBias, solutions.MendedBias(2), 2)
    ask(op, np.zeros((3, 2)))
    _ask_backward(op, reference, grad)
    op.grads.clear()
    suspects = [
        Suspect("lost-shape", grad.sum(axis=0), SHAPE_LOST),
        Suspect("kept-samples", grad, "Every sample adds to the same b: sum over the samples."),
        Suspect("wrong-axis", grad.sum(axis=1, keepdims=True), "Sum over the samples, axis 0."),
        Suspect("one-for-all", grad.sum(), "Each bias has a gradient of its own: sum over axis 0."),
        Suspect(
            "mean", grad.mean(axis=0, keepdims=True), "The sum, not the mean: 1/N is the loss's."
        ),
    ]
    expect_op(op, reference, np.zeros((3, 2)), grad, suspects={"b": suspects})


def check_linear(MyLinear: Any) -> None:
    """Check an affine layer where N = D = M, so that any product can be named, then a wider one."""
    W, x = np.array([[1.0, -2.0], [3.0, 4.0]]), np.array([[1.0, 2.0], [3.0, -2.0]])
    grad = np.array([[2.0, -1.0], [1.0, 3.0]])
    named = {"x": _products_for_x(x, grad, W), "W": _products_for_W(x, grad)}
    _expect_linear(MyLinear, W, x, grad, named)
    rng = np.random.default_rng(1)
    W, x, grad = (rng.integers(-3, 4, shape) * 1.0 for shape in ((3, 2), (4, 3), (4, 2)))
    _expect_linear(MyLinear, W, x, grad, {})


def _expect_linear(
    MyLinear: Any, W: Array, x: Array, grad: Array, suspects: dict[str, list[Suspect]]
) -> None:
    right = solutions.MyLinear(*W.shape)
    right.params["W"][...] = W
    op, reference = _pair(MyLinear, right, *W.shape)
    ask(op, x)
    returned = _ask_backward(op, reference, grad)
    sentence = "Return ∂L/∂x alone; the gradients of W and b are stored in self.grads."
    expect(not isinstance(returned, tuple), "returns-all", sentence)
    op.grads.clear()
    expect_close(
        returned, grad @ W.T, given=f"W = {show(W)} and a gradient g = {show(grad)}",
        what="the gradient for the input", diagnosis="input-gradient",
        because="What backward returns, ∂L/∂x, is not right yet.", suspects=suspects.get("x", ()),
    )  # fmt: skip
    in_b = [
        Suspect("lost-shape", grad.sum(axis=0), SHAPE_LOST),
        Suspect("bias-mean", grad.mean(axis=0, keepdims=True), "The sum, not the mean."),
    ]
    expect_op(op, reference, x, grad, suspects={**suspects, "b": in_b})


def _products_for_W(x: Array, grad: Array) -> list[Suspect]:
    """Return what wrong products give for ∂L/∂W where all shapes are square."""
    shapes = "with x of shape (4, 3) and grad of shape (4, 2)"
    lost = f"The transpose is lost: {shapes} the two don't fit for `@`; ∂L/∂W must be (3, 2)."
    side = f"Right factors, wrong side: {shapes} they don't fit for `@`; ∂L/∂W must be (3, 2)."
    wrong_transpose = f"Transpose x, not grad: {shapes}, ∂L/∂W must be (3, 2)."
    return [
        Suspect("mean-of-samples", x.T @ grad / len(x), "The samples add up; 1/N is the loss's."),
        Suspect("transposed", grad.T @ x, "This is the transpose: W has a row for each input."),
        Suspect("lost-transpose", x @ grad, lost),
        Suspect("lost-transpose", grad @ x, lost),
        Suspect("wrong-side", grad @ x.T, side),
        Suspect("wrong-transpose", x @ grad.T, wrong_transpose),
        Suspect("elementwise", x * grad, ELEMENTWISE),
        Suspect("elementwise", x.T * grad, ELEMENTWISE),
    ]


def _products_for_x(x: Array, grad: Array, W: Array) -> list[Suspect]:
    """Return what wrong products give for ∂L/∂x where all shapes are square."""
    shapes = "with grad of shape (4, 2) and W of shape (3, 2)"
    lost = f"The transpose is lost: {shapes} the two don't fit for `@`; ∂L/∂x must be (4, 3)."
    side = f"Right factors, wrong side: {shapes} they don't fit for `@`; ∂L/∂x must be (4, 3)."
    return [
        Suspect("returns-weight-gradient", x.T @ grad, "Return ∂L/∂x; ∂L/∂W is stored."),
        Suspect("x-lost-transpose", grad @ W, lost),
        Suspect("x-lost-transpose", W @ grad, lost),
        Suspect("x-wrong-side", W.T @ grad, side),
        Suspect("x-transposed", W @ grad.T, "This is the transpose: x has a row for each sample."),
        Suspect("x-elementwise", grad * W, ELEMENTWISE),
        Suspect("x-elementwise", grad * W.T, ELEMENTWISE),
    ]


def check_logistic(MyLogistic: Any) -> None:
    """Check the logistic function's backward, which has only its output to go by."""
    op, reference = make(MyLogistic), solutions.MyLogistic()
    x, grad = np.array([[0.0, 2.0], [-1.0, 0.5]]), np.array([[1.0, -2.0], [3.0, 0.1]])
    a = reference(x)
    again = reference(a)
    suspects = [
        Suspect("gradient-left-out", a * (1 - a), "This is the slope alone: multiply by g."),
        Suspect("half-a-slope", grad * a, "The slope is a·(1 − a); a factor is missing."),
        Suspect("slope-of-slope", grad * again * (1 - again), "What was saved is σ(x) already."),
        Suspect("turned-sign", -grad * a * (1 - a), "The sign is turned: it is 1 − a, not a − 1."),
        Suspect("slope-of-tanh", grad * (1 - a**2), "1 − a² is the slope of tanh."),
        Suspect("of-the-input", grad * x * (1 - x), "The slope is a·(1 − a) with a = σ(x)."),
        Suspect("parentheses", grad * a * 1 - a, "g·a·1 − a is not g·a·(1 − a)."),
        Suspect("matrix-product", grad @ (a * (1 - a)), "Number by number: `*`, not `@`."),
        Suspect("sum", grad + a * (1 - a), "The chain rule multiplies."),
    ]
    expect_op(op, reference, x, grad, suspects={"x": suspects})


def check_bce(MyBCE: Any) -> None:
    """Check the gradient of the mean cross-entropy, against a formula and against differences."""
    p, y = np.array([[0.9], [0.2], [0.6]]), np.array([[1.0], [0.0], [0.0]])
    loss, reference = make(MyBCE), solutions.MyBCE()
    value = reference(p, y)
    expect_close(ask(loss, p, y), value, what="the loss", diagnosis="forward")
    expect(
        callable(getattr(loss, "backward", None)), "no-backward",
        f"Expected a method backward(self) in {describe_answer(MyBCE)}, found none.",
    )  # fmt: skip
    right = reference.backward()
    suspects = [
        Suspect("missing-1/N", len(p) * right, "N times too large: the loss is a mean."),
        Suspect("always-4", len(p) / 4 * right, "N is the number of points, not always 4."),
        Suspect("parentheses", (p - y) / p * (1 - p) / len(p), "(1 − p) belongs below the line."),
        Suspect("sign", -right, "The sign is turned: where y = 1, more p means less loss."),
        Suspect("numerator-only", (p - y) / len(p), "p·(1 − p) is missing below."),
        Suspect("mean-of-gradients", right.sum(), "Each prediction has a gradient of its own."),
    ]
    gradient = ask(loss.backward)
    given = "p = 0.9, 0.2, 0.6 and labels 1, 0, 0"
    expect_close(gradient, right, given=given, what="the gradient", suspects=suspects)
    rng = np.random.default_rng(0)
    p, y = rng.uniform(0.1, 0.9, (7, 1)), rng.integers(0, 2, (7, 1)).astype(float)
    ask(loss, p, y)
    expect_gradient(ask(loss.backward), lambda p: solutions.MyBCE()(p, y), p)


def did_nothing(nothing: bool) -> None:
    """Tell an answer that worked but returned None from a blank one."""
    sentence = "Your code returned nothing; does it end with `return`?"
    expect(nothing, "returns-nothing", sentence)


def _ask_backward(op: Op, reference: Op, grad: Array) -> Any:
    """Return what backward returns, and expect it to leave the parameters alone."""
    try:
        returned = ask(op.backward, grad)
    except NotAttempted:
        _expect_params(op, reference)
        did_nothing(not op.grads)
        raise
    _expect_params(op, reference)
    return returned


def _expect_params(op: Op, reference: Op) -> None:
    same = all(np.array_equal(op.params[key], value) for key, value in reference.params.items())
    expect(same, "changes-params", "backward must not change params; gradients go to self.grads.")


def _pair(kind: Any, reference: Op, *sizes: int) -> tuple[Op, Op]:
    """Make the learner's op, and give it the reference's parameters."""
    op = make(kind, *sizes)
    expect(isinstance(op, Op), "not-an-op", f"Expected an Op, received {describe_answer(op)}.")
    for key, value in reference.params.items():
        shape = np.shape(op.params.get(key))
        sentence = f"__init__ was right: leave params[{key!r}] of shape {value.shape} as it was."
        expect(shape == value.shape, "parameters-changed", sentence)
        op.params[key][...] = value
    return op, reference
