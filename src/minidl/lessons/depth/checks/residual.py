"""The check of the exercise "depth/residual"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from minidl.checking.asking import ask, make
from minidl.checking.comparing import expect_close
from minidl.checking.comparing_ops import expect_op
from minidl.checking.exercise import Exercise
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, expect
from minidl.lessons.depth import solutions
from minidl.lessons.depth.mistakes.residual import MISTAKES
from minidl.nn import BatchNorm1d, Linear, ReLU, Tanh
from minidl.op import Op

Parts = Callable[[], tuple[Op, ...]]


def blocks() -> Iterator[tuple[Parts, int]]:
    """Yield what makes the layers of a block, and its width."""
    yield lambda: (Linear(2, 2, rng=1),), 2
    yield lambda: (Linear(3, 3, rng=2), Tanh()), 3
    yield lambda: (Linear(4, 6, rng=3), ReLU(), Linear(6, 4, rng=4)), 4
    yield lambda: (Linear(5, 5, rng=5), BatchNorm1d(5), ReLU()), 5
    yield lambda: (Tanh(),), 6
    yield lambda: (Linear(7, 1, rng=6), Tanh(), Linear(1, 7, rng=7)), 7
    yield lambda: (Linear(1, 3, rng=8), Tanh(), Linear(3, 1, rng=9)), 1


def check_shortcut(Shortcut: Any) -> None:
    """Check output, gradient and the parts' own gradients of several blocks."""
    rng = np.random.default_rng(4)
    for parts, width in blocks():
        op, reference = make(Shortcut, *parts()), solutions.Shortcut(*parts())
        for samples in (3, 2, 6, 3):
            x, grad = rng.normal(size=(2, samples, width))
            _expect_like(op, reference, 200 * x, 10.0 ** rng.integers(-2, 3) * grad)
            _move(op, reference)
            _expect_like(op, reference, x, grad)


def _move(*ops: Op) -> None:
    """Give the layers other parameters, as a step of training does."""
    for op in ops:
        for parameter in op.parameters():
            parameter.value *= -0.7


def _expect_like(op: Any, reference: Op, x: Any, grad: Any) -> None:
    expect(isinstance(op, Op), "not-an-op", f"Expected an Op, received {describe_answer(op)}.")
    values = [parameter.value.copy() for parameter in op.parameters()]
    shapes = [parameter.value.shape for parameter in reference.parameters()]
    expect([value.shape for value in values] == shapes, MISTAKES["parts-lost"])
    _expect_answers(op, x, grad)
    after = [parameter.value for parameter in op.parameters()]
    expect(all(map(np.array_equal, after, values)), MISTAKES["changes-parameters"])
    reference(x)
    expect_op(op, reference, x, grad)
    for own, right in zip(op.parameters(), reference.parameters(), strict=True):
        expect_close(
            own.grad, right.grad, what="the gradients of the layers", given=own.name,
            diagnosis=MISTAKES["parts-gradients"],
        )  # fmt: skip


def _expect_answers(op: Op, x: Any, grad: Any) -> None:
    """Tell a method that returned nothing from a blank one."""
    before = _gradients(op)
    y = ask(op, x)
    expect(all(map(np.array_equal, _gradients(op), before)), MISTAKES["forward-changes"])
    expect(np.shape(y) == x.shape, "shape", f"Expected the shape {x.shape}, got {np.shape(y)}.")
    try:
        ask(op.backward, grad)
    except NotAttempted as blank:
        expect(blank.dots or _is_untouched(op), MISTAKES["returns-nothing"])
        raise
    parts = [part for _, part in op.named_layers()]
    found = all(part.params.keys() <= part.grads.keys() for part in parts)
    expect(found, MISTAKES["parts-without-gradients"])


def _gradients(op: Op) -> list[Any]:
    found = [part.grads for _, part in op.named_layers()]
    return [np.array(gradient) for grads in found for gradient in grads.values()]


def _is_untouched(op: Op) -> bool:
    return not any(part.grads for _, part in op.named_layers())


RESIDUAL = Exercise(
    name="depth/residual",
    title="A shortcut",
    check=check_shortcut,
    solution=solutions.Shortcut,
    mistakes=MISTAKES,
    hints=(
        "Forward, x goes two ways: through the block, and past it.",
        "Where a value goes on along several ways, their gradients are added.",
        "`x + self.block(x)`, and `grad + self.block.backward(grad)`.",
    ),
    takeaway="Whatever the block does, the gradient arrives in full on the other way.",
)
