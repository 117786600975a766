"""Cases of the poolings."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl import nn
from minidl.graph import Node, relu
from minidl.nn.pooling import AvgPool, MaxPool, Pool
from tests.contracts.op_cases.case import Array, NodeOf, OpCase, extremes, moderate, normal
from tests.contracts.op_cases.windows import bad_images, places, seen_at


def pool(
    kind: type[Pool],
    x: Array,
    y_shape: tuple[int, ...],
    kernel: Any,
    least: tuple[int, ...],
    **options: Any,
) -> OpCase:
    def pytorch(torch: Any, op: Any, tensors: dict[str, Any]) -> Any:
        return getattr(torch.nn, kind.__name__)(kernel, **options)

    largest = issubclass(kind, MaxPool)
    return OpCase(
        kind,
        lambda dtype, seed: kind(kernel, **options),
        x,
        y_shape,
        pytorch,
        graph_max_pool if largest else graph_avg_pool,
        label=", ".join([f"kernel_size={kernel}", *(f"{k}={v!r}" for k, v in options.items())]),
        bad=bad_images(channels=None, directions=kind.directions, least=least),
        extremes=lambda dtype: (
            np.resize(extremes(dtype), x.shape) if largest else moderate(dtype, *x.shape)
        ),
    )


def graph_max_pool(op: Any, x: Node, node_of: NodeOf) -> Node:
    """Return the maximum as max(a, b) = b + relu(a − b), where the padding is far below all."""
    y = None
    for place in np.ndindex(*op.windows.size):
        seen = seen_at(op.windows, x, place) - 100.0 * (1 - inside(op.windows, x, place))
        y = seen if y is None else seen + relu(y - seen)
    return y


def graph_avg_pool(op: Any, x: Node, node_of: NodeOf) -> Node:
    all_places = list(np.ndindex(*op.windows.size))
    count = len(all_places)
    if not op.count_include_pad:
        count = sum(inside(op.windows, x, place) for place in all_places)
    return sum(seen_at(op.windows, x, place) for place in all_places) / count


def inside(windows: Any, x: Node, place: tuple[int, ...]) -> Array:
    """Return 1 where windows see the image at a place, and 0 where they see padding."""
    image = x.value.shape[2:]
    sides = [places(windows, axis, at, image).sum(axis=1) for axis, at in enumerate(place)]
    return np.multiply.outer(*sides) if len(sides) == 2 else sides[0]


def graph_global_pool(op: Any, x: Node, node_of: NodeOf) -> Node:
    axes = tuple(range(2, x.value.ndim))
    return x.sum(axes) / np.prod(x.value.shape[2:])


def global_pool(x: Array) -> OpCase:
    return OpCase(
        nn.GlobalAvgPool,
        lambda dtype, seed: nn.GlobalAvgPool(),
        x,
        x.shape[:2],
        lambda torch, op, tensors: lambda given: given.mean(dim=tuple(range(2, given.ndim))),
        graph_global_pool,
        bad=tuple(
            (np.ones(shape), r"expected inputs of shape \(N, C, H, W\) or \(N, C, L\) with numbers")
            for shape in [(), (2,), (2, 3), (2, 3, 0), (2, 3, 4, 0)]
        ),
        extremes=lambda dtype: moderate(dtype, *x.shape),
    )


CASES = [
    pool(nn.MaxPool2d, normal(3, 2, 4, 6), (3, 2, 2, 3), (2, 2), (2, 2)),
    pool(nn.MaxPool2d, normal(3, 2, 5, 7), (3, 2, 2, 2), (2, 3), (2, 3)),
    pool(nn.MaxPool2d, normal(3, 2, 6, 5), (3, 2, 4, 2), (3, 3), (3, 3), stride=(1, 2)),
    pool(
        nn.MaxPool2d,
        normal(3, 2, 5, 6),
        (3, 2, 2, 7),
        (2, 2),
        (2, 1),
        stride=(2, 1),
        padding=(0, 1),
    ),
    pool(nn.MaxPool2d, normal(2, 2, 5, 7), (2, 2, 2, 2), (2, 2), (2, 2), stride=(3, 3)),
    pool(nn.AvgPool2d, normal(3, 2, 4, 6), (3, 2, 2, 3), (2, 2), (2, 2)),
    pool(nn.AvgPool2d, normal(3, 2, 6, 5), (3, 2, 4, 2), (3, 2), (3, 2), stride=(1, 2)),
    pool(
        nn.AvgPool2d,
        normal(3, 2, 5, 5),
        (3, 2, 3, 3),
        (3, 3),
        (1, 1),
        stride=(2, 2),
        padding=(1, 1),
    ),
    pool(
        nn.AvgPool2d,
        normal(3, 2, 5, 5),
        (3, 2, 3, 3),
        (3, 3),
        (1, 1),
        stride=(2, 2),
        padding=(1, 1),
        count_include_pad=False,
    ),
    pool(nn.MaxPool1d, normal(3, 2, 7), (3, 2, 3), 2, (2,)),
    pool(nn.MaxPool1d, normal(3, 2, 7), (3, 2, 7), 3, (1,), stride=1, padding=1),
    pool(nn.AvgPool1d, normal(3, 2, 7), (3, 2, 2), 3, (3,)),
    pool(nn.AvgPool1d, normal(3, 2, 7), (3, 2, 4), 3, (1,), stride=2, padding=1),
    global_pool(normal(3, 2, 4, 5)),
    global_pool(normal(3, 2, 5)),
]

ABSTRACT = {Pool, MaxPool, AvgPool}
