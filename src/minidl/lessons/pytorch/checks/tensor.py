"""The check of the exercise "pytorch/tensor"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask, make
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_close
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.checking.showing import describe_answer, describe_kind
from minidl.checking.verdicts import expect, wrong
from minidl.lessons.pytorch import solutions
from minidl.lessons.pytorch.mistakes.tensor import MISTAKES

Array = npt.NDArray[Any]

SHAPES = ((2, 2, 2), (2, 2, 2), (3, 3, 3), (4, 2, 3), (3, 5, 2), (6, 4, 7), (1, 3, 5), (7, 1, 4))
OPERATIONS = {
    "x @ W": lambda x, W, b: x @ W,
    "x + b": lambda x, W, b: x + b,
    "x.relu()": lambda x, W, b: x.relu(),
}


def draws() -> Iterator[tuple[str, list[Array], Array]]:
    """Yield an operation, what goes in (x, W, b; b suits what it is added to), and a gradient."""
    rng = np.random.default_rng(3)
    for N, D, M in SHAPES:
        for name in OPERATIONS:
            size = 10.0 ** rng.integers(-1, 3)
            x, W = size * rng.normal(size=(N, D)), rng.normal(size=(D, M))
            x[0, 0] = 0.0
            b = rng.normal(size=(1, D))
            out = (N, M) if name == "x @ W" else (N, D)
            yield name, [x, W, b], 10.0 ** rng.integers(-1, 3) * rng.normal(size=out)


def check_tensor(Tensor: Any) -> None:
    """Check values, parents and gradients of each operation, then of a network."""
    for name, arrays, grad in draws():
        leaves = [make(Tensor, array.copy()) for array in arrays]
        right = OPERATIONS[name](*map(solutions.Tensor, arrays))
        node = ask(lambda name=name, leaves=leaves: OPERATIONS[name](*leaves))
        _expect_node(node, name)
        what, given = f"the value of {name}", f"x of shape {arrays[0].shape}"
        _expect(node.data, right.data, what=what, given=given)
        used = _used(name, leaves)
        parents = node.parents
        known = isinstance(parents, (tuple, list)) and len(parents) == len(used)
        known = known and all(map(_is, parents, used))
        expect(known, MISTAKES["parents"], name=name)
        passed = _passed(node, grad, len(used), name)
        for place, own, wanted in zip(_names(name), passed, right.pass_back(grad), strict=True):
            _expect(own, wanted, what=f"what {name} passes back to {place}", given=given)
        for leaf, array in zip(leaves, arrays, strict=True):
            expect(np.array_equal(leaf.data, array), MISTAKES["changes-data"], name=name)
            expect(not np.any(leaf.grad), MISTAKES["passes-early"], name=name)
    for N, D, M in SHAPES[2:]:
        _expect_network(Tensor, N, D, M)
    expect_own(lambda: _network(Tensor, *_network_arrays(2, 3, 4))[0].backward())


def _used(name: str, leaves: Sequence[Any]) -> list[Any]:
    x, W, b = leaves
    return {"x @ W": [x, W], "x + b": [x, b], "x.relu()": [x]}[name]


def _names(name: str) -> tuple[str, ...]:
    return {"x @ W": ("x", "W"), "x + b": ("x", "b"), "x.relu()": ("x",)}[name]


def _is(one: Any, other: Any) -> bool:
    return one is other


def _expect_node(node: Any, name: str) -> None:
    found = describe_answer(node)
    records = all(hasattr(node, part) for part in ("data", "parents", "pass_back"))
    expect(records, MISTAKES["not-a-tensor"], name=name, found=found)
    goes_on = all(hasattr(node, part) for part in ("__matmul__", "__add__", "relu"))
    expect(goes_on, MISTAKES["only-recorded"], name=name)


def _passed(node: Any, grad: Array, count: int, name: str) -> tuple[Any, ...]:
    """Return what a node passes back, a gradient for each parent."""
    found = describe_kind(node.pass_back)
    expect(callable(node.pass_back), MISTAKES["not-one-function"], name=name, found=found)
    passed = ask(node.pass_back, grad)
    expect(not (type(passed) is tuple and passed == ()), MISTAKES["no-way-back"], name=name)
    if not isinstance(passed, (tuple, list)) or len(passed) != count:
        wrong(MISTAKES["not-a-tuple"], count=count, found=describe_answer(passed))
    return tuple(passed)


def _expect(own: Any, wanted: Array, *, what: str, given: str) -> None:
    own = expect_array(own, what=what)
    expect_close(own, wanted, what=what, given=given)
    expect_exact(own, wanted, given=given)


def _network_arrays(N: int, D: int, M: int) -> list[Array]:
    rng = np.random.default_rng(N * D + M)
    shapes = ((N, D), (D, M), (1, M), (M, M))
    return [rng.normal(size=shape) for shape in shapes]


def _network(Tensor: Any, *arrays: Array) -> tuple[Any, list[Any]]:
    """Return an output in which V is used twice and h on two ways, and the leaves."""
    x, W, b, V = leaves = [Tensor(array.copy()) for array in arrays]
    h = (x @ W + b).relu()
    return (h @ V + b) @ V, leaves


def _expect_network(Tensor: Any, N: int, D: int, M: int) -> None:
    """Expect gradients of leaves that are used twice, twice."""
    arrays = _network_arrays(N, D, M)
    right, right_leaves = _network(solutions.Tensor, *arrays)
    own, leaves = ask(lambda: _network(Tensor, *arrays))
    for _ in range(2):
        ask(lambda: (own.backward(), "called"))
        right.backward()
        for name, leaf, wanted in zip("xWbV", leaves, right_leaves, strict=True):
            expect_close(
                leaf.grad, wanted.grad, what="the gradients of a network",
                given=f"{name} in ((x @ W + b).relu() @ V + b) @ V", diagnosis="network",
            )  # fmt: skip


TENSOR = Exercise(
    name="pytorch/tensor",
    title="Autograd for one layer",
    check=check_tensor,
    solution=solutions.Tensor,
    mistakes=MISTAKES,
    hints=(
        "Each method computes a value, says from which parents, and brings along a function that "
        "turns its own gradient into one for each parent: `Tensor(value, parents, pass_back)`.",
        "For the product you know the formulas: `grad @ other.data.T` goes to self, "
        "`self.data.T @ grad` to other. The row of a sum was added to each sample: its gradient "
        "is the sum over the samples, `keepdims=True`.",
        "relu has one parent: `(self,)`, and passes back a tuple of one, "
        "`(grad * (self.data > 0),)`.",
    ),
    takeaway="Three local rules, and no formula for the network: it is written down as it runs.",
)
