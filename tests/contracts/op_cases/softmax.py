"""Cases of softmax and its logarithm."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Node, exp, log, total
from minidl.nn.softmax import AlongAxis
from minidl.op import Op
from tests.contracts.op_cases.case import CURVE, OpCase, normal

NO_AXIS = r"expected scores with at least one number along axis"


def softmax_nodes(op: Any, x: Node, node_of: Any) -> Node:
    powers = exp(x)
    return powers / total(powers, op.dim, keepdims=True)


def log_softmax_nodes(op: Any, x: Node, node_of: Any) -> Node:
    return x - log(total(exp(x), op.dim, keepdims=True))


def along(kind: type[Op], graph: Any, dim: int, x: Any) -> OpCase:
    name = {nn.Softmax: "softmax", nn.LogSoftmax: "log_softmax"}[kind]
    return OpCase(
        kind,
        make=lambda dtype, seed: kind(dim),
        x=x,
        y_shape=x.shape,
        pytorch=lambda torch, op, tensors: lambda t: getattr(torch, name)(t, op.dim),
        graph=graph,
        label=f"dim={dim}",
        bad=((5.0, NO_AXIS), (np.empty((0, 0)), NO_AXIS)),
    )


CASES = [
    along(nn.Softmax, softmax_nodes, 1, CURVE),
    along(nn.Softmax, softmax_nodes, -2, normal(2, 3, 4)),
    along(nn.LogSoftmax, log_softmax_nodes, -1, CURVE),
    along(nn.LogSoftmax, log_softmax_nodes, 1, normal(2, 3, 4)),
]
ABSTRACT = {AlongAxis}
