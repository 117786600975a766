"""What the exercises on backpropagation share: a small network, and asking a learner's op."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask, make
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, expect
from minidl.nn import Linear, Sequential, Tanh
from minidl.op import Op

Array = npt.NDArray[Any]


def square_net() -> tuple[Sequential, Array, Array]:
    """Return a network whose arrays are all 2 × 2, so that no wrong order breaks a shape."""
    rng = np.random.default_rng(0)
    layers = (Linear(2, 2, rng=rng, name="fc1"), Tanh(), Linear(2, 2, rng=rng, name="fc2"))
    return Sequential(*layers), rng.standard_normal((2, 2)), rng.standard_normal((2, 2))


def make_like(reference: Op, kind: Any, *sizes: int) -> Op:
    """Make the learner's op, and give it the reference's parameters."""
    op = make(kind, *sizes)
    expect(isinstance(op, Op), "not-an-op", f"Expected an Op, received {describe_answer(op)}.")
    for key, value in reference.params.items():
        shape = np.shape(op.params.get(key))
        sentence = f"__init__ was right: leave params[{key!r}] of shape {value.shape} as it was."
        expect(shape == value.shape, "parameters-changed", sentence)
        op.params[key][...] = value
    return op


def ask_backward(op: Op, reference: Op, grad: Array) -> Any:
    """Return what backward returns, and expect it to leave the parameters alone."""
    try:
        returned = ask(op.backward, grad)
    except NotAttempted:
        _expect_params(op, reference)
        expect_nothing_done(not op.grads)
        raise
    _expect_params(op, reference)
    return returned


def _expect_params(op: Op, reference: Op) -> None:
    same = all(np.array_equal(op.params[key], value) for key, value in reference.params.items())
    expect(same, "changes-params", "backward must not change params; gradients go to self.grads.")


def expect_nothing_done(nothing: bool) -> None:
    """Tell an answer that worked but returned None from a blank one."""
    expect(nothing, "returns-nothing", "Your code returned nothing; does it end with `return`?")
