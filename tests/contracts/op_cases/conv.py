"""Cases of the convolutions."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Node
from minidl.nn.conv import Conv
from tests.contracts.op_cases.case import Array, NodeOf, OpCase, along_channels, moderate, normal
from tests.contracts.op_cases.windows import bad_images, seen_at


def conv(
    kind: type[Conv],
    x: Array,
    y_shape: tuple[int, ...],
    kernel: Any,
    least: tuple[int, ...],
    **options: Any,
) -> OpCase:
    """Return a case of 2 channels in and 3 out, for inputs that need `least` numbers."""

    def make(dtype: type, seed: int) -> Conv:
        held = {"rng": seed, "dtype": dtype, "bias_init": nn.standard_normal}
        return kind(2, 3, kernel, **held, **options)

    def pytorch(torch: Any, op: Any, tensors: dict[str, Any]) -> Any:
        function = getattr(torch.nn.functional, kind.__name__.lower())
        theirs = {key: value for key, value in options.items() if key != "bias"}
        b = tensors["b"][0] if op.bias else None
        return lambda x: function(x, tensors["W"], b, **theirs)

    label = [f"2, 3, kernel_size={kernel}", *(f"{k}={v!r}" for k, v in options.items())]
    return OpCase(
        kind,
        make,
        x,
        y_shape,
        pytorch,
        graph_conv,
        label=", ".join(label),
        bad=bad_images(channels=2, directions=kind.directions, least=least),
        extremes=lambda dtype: moderate(dtype, *x.shape),
    )


def graph_conv(op: Any, x: Node, node_of: NodeOf) -> Node:
    """Return Σ over m, u, v of W[m, :, u, v] times what the windows see at (u, v)."""
    M, _, *size = op.params["W"].shape
    ones = [1] * len(size)
    z = along_channels(node_of(op.params["b"]), 2 + len(size)) if op.bias else 0.0
    for place in np.ndindex(*size):
        seen = seen_at(op.windows, x, place)
        weight = weight_at(node_of(op.params["W"]), place, size)
        for one in np.eye(M):
            weight_of_m = (weight * one.reshape(M, 1, *ones)).sum(0, keepdims=True)
            z = z + (seen * weight_of_m).sum(1, keepdims=True) * one.reshape(1, M, *ones)
    return z


def weight_at(W: Node, place: tuple[int, ...], size: list[int]) -> Node:
    """Return the weights at one place of the window, shape (C_out, C_in, 1, 1)."""
    picked = W @ np.eye(size[-1])[:, [place[-1]]]
    return np.eye(size[0])[[place[0]]] @ picked if len(size) == 2 else picked


TWO, ONE = nn.Conv2d, nn.Conv1d
CASES = [
    conv(TWO, normal(4, 2, 5, 6), (4, 3, 3, 4), (3, 3), (3, 3)),
    conv(TWO, normal(4, 2, 5, 6), (4, 3, 4, 4), (2, 3), (2, 3), bias=False),
    conv(TWO, normal(3, 2, 7, 5), (3, 3, 4, 3), (3, 2), (1, 1), stride=(2, 3), padding=(1, 2)),
    conv(
        TWO,
        normal(2, 2, 7, 6),
        (2, 3, 3, 5),
        (3, 2),
        (3, 2),
        stride=(2, 1),
        padding=1,
        dilation=(2, 3),
    ),
    conv(TWO, normal(3, 2, 4, 5), (3, 3, 4, 5), (4, 3), (1, 1), padding="same", dilation=(1, 2)),
    conv(TWO, normal(3, 2, 3, 1), (3, 3, 3, 1), (1, 1), (1, 1), padding="valid"),
    conv(ONE, normal(4, 2, 7), (4, 3, 5), 3, (3,)),
    conv(ONE, normal(4, 2, 7), (4, 3, 6), 2, (2,), bias=False),
    conv(ONE, normal(3, 2, 8), (3, 3, 3), 3, (3,), stride=2, padding=1, dilation=2),
    conv(ONE, normal(3, 2, 5), (3, 3, 5), 4, (1,), padding="same"),
    conv(ONE, normal(3, 2, 1), (3, 3, 1), 1, (1,), padding="valid"),
]

ABSTRACT = {Conv}
