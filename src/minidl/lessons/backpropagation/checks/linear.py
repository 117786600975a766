"""The check of the exercise "backpropagation/linear"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.collecting import differs_already
from minidl.checking.comparing import expect_close
from minidl.checking.comparing_ops import expect_op
from minidl.checking.exercise import Exercise
from minidl.checking.showing import show
from minidl.checking.verdicts import expect
from minidl.lessons.backpropagation import solutions as solutions
from minidl.lessons.backpropagation.mistakes.linear import MISTAKES
from minidl.lessons.backpropagation.shared import ask_backward, expect_like, expect_start, make_like

Array = npt.NDArray[Any]


def check_linear(MyLinear: Any) -> None:
    """Check an affine layer where N = D = M, so that any product can be named, then a wider one."""
    W, x = np.array([[1.0, -2.0], [3.0, 4.0]]), np.array([[1.0, 2.0], [3.0, -2.0]])
    grad = np.array([[2.0, -1.0], [1.0, 3.0]])
    _expect_linear(MyLinear, W, x, grad)
    if differs_already():
        _expect_linear(MyLinear, W @ x, x - grad, grad + 3)
    rng = np.random.default_rng(1)
    W, x, grad = (rng.integers(-3, 4, shape) * 1.0 for shape in ((3, 2), (4, 3), (4, 2)))
    _expect_linear(MyLinear, W, x, grad)
    for D, M in ((2, 2), (3, 2), (5, 7), (6, 4), (1, 5)):
        expect_start(MyLinear, solutions.MyLinear, D, M)
        expect_like(MyLinear, solutions.MyLinear, D, M, shape=(M, D))


def _expect_linear(MyLinear: Any, W: Array, x: Array, grad: Array) -> None:
    reference = solutions.MyLinear(*W.shape)
    reference.params["W"][...] = W
    op = make_like(reference, MyLinear, *W.shape)
    ask(op, x)
    returned = ask_backward(op, reference, grad)
    expect(not isinstance(returned, tuple), MISTAKES["returns-all"])
    op.grads.clear()
    expect_close(
        returned, grad @ W.T, given=f"W = {show(W)} and a gradient g = {show(grad)}",
        what="the gradient for the input", diagnosis=MISTAKES["input-gradient"],
    )  # fmt: skip
    expect_op(op, reference, x, grad)


LINEAR = Exercise(
    name="backpropagation/linear",
    title="Back through an affine layer",
    check=check_linear,
    solution=solutions.MyLinear,
    mistakes=MISTAKES,
    hints=(
        "Three lines: two gradients to store in `self.grads`, one to return.",
        "Write the shapes down: x is (N, D), grad is (N, M), and ∂L/∂W must be (D, M).",
        "What is returned has the shape of x: `grad @ self.params['W'].T`. The bias you have "
        "done already.",
        "For ∂L/∂W, `x.T @ grad`: the sum that a matrix product takes is over the samples.",
    ),
    takeaway="Both products follow from the shapes: there is only one way in which they fit.",
)
