"""Cases of the convolution."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Node
from tests.contracts.op_cases.case import Array, NodeOf, OpCase, along_channels, moderate, normal


def conv2d(x: Array, y_shape: tuple[int, ...], kernel: tuple[int, int], **options: Any) -> OpCase:
    """Return a case of 2 channels in and 3 out."""

    def make(dtype: type, seed: int) -> nn.Conv2d:
        held = {"rng": seed, "dtype": dtype, "bias_init": nn.standard_normal}
        return nn.Conv2d(2, 3, kernel, **held, **options)

    def pytorch(torch: Any, op: Any, tensors: dict[str, Any]) -> Any:
        theirs = {key: value for key, value in options.items() if key != "bias"}
        b = tensors["b"][0] if op.bias else None
        return lambda x: torch.nn.functional.conv2d(x, tensors["W"], b, **theirs)

    wrong = r"expected inputs of shape \(N, 2, H, W\), received \("
    small = r"expected images that hold a window of \(\d, \d\) with dilation .*; try a padding"
    return OpCase(
        nn.Conv2d,
        make,
        x,
        y_shape,
        pytorch,
        graph_conv2d,
        label=", ".join(
            [f"2, 3, kernel_size={kernel}", *(f"{k}={v!r}" for k, v in options.items())]
        ),
        bad=(
            *((np.ones(shape), wrong) for shape in [(4, 2, 5), (4, 3, 5, 5), (2, 2), ()]),
            (np.ones((2, 5, 5)), rf"{wrong}2, 5, 5\); try x\[np.newaxis\]"),
            *((np.ones((1, 2, *image)), small) for image in [(0, 9), (9, 0), (0, 0)]),
        ),
        extremes=lambda dtype: moderate(dtype, *x.shape),
    )


def graph_conv2d(op: Any, x: Node, node_of: NodeOf) -> Node:
    """Return Σ over m, u, v of W[m, :, u, v] times what the windows see at (u, v).

    A matrix of zeros and ones on the left picks rows of all images, one on the right columns.
    """
    M, _, *size = op.params["W"].shape
    image, windows, W = x.value.shape[2:], op.windows, node_of(op.params["W"])
    z = along_channels(node_of(op.params["b"]), 4) if op.bias else 0.0
    for u, v in np.ndindex(*size):
        rows, columns = (places(windows, axis, at, image) for axis, at in enumerate((u, v)))
        seen = rows @ x @ columns.T
        weight = np.eye(size[0])[[u]] @ W @ np.eye(size[1])[:, [v]]
        for one in np.eye(M):
            weight_of_m = (weight * one.reshape(M, 1, 1, 1)).sum(0, keepdims=True)
            z = z + (seen * weight_of_m).sum(1, keepdims=True) * one.reshape(1, M, 1, 1)
    return z


def places(windows: Any, axis: int, at: int, image: tuple[int, ...]) -> Array:
    """Return a matrix with a 1 where window i sees, at its place `at`, number j of the image."""
    rows, length = windows.count(image)[axis], image[axis]
    first = at * windows.dilation[axis] - windows.padding[axis][0]
    seen = first + windows.stride[axis] * np.arange(rows)[:, np.newaxis]
    return (seen == np.arange(length)).astype(float)


CASES = [
    conv2d(normal(4, 2, 5, 6), (4, 3, 3, 4), (3, 3)),
    conv2d(normal(4, 2, 5, 6), (4, 3, 4, 4), (2, 3), bias=False),
    conv2d(normal(3, 2, 7, 5), (3, 3, 4, 3), (3, 2), stride=(2, 3), padding=(1, 2)),
    conv2d(normal(2, 2, 7, 6), (2, 3, 3, 5), (3, 2), stride=(2, 1), padding=1, dilation=(2, 3)),
    conv2d(normal(3, 2, 4, 5), (3, 3, 4, 5), (4, 3), padding="same", dilation=(1, 2)),
    conv2d(normal(3, 2, 3, 1), (3, 3, 3, 1), (1, 1), padding="valid"),
]
