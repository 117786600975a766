"""Cases of the affine map."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Node
from tests.contracts.op_cases.case import Array, BadInput, NodeOf, OpCase, moderate, normal


def linear(x: Array, bad: tuple[BadInput, ...], **options: Any) -> OpCase:
    def make(dtype: type, seed: int) -> nn.Linear:
        return nn.Linear(3, 2, rng=seed, dtype=dtype, bias_init=nn.standard_normal, **options)

    return OpCase(
        nn.Linear,
        make,
        x,
        (*x.shape[:-1], 2),
        pytorch_linear,
        graph_linear,
        label=", ".join(f"{key}={value}" for key, value in options.items()),
        bad=bad,
        extremes=lambda dtype: moderate(dtype, *(() if x.ndim == 2 else (2, 4, 3))),
    )


def pytorch_linear(torch: Any, op: Any, tensors: dict[str, Any]) -> Any:
    b = tensors["b"][0] if op.bias else None
    return lambda x: torch.nn.functional.linear(x, tensors["W"].T, b)


def graph_linear(op: Any, x: Node, node_of: NodeOf) -> Node:
    z = x @ node_of(op.params["W"])
    return z + node_of(op.params["b"]) if op.bias else z


NOT_N_3 = tuple(
    (np.ones(shape), r"expected inputs of shape \(N, 3\), received \(")
    for shape in [(4,), (3,), (4, 2), (4, 4), ()]
)
NOT_N_ANY_3 = tuple(
    (np.ones(shape), r"expected inputs of shape \(N, …, 3\), received \(")
    for shape in [(4, 3, 1), (3, 3, 2), (4, 3, 3, 4)]
)

CASES = [
    linear(normal(4, 3), NOT_N_3),
    linear(normal(4, 3), NOT_N_3, bias=False),
    linear(normal(4, 2, 3), NOT_N_ANY_3),
    linear(normal(3, 1, 2, 3), NOT_N_ANY_3, bias=False),
]
