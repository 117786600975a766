"""What the exercises on backpropagation share: a small network, and asking a learner's op."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask, make
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing_ops import expect_op
from minidl.checking.exactness import expect_exact
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.nn import Linear, Sequential, Tanh
from minidl.op import Op

Array = npt.NDArray[Any]
STORED = (
    "There is no gradient yet that one could add to: `self.grads` is empty at first. backward "
    "stores it, `=`, in place of what the last one left."
)
LEAVES = "forward must leave grads, and neither way may switch between train and eval."


def square_net(seed: int = 0) -> tuple[Sequential, Array, Array]:
    """Return a network whose arrays are all 2 × 2, so that no wrong order breaks a shape."""
    rng = np.random.default_rng(seed)
    layers = (Linear(2, 2, rng=rng, name="fc1"), Tanh(), Linear(2, 2, rng=rng, name="fc2"))
    return Sequential(*layers), rng.standard_normal((2, 2)), rng.standard_normal((2, 2))


SHAPES = ((5, 4, 6, 5), (6, 3, 2), (7, 5, 7, 4, 6), (6, 3, 2), (2, 2, 2), (1, 3, 1), (4, 1, 2))
"""Samples, then the widths of a network: all different, one shape twice, the first one, and 1."""


def networks() -> Iterator[tuple[Sequential, Array, Array]]:
    """Yield the square network, then others of two to six layers."""
    yield square_net()
    for seed, (N, *sizes) in enumerate(SHAPES, start=1):
        rng = np.random.default_rng(seed)
        layers: list[Op] = []
        for D, M in itertools.pairwise(sizes):
            layers += [Linear(D, M, rng=rng), Tanh()]
        X = rng.standard_normal((N, sizes[0]))
        scale = 3000 if 1 in sizes else 30
        yield Sequential(*layers), X, scale * rng.standard_normal((N, sizes[-1]))


def expect_like(kind: Any, right: Any, *sizes: int, shape: tuple[int, int]) -> None:
    """Expect an op to be, to the last digits, what is right, on several batches in a row.

    Parameters
    ----------
    kind, right : class
        The learner's and the solution.
    *sizes : int
        What they are made with.
    shape : tuple of int
        Outputs and inputs of a sample.
    """
    rng = np.random.default_rng(sum(shape))
    reference = right(*sizes)
    for value in reference.params.values():
        value[...] = rng.standard_normal(value.shape)
    op = make_like(reference, kind, *sizes)
    arrays = dict(op.params)
    for size in (4, 3, 6, 1, 2, *shape, 4):  # the sizes of the op too: square arrays
        x, grad = 40 * rng.standard_normal((size, shape[1])), rng.standard_normal((size, shape[0]))
        grad *= 10.0 ** rng.integers(-3, 4, grad.shape)
        grad[-1] *= 1e-7
        expect_op(op, reference, x, grad)
        _expect_params(op, reference)
        expect_exact(ask(op, x), reference(x), given="the output")
        returned, expected = ask(op.backward, grad), reference.backward(grad)
        expect_exact(returned, expected, given="what backward returns", rtol=1e-9, atol=1e-12)
        for key, gradient in reference.grads.items():
            given = f"the gradient of {key}"
            expect_exact(op.grads[key], gradient, given=given, rtol=1e-9, atol=1e-11)
        expect(op.training, "changes-the-op", LEAVES)
    same = all(op.params[key] is array for key, array in arrays.items())
    expect(same, "changes-params", "Leave the arrays in params: others hold them, too.")
    _expect_gradients_kept(op, make(kind, *sizes), x, grad, list(reference.grads))
    expect_own(lambda: (op(x), op.backward(grad)))


def _expect_gradients_kept(op: Op, other: Op, x: Array, grad: Array, keys: list[str]) -> None:
    """Expect gradients to stay where another op is used, and in the next forward pass."""
    gradients = {key: np.array(op.grads[key]) for key in keys}
    ask(other, 2 * x)
    ask(other.backward, -grad)
    kept = all(np.array_equal(op.grads[key], gradients[key]) for key in keys)
    expect(kept, "shares-gradients", "Another op's backward changes this one's gradients.")
    ask(op, x)
    kept = all(np.array_equal(op.grads[key], gradients[key]) for key in keys)
    expect(kept and op.training, "changes-the-op", LEAVES)


def expect_start(kind: Any, right: Any, *sizes: int) -> None:
    """Expect `__init__` as it was: the same numbers for the same seed, and the name kept."""
    own, reference = make(kind, *sizes, rng=3, name="fc1"), right(*sizes, rng=3, name="fc1")
    same = own.name == "fc1" and own.params.keys() == reference.params.keys()
    same = same and all(np.array_equal(own.params[k], v) for k, v in reference.params.items())
    sentence = "__init__ was right: leave the name and how W and b begin as they were."
    expect(same, "parameters-changed", sentence)


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
    except WrongAnswer as fault:
        if "raised KeyError" not in fault.sentence:
            raise
        wrong("adds-to-nothing", f"{fault.sentence} {STORED}")
    _expect_params(op, reference)
    return returned


def _expect_params(op: Op, reference: Op) -> None:
    same = all(np.array_equal(op.params[key], value) for key, value in reference.params.items())
    expect(same, "changes-params", "backward must not change params; gradients go to self.grads.")


def expect_nothing_done(nothing: bool) -> None:
    """Tell an answer that worked but returned None from a blank one."""
    expect(nothing, "returns-nothing", "Your code returned nothing; does it end with `return`?")
