"""What convolutions and poolings see, on the graph: matrices of zeros and ones pick the numbers."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from minidl.graph import Node
from minidl.nn.windows import shown
from tests.contracts.op_cases.case import Array, BadInput


def places(windows: Any, axis: int, at: int, image: tuple[int, ...]) -> Array:
    """Return a matrix with a 1 where window i sees, at its place `at`, number j of the image."""
    rows, length = windows.count(image)[axis], image[axis]
    first = at * windows.dilation[axis] - windows.padding[axis][0]
    seen = first + windows.stride[axis] * np.arange(rows)[:, np.newaxis]
    return (seen == np.arange(length)).astype(float)


def seen_at(windows: Any, x: Node, place: tuple[int, ...]) -> Node:
    """Return what all windows see at one of their places, and 0 in the padding."""
    image = x.value.shape[2:]
    *rows, columns = (places(windows, axis, at, image) for axis, at in enumerate(place))
    seen = x @ columns.T
    return rows[0] @ seen if rows else seen


def bad_images(*, channels: int | None, directions: int, least: tuple[int, ...]) -> Any:
    """Return inputs that a layer of windows refuses: of other axes, channels, or too small."""
    axes = {1: "L", 2: "H, W"}[directions]
    wrong = rf"expected inputs of shape \(N, {channels or 'C'}, {axes}\), received \("
    what = {1: "a length", 2: "height and width"}[directions]
    number = re.escape(str(shown(least)))
    small = f"expected {what} of at least {number} for its window, received "
    C = channels or 3
    shapes = [(2, 2), (), (4, *[5] * (directions + 2))]
    shapes += [] if channels is None else [(4, C + 1, *[9] * directions)]
    bad: list[BadInput] = [(np.ones(shape), wrong) for shape in shapes]
    bad += [(np.ones((C, *[9] * directions)), rf"{wrong}{C}, .*\); try x\[np.newaxis\]")]
    images = [(0, *[9] * (directions - 1)), (*[9] * (directions - 1), 0), (0,) * directions]
    images += [(*[9] * axis, n - 1, *[9] * (directions - axis - 1)) for axis, n in enumerate(least)]
    return tuple(bad + [(np.ones((1, C, *image)), small) for image in images])
