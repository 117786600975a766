"""Cases of the change of shape."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Node
from tests.contracts.op_cases.case import Array, NodeOf, OpCase, extremes, normal


def flatten(x: Array) -> OpCase:
    return OpCase(
        nn.Flatten,
        lambda dtype, seed: nn.Flatten(),
        x,
        (len(x), math.prod(x.shape[1:])),
        lambda torch, op, tensors: lambda given: given.reshape(len(given), -1),
        graph_flatten,
        computes=False,
        bad=((np.array(3.0), r"expected inputs of shape \(N, …\), received \(\)"),),
        extremes=extremes,
    )


def graph_flatten(op: Any, x: Node, node_of: NodeOf) -> Node:
    """Return all numbers, one by one, at their new places: the graph has no other shapes."""
    shape = x.value.shape
    rows = np.eye(x.value.size)
    after = (shape[0], math.prod(shape[1:]))
    return sum((x * one.reshape(shape)).sum() * one.reshape(after) for one in rows)


CASES = [flatten(normal(4, 2, 3, 2)), flatten(normal(4, 3)), flatten(normal(4))]
