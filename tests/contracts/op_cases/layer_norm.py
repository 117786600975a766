"""Cases of layer normalization."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Node
from tests.contracts.op_cases.case import LARGE, Array, NodeOf, OpCase, moderate, normal


def layer_norm(shape: int | tuple[int, ...], x: Array, **options: Any) -> OpCase:
    def make(dtype: type, seed: int) -> nn.LayerNorm:
        op, rng = nn.LayerNorm(shape, dtype=dtype, **options), np.random.default_rng(seed)
        for parameter in op.parameters():
            parameter.value = rng.uniform(0.5, 2, op.normalized_shape)
        return op

    own = (shape,) if isinstance(shape, int) else shape
    wrong = rf"expected inputs of shape \(N, …, {', '.join(map(str, own))}\), received \("
    return OpCase(
        nn.LayerNorm,
        make,
        x,
        x.shape,
        pytorch_layer_norm,
        graph_layer_norm,
        label=", ".join([str(shape), *(f"{key}={value}" for key, value in options.items())]),
        bad=tuple((np.ones(bad), wrong) for bad in [(), (4,), (4, 2), (*own, 1), (2, own[-1] + 1)]),
        # What is squared must not be too large for floating point.
        extremes=lambda dtype: moderate(dtype, *x.shape, largest=LARGE[dtype] ** -0.55),
    )


def pytorch_layer_norm(torch: Any, op: Any, tensors: dict[str, Any]) -> Any:
    norm = torch.nn.functional.layer_norm
    weight, bias = tensors.get("gamma"), tensors.get("beta")
    return lambda x: norm(x, op.normalized_shape, weight, bias, op.eps)


def graph_layer_norm(op: Any, x: Node, node_of: NodeOf) -> Node:
    own, size = tuple(range(-len(op.normalized_shape), 0)), int(np.prod(op.normalized_shape))
    differences = x - x.sum(own, keepdims=True) / size
    var = (differences**2).sum(own, keepdims=True) / size
    y = differences / (var + op.eps) ** 0.5
    for key, parameter in op.params.items():
        y = y * node_of(parameter) if key == "gamma" else y + node_of(parameter)
    return y


CASES = [
    layer_norm(3, normal(4, 3)),
    layer_norm(3, normal(4, 2, 3), eps=0.1),
    layer_norm((2, 3), normal(4, 2, 3)),
    layer_norm(3, normal(4, 3), bias=False),
    layer_norm(3, normal(4, 5, 3), elementwise_affine=False),
]
