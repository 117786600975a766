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
from minidl.checking.verdicts import NotAttempted, expect
from minidl.nn import Linear, Sequential, Tanh
from minidl.op import Op

Array = npt.NDArray[Any]


def square_net(seed: int = 0) -> tuple[Sequential, Array, Array]:
    """Return a network whose arrays are all 2 × 2, so that no wrong order breaks a shape."""
    rng = np.random.default_rng(seed)
    layers = (Linear(2, 2, rng=rng, name="fc1"), Tanh(), Linear(2, 2, rng=rng, name="fc2"))
    return Sequential(*layers), rng.standard_normal((2, 2)), rng.standard_normal((2, 2))


def networks() -> Iterator[tuple[Sequential, Array, Array]]:
    """Yield the square network, then others of one to six layers and of sizes that all differ."""
    yield square_net()
    for seed, sizes in enumerate(((4, 6, 5), (3, 2), (5, 7, 4, 6), (3, 2)), start=1):
        rng = np.random.default_rng(seed)
        layers: list[Op] = []
        for D, M in itertools.pairwise(sizes):
            layers += [Linear(D, M, rng=rng), Tanh()]
        N = 6 if sizes == (3, 2) else seed + 4
        X = rng.standard_normal((N, sizes[0]))
        yield Sequential(*layers), X, 30 * rng.standard_normal((N, sizes[-1]))


def expect_like(kind: Any, right: Any, *sizes: int, shape: tuple[int, int]) -> None:
    """Expect an op to be, to the last digits, what is right, on two batches one after another.

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
    for size in (4, 6, 1, 4):
        x, grad = 40 * rng.standard_normal((size, shape[1])), rng.standard_normal((size, shape[0]))
        grad *= 10.0 ** rng.integers(-3, 4, grad.shape)
        expect_op(op, reference, x, grad)
        _expect_params(op, reference)
        expect_exact(ask(op, x), reference(x), given="the output")
        returned, expected = ask(op.backward, grad), reference.backward(grad)
        expect_exact(returned, expected, given="what backward returns", rtol=1e-9, atol=1e-12)
        for key, gradient in reference.grads.items():
            given = f"the gradient of {key}"
            expect_exact(op.grads[key], gradient, given=given, rtol=1e-9, atol=1e-11)
    gradients = {key: np.array(gradient) for key, gradient in op.grads.items()}
    ask(op, x)
    kept = all(np.array_equal(op.grads[key], gradients[key]) for key in reference.grads)
    sentence = "forward must leave grads, and neither way may switch between train and eval."
    expect(kept and op.training, "changes-the-op", sentence)
    expect_own(lambda: (op(x), op.backward(grad)))


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
    _expect_params(op, reference)
    return returned


def _expect_params(op: Op, reference: Op) -> None:
    same = all(np.array_equal(op.params[key], value) for key, value in reference.params.items())
    expect(same, "changes-params", "backward must not change params; gradients go to self.grads.")


def expect_nothing_done(nothing: bool) -> None:
    """Tell an answer that worked but returned None from a blank one."""
    expect(nothing, "returns-nothing", "Your code returned nothing; does it end with `return`?")
