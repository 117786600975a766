"""Cases of affine maps side by side."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Node, tanh
from tests.contracts.op_cases.case import Array, NodeOf, OpCase, moderate, normal

K, D, M = 4, 3, 2


def stacked(x: Array, *, bias: bool = True) -> OpCase:
    def make(dtype: type, seed: int) -> nn.StackedLinear:
        rng = np.random.default_rng(seed)
        options: dict[str, Any] = {"rng": rng, "dtype": dtype, "bias_init": nn.standard_normal}
        return nn.StackedLinear([nn.Linear(D, M, bias=bias, **options) for _ in range(K)])

    return OpCase(
        nn.StackedLinear,
        make,
        x,
        (len(x), K, M),
        pytorch_stacked,
        graph_stacked,
        label="4, 3, 2" if bias else "4, 3, 2, bias=False",
        bad=NOT_FITTING,
        extremes=lambda dtype: moderate(dtype, *((2, D) if x.ndim == 2 else (2, K, D))),
    )


def pytorch_stacked(torch: Any, op: Any, tensors: dict[str, Any]) -> Any:
    """The map of one network, for all by vmap, as with `torch.func.stack_module_state`."""

    def one(W: Any, b: Any, x: Any) -> Any:
        return torch.nn.functional.linear(x, W.T, b[0])

    biases = tensors["b"] if "b" in tensors else torch.zeros(K, 1, M, dtype=tensors["W"].dtype)

    def all_of_them(x: Any) -> Any:
        mapped = torch.func.vmap(one, in_dims=(0, 0, 1 if x.ndim == 3 else None), out_dims=1)
        return mapped(tensors["W"], biases, x)

    return all_of_them


def graph_stacked(op: Any, x: Node, node_of: NodeOf) -> Node:
    """Each number of the output, put at its place: the graph multiplies matrices only."""
    W = node_of(op.params["W"])
    given = x if x.value.ndim == 3 else x * np.ones((K, 1, 1))  # (K, N, D)
    total = None
    for n, k, m in np.ndindex(len(x.value), K, M):
        row = np.zeros(given.value.shape)
        row[(n, k) if x.value.ndim == 3 else (k, n)] = 1
        for d in range(D):
            number = (given * row * np.eye(D)[d]).sum() * (W * one_at((K, D, M), k, d, m)).sum()
            term = number * one_at((len(x.value), K, M), n, k, m)
            total = term if total is None else total + term
    if "b" not in op.params:
        return total
    b = node_of(op.params["b"])
    return total + sum(
        (b * one_at((K, 1, M), k, 0, m)).sum() * one_at((1, K, M), 0, k, m)
        for k, m in np.ndindex(K, M)
    )


def one_at(shape: tuple[int, ...], *place: int) -> Array:
    array = np.zeros(shape)
    array[place] = 1
    return array


def ops() -> OpCase:
    return OpCase(
        nn.StackedOps,
        make=lambda dtype, seed: nn.StackedOps([nn.Tanh() for _ in range(K)]),
        x=normal(5, K, D),
        y_shape=(5, K, D),
        pytorch=lambda torch, op, tensors: torch.tanh,
        graph=lambda op, x, node_of: tanh(x),
        bad=tuple(
            (np.ones(shape), r"expected inputs of shape \(N, 4, M\), a row for each network, rec")
            for shape in [(4,), (5, 4), (5, 3, 4), (5, 4, 2, 2)]
        ),
        extremes=lambda dtype: moderate(dtype, 2, K, D),
    )


NOT_FITTING = tuple(
    (np.ones(shape), r"expected inputs of shape \(N, 3\) for all 4 networks, or \(N, 4, 3\), rec")
    for shape in [(3,), (5, 4), (5, 3, 3), (5, 4, 2), (5, 4, 3, 1), ()]
)

CASES = [
    stacked(normal(5, D)),
    stacked(normal(5, K, D)),
    stacked(normal(3, K, D), bias=False),
    stacked(normal(3, D), bias=False),
    ops(),
]
