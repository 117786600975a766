"""What a check can expect of a learner's op: forward, backward and the parameters' gradients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.kinds import expect_array
from minidl.checking.showing import describe_answer, show
from minidl.checking.verdicts import expect
from minidl.op import Op

Array = npt.NDArray[Any]


def expect_op(op: Any, reference: Op, x: Array, grad: Array) -> None:
    """Expect an op to do what a reference with the same parameters does.

    Diagnoses: `not-an-op`, `forward`, `input-gradient`, `W-gradient-missing`,
    `W-gradient` (with the parameter's name), `adds-up` where a second
    `backward` gives something else, and those of `ask` and `expect_close`.

    Parameters
    ----------
    op : Op
        The learner's, already made.
    reference : Op
        What is right.
    x : ndarray
        The input.
    grad : ndarray
        ∂L/∂(output), of the output's shape.

    Examples
    --------
    >>> from minidl.nn import Tanh
    >>> expect_op(Tanh(), Tanh(), np.array([[0.5]]), np.array([[1.0]]))
    """
    expect(isinstance(op, Op), "not-an-op", f"Expected an Op, received {describe_answer(op)}.")

    def given() -> str:
        return f"x = {show(x)}"

    def given_both() -> str:
        return f"{given()} and a gradient g = {show(grad)}"

    expect_close(
        ask(op, x), reference(x), given=given, what="the output", diagnosis="forward",
        because="The forward pass is not right yet.",
    )  # fmt: skip
    dx = ask(op.backward, grad)
    expect_close(
        dx, reference.backward(grad), given=given_both, what="the gradient for the input",
        diagnosis="input-gradient", because="What backward returns, ∂L/∂x, is not right yet.",
    )  # fmt: skip
    for key in reference.params:
        _expect_parameter_gradient(op, reference, key, given_both)
    _expect_the_same_again(op, dx, grad, list(reference.params))


def _expect_the_same_again(op: Op, dx: Array, grad: Array, keys: list[str]) -> None:
    """Expect a second `backward` to give what the first has given."""
    first = {key: np.array(op.grads[key]) for key in keys}
    again = ask(op.backward, grad)
    same = np.array_equal(again, dx) and all(
        np.array_equal(first[key], op.grads[key]) for key in keys
    )
    sentence = "A second backward gives other gradients: it must replace them, not add to them."
    expect(same, "adds-up", sentence)


def _expect_parameter_gradient(op: Op, reference: Op, key: str, given: Callable[[], str]) -> None:
    what = f"the gradient for {key}"
    missing = f"After backward, expected {what} in self.grads[{key!r}], found none."
    expect(op.grads.get(key) is not None, f"{key}-gradient-missing", missing)
    expect_close(
        expect_array(op.grads[key], what=what), reference.grads[key], given=given, what=what,
        diagnosis=f"{key}-gradient", because=f"The gradient ∂L/∂{key} is not right yet.",
    )  # fmt: skip
