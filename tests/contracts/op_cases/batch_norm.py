"""Cases of batch normalization."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Constant, Node
from tests.contracts.op_cases.case import (
    LARGE,
    Array,
    NodeOf,
    OpCase,
    along_channels,
    moderate,
    normal,
)


def batch_norm_1d(x: Array, smallest: int, label: str = "3", **options: Any) -> OpCase:
    def make(dtype: type, seed: int) -> nn.BatchNorm1d:
        op, rng = nn.BatchNorm1d(3, dtype=dtype, **options), np.random.default_rng(seed)
        for parameter in op.parameters():
            parameter.value = rng.uniform(0.5, 2, (1, 3))
        op.buffers["running_mean"][...] = rng.standard_normal((1, 3))
        return op

    wrong = r"expected inputs of shape \(N, 3\) or \(N, 3, L\), received \("
    few = "expected at least 2 numbers for each channel in training, received "
    return OpCase(
        nn.BatchNorm1d,
        make,
        x,
        x.shape,
        pytorch_batch_norm,
        graph_batch_norm,
        label=label,
        smallest=smallest,
        bad=(
            *((np.ones(shape), wrong) for shape in [(3,), (4, 2), (4, 2, 3), (4, 3, 2, 2), ()]),
            (np.ones((1, 3)), f"{few}1 in .*; try a larger batch, or eval"),
            (np.ones((1, 3, 1)), f"{few}1 in"),
            (np.ones((0, 3)), f"{few}0 in"),
        ),
        # What is squared must not be too large for floating point.
        extremes=lambda dtype: moderate(dtype, *x.shape, largest=LARGE[dtype] ** -0.55),
    )


def pytorch_batch_norm(torch: Any, op: Any, tensors: dict[str, Any]) -> Any:
    module = torch.nn.BatchNorm1d(op.num_features, op.eps, op.momentum, op.affine)
    rows = {"running_mean": "running_mean", "running_var": "running_var"}
    rows |= {"weight": "gamma", "bias": "beta"} if op.affine else {}
    state = {theirs: tensors[ours][0] for theirs, ours in rows.items()}
    state["num_batches_tracked"] = tensors["num_batches_tracked"]
    return lambda x: torch.func.functional_call(module.train(op.training), state, x)


def graph_batch_norm(op: Any, x: Node, node_of: NodeOf) -> Node:
    def mean_of(node: Node) -> Node:
        axes = tuple(axis for axis in range(node.value.ndim) if axis != 1)
        return node.sum(axes, keepdims=True) / (node.value.size // op.num_features)

    def along(row: Node) -> Node:
        return along_channels(row, x.value.ndim)

    mean = mean_of(x) if op.training else along(Constant(op.buffers["running_mean"]))
    var = mean_of((x - mean) ** 2) if op.training else along(Constant(op.buffers["running_var"]))
    y = (x - mean) / (var + op.eps) ** 0.5
    if not op.affine:
        return y
    return y * along(node_of(op.params["gamma"])) + along(node_of(op.params["beta"]))


CASES = [
    batch_norm_1d(normal(4, 3), 2),
    batch_norm_1d(normal(4, 3, 5), 1),
    batch_norm_1d(normal(5, 3), 2, "3, momentum=None", momentum=None),
    batch_norm_1d(normal(5, 3), 2, "3, affine=False", affine=False),
    batch_norm_1d(normal(4, 3, 2), 1, "3, eps=0.1, momentum=0.3", eps=0.1, momentum=0.3),
]

ABSTRACT = {nn.BatchNorm}
