"""Cases of batch normalization."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Constant, Node
from tests.contracts.op_cases.case import (
    LARGE,
    Array,
    BadInput,
    NodeOf,
    OpCase,
    along_channels,
    moderate,
    normal,
)


def batch_norm(
    kind: type[nn.BatchNorm],
    x: Array,
    smallest: int,
    label: str,
    bad: tuple[BadInput, ...],
    **options: Any,
) -> OpCase:
    def make(dtype: type, seed: int) -> nn.BatchNorm:
        op, rng = kind(3, dtype=dtype, **options), np.random.default_rng(seed)
        for parameter in op.parameters():
            parameter.value = rng.uniform(0.5, 2, (1, 3))
        op.buffers["running_mean"][...] = rng.standard_normal((1, 3))
        return op

    return OpCase(
        kind,
        make,
        x,
        x.shape,
        pytorch_batch_norm,
        graph_batch_norm,
        label=label,
        smallest=smallest,
        bad=bad,
        # What is squared must not be too large for floating point.
        extremes=lambda dtype: moderate(dtype, *x.shape, largest=LARGE[dtype] ** -0.55),
    )


FEW = "expected at least 2 numbers for each channel in training, received "
ROWS = r"expected inputs of shape \(N, 3\) or \(N, 3, L\), received \("
IMAGES = r"expected inputs of shape \(N, 3, H, W\), received \("


def batch_norm_1d(x: Array, smallest: int, label: str = "3", **options: Any) -> OpCase:
    bad = (
        *((np.ones(shape), ROWS) for shape in [(3,), (4, 2), (4, 2, 3), (4, 3, 2, 2), ()]),
        (np.ones((1, 3)), f"{FEW}1 in .*; try a larger batch, or eval"),
        (np.ones((1, 3, 1)), f"{FEW}1 in"),
        (np.ones((0, 3)), f"{FEW}0 in"),
    )
    return batch_norm(nn.BatchNorm1d, x, smallest, label, bad, **options)


def batch_norm_2d(x: Array, label: str = "3", **options: Any) -> OpCase:
    bad = (
        *((np.ones(shape), IMAGES) for shape in [(4, 3), (4, 3, 5), (4, 2, 3, 3), (3, 4, 4)]),
        (np.ones((1, 3, 1, 1)), f"{FEW}1 in .*; try a larger batch, or eval"),
        (np.ones((2, 3, 0, 4)), f"{FEW}0 in"),
    )
    return batch_norm(nn.BatchNorm2d, x, 1, label, bad, **options)


def pytorch_batch_norm(torch: Any, op: Any, tensors: dict[str, Any]) -> Any:
    kind = getattr(torch.nn, type(op).__name__)
    module = kind(op.num_features, op.eps, op.momentum, op.affine)
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
    batch_norm_2d(normal(4, 3, 2, 5)),
    batch_norm_2d(
        normal(3, 3, 1, 2), "3, momentum=None, affine=False", momentum=None, affine=False
    ),
]

ABSTRACT = {nn.BatchNorm}
