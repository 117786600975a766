"""Every optimizer × option × 100 steps, in float64 and float32, against PyTorch's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import torch

from benchmarks.parity.table import difference
from minidl.data import load_digits
from minidl.losses import CrossEntropyLoss
from minidl.nn import Linear, Sequential, Tanh
from minidl.parameter import Parameter
from minidl.sparse import SparseGradient
from tests.contracts.optimizer_cases import CASES, OptimizerCase

TITLE = "Optimizers: how far from PyTorch"
ABOUT = (
    "Every optimizer with its options, in both precisions: the largest difference of a parameter "
    "after 100 steps over the largest number among PyTorch's, once on gradients that are given "
    "(of a bowl for L-BFGS, drawn anew for each step otherwise), once on those of a network "
    "64-16-10 on 200 handwritten digits after 25 steps (5 of L-BFGS, of many evaluations). What "
    "divides by the size of a gradient, or looks at its sign, makes much of a rounding error in "
    "one that is nearly 0, and a network passes it on: there the last columns say more of the "
    "optimizer than of who wrote it. PyTorch's default dtype is that of the column, since its "
    "ASGD keeps the rate in it."
)
STEPS = 100
SHAPES = [(30, 40), (1, 40), (40, 20)]
Array = np.ndarray


def rows() -> Iterator[dict[str, Any]]:
    """Yield the differences of each case."""
    for case in CASES:
        row: dict[str, Any] = {"optimizer": str(case)}
        for dtype in (np.float64, np.float32):
            torch.set_default_dtype(torch.float64 if dtype is np.float64 else torch.float32)
            name = np.dtype(dtype).name
            row[f"given, {name}"] = on_given_gradients(case, dtype)
            row[f"network, {name}"] = on_a_network(case, dtype)
        yield row


def of_rows(case: OptimizerCase) -> bool:
    return not getattr(case.kind, "takes_dense", True)


def on_given_gradients(case: OptimizerCase, dtype: Any) -> float:
    rng = np.random.default_rng(0)
    start = [rng.standard_normal(shape).astype(dtype) for shape in SHAPES]
    slopes = [rng.uniform(0.5, 3, shape).astype(dtype) for shape in SHAPES]
    ours = [value.copy() for value in start]
    theirs = [torch.tensor(value, requires_grad=True) for value in start]
    params, grads = dict(zip("abc", ours, strict=True)), {}
    one = case.build([Parameter(key, key, params, grads) for key in params])
    other = getattr(torch.optim, case.pytorch)(theirs, **case.options)

    def gradients(values: list[Array], step: int) -> list[Array]:
        if case.kind.needs_closure:
            return [slope * value for slope, value in zip(slopes, values, strict=True)]
        drawn = np.random.default_rng(step)
        return [drawn.standard_normal(value.shape).astype(dtype) for value in values]

    def height(values: list[Array], found: list[Array]) -> float:
        return 0.5 * sum(float((v * g).sum()) for v, g in zip(values, found, strict=True))

    def our_closure() -> float:
        found = gradients(ours, step)
        grads.update(zip(params, map(all_rows, found) if of_rows(case) else found, strict=True))
        return height(ours, found)

    def their_closure() -> float:
        now = [tensor.detach().numpy() for tensor in theirs]
        found = gradients(now, step)
        for tensor, grad in zip(theirs, found, strict=True):
            dense = torch.tensor(grad)
            tensor.grad = dense.to_sparse(1) if of_rows(case) else dense
        return height(now, found)

    for step in range(STEPS):  # noqa: B007 - the closures read it
        one.step(our_closure)
        other.step(their_closure)
    return max(difference(v, t.detach()) for v, t in zip(ours, theirs, strict=True))


def all_rows(grad: Array) -> SparseGradient:
    """Return the rows that are not 0, as PyTorch's `to_sparse` does."""
    rows = np.flatnonzero(grad.any(axis=1))
    return SparseGradient(rows, grad[rows], grad.shape)


def on_a_network(case: OptimizerCase, dtype: Any) -> float:
    rng = np.random.default_rng(0)
    X, y = load_digits()
    X, y = X[:200].reshape(200, -1).astype(dtype) / 16, y[:200]
    layers = Linear(64, 16, rng=rng, dtype=dtype), Tanh(), Linear(16, 10, rng=rng, dtype=dtype)
    model, loss = Sequential(*layers), CrossEntropyLoss()
    theirs = [torch.tensor(p.value.copy(), requires_grad=True) for p in model.parameters()]
    one = case.build(model)
    other = getattr(torch.optim, case.pytorch)(theirs, **case.options)

    def our_closure() -> float:
        value = loss(model(X), y)
        model.backward(loss.backward())
        if of_rows(case):
            for parameter in model.parameters():
                parameter.grad = all_rows(parameter.grad)
        return float(value)

    def their_closure() -> Any:
        other.zero_grad()
        W, b, V, c = theirs
        hidden = torch.tanh(torch.tensor(X) @ W + b)
        value = torch.nn.functional.cross_entropy(hidden @ V + c, torch.tensor(y))
        value.backward()
        if of_rows(case):
            for tensor in theirs:
                tensor.grad = tensor.grad.to_sparse(1)
        return value

    for _ in range(5 if case.kind.needs_closure else STEPS // 4):
        one.step(our_closure)
        other.step(their_closure)
    pairs = zip(model.parameters(), theirs, strict=True)
    return max(difference(p.value, t.detach()) for p, t in pairs)
