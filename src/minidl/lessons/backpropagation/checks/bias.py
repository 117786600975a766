"""The check of the exercise "backpropagation/bias"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask, make
from minidl.checking.comparing_ops import expect_op
from minidl.checking.exercise import Exercise
from minidl.checking.verdicts import expect
from minidl.lessons.backpropagation import solutions as solutions
from minidl.lessons.backpropagation.mistakes.bias import MISTAKES
from minidl.lessons.backpropagation.shared import ask_backward, expect_like, make_like


def check_bias(MendedBias: Any) -> None:
    """Check an op that adds a bias: its gradient is a sum over the samples that keeps its axis."""
    grad = np.array([[1.0, 2.0], [10.0, 20.0], [100.0, 200.0]])
    reference = solutions.MendedBias(2)
    expect(
        np.array_equal(make(MendedBias, 2).params.get("b"), np.zeros((1, 2))),
        "parameters-changed", "__init__ was right: leave b of shape (1, size), and zero.",
    )  # fmt: skip
    op = make_like(reference, MendedBias, 2)
    ask(op, np.zeros((3, 2)))
    ask_backward(op, reference, grad)
    op.grads.clear()
    expect_op(op, reference, np.zeros((3, 2)), grad)
    for size in (2, 5, 7):
        expect_like(MendedBias, solutions.MendedBias, size, shape=(size, size))


BIAS = Exercise(
    name="backpropagation/bias",
    title="Find the fault: a bias gradient out of shape",
    check=check_bias,
    solution=solutions.MendedBias,
    mistakes=MISTAKES,
    hints=(
        "b has the shape (1, 3). Which shape does the faulty gradient have?",
        "`sum` drops the axis that it adds up, unless it is told to keep it.",
        "It is told so with `grad.sum(axis=0, keepdims=True)`.",
    ),
    takeaway="A gradient has the shape of what it belongs to, always.",
)
