"""Cases of a block with a way around it."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Node
from tests.contracts.op_cases.case import NodeOf, OpCase, moderate, normal
from tests.contracts.op_cases.sequential import case_of


def around(dtype: type, seed: int) -> nn.Residual:
    rng = np.random.default_rng(seed)
    fc1, fc2 = (nn.Linear(a, b, rng=rng, dtype=dtype) for a, b in ((3, 5), (5, 3)))
    return nn.Residual(nn.Sequential(fc1, nn.Tanh(), fc2, name="body"))


def with_shortcut(dtype: type, seed: int) -> nn.Residual:
    rng = np.random.default_rng(seed)
    held = {"rng": rng, "dtype": dtype}
    return nn.Residual(
        nn.Linear(3, 2, name="fc", **held), nn.Linear(3, 2, bias=False, name="way", **held)
    )


def pytorch_residual(torch: Any, op: Any, tensors: dict[str, Any]) -> Any:
    ways = []
    for position, layer in enumerate(op.layers):
        prefix = f"{layer.name or f'layer{position}'}."
        own = {name[len(prefix) :]: t for name, t in tensors.items() if name.startswith(prefix)}
        ways.append(case_of(layer).pytorch(torch, layer, own))
    body, shortcut = ways if len(ways) == 2 else (*ways, lambda x: x)
    return lambda x: body(x) + shortcut(x)


def graph_residual(op: Any, x: Node, node_of: NodeOf) -> Node:
    body = case_of(op.body).graph(op.body, x, node_of)
    if op.shortcut is None:
        return body + x
    return body + case_of(op.shortcut).graph(op.shortcut, x, node_of)


def residual(make: Any, outputs: int) -> OpCase:
    return OpCase(
        nn.Residual,
        make,
        normal(4, 3),
        (4, outputs),
        pytorch_residual,
        graph_residual,
        bad=((np.ones((4, 2)), r"^Linear.*: expected inputs of shape \(N, 3\), received"),),
        extremes=moderate,
    )


CASES = [residual(around, 3), residual(with_shortcut, 2)]
