"""Cases of the losses for predicting numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl import losses
from minidl.graph import Node, absolute, relu
from tests.contracts.loss_cases.case import LossCase, any_number
from tests.contracts.loss_cases.elements import (
    ELEMENTWISE_BAD,
    elements,
    numbers,
    one_pair,
    pairs,
)

BOTH = pairs(numbers, numbers)
SAME = ([[3.0, -2.0]], [[3.0, -2.0]])


def roots(dtype: type) -> np.ndarray:
    """Numbers whose squares are still finite."""
    x = any_number(dtype)
    return np.sign(x) * np.sqrt(np.abs(x)) / 10


def smooth_on_graph(loss: Any, p: Node, y: np.ndarray) -> Node:
    size = absolute(p - y)
    if loss.beta == 0:
        return size
    inside = size - relu(size - loss.beta)
    return inside * (size - 0.5 * inside) / loss.beta


def smooth(beta: float) -> LossCase:
    return LossCase(
        losses.SmoothL1Loss, BOTH, (4, 3), "SmoothL1Loss", {"beta": beta}, on_graph=smooth_on_graph
    )


CASES = [
    LossCase(
        losses.MSELoss, BOTH, (4, 3), "MSELoss",
        perfect=SAME,
        extremes=elements(roots),
        on_graph=lambda loss, p, y: (p - y) ** 2,
        bad_inputs=ELEMENTWISE_BAD,
        bad_options=(({"weight": 2.0}, TypeError, "weight"),),
    ),
    LossCase(losses.MSELoss, one_pair(BOTH), (), "MSELoss"),
    LossCase(
        losses.L1Loss, BOTH, (4, 3), "L1Loss",
        perfect=SAME,
        extremes=elements(any_number),
        on_graph=lambda loss, p, y: absolute(p - y),
        bad_inputs=ELEMENTWISE_BAD,
    ),
    LossCase(losses.L1Loss, one_pair(BOTH), (), "L1Loss"),
    LossCase(
        losses.SmoothL1Loss, BOTH, (4, 3), "SmoothL1Loss",
        perfect=SAME,
        extremes=elements(any_number),
        on_graph=smooth_on_graph,
        bad_inputs=ELEMENTWISE_BAD,
        bad_options=(
            ({"beta": -1.0}, ValueError, "^beta: expected a finite number ≥ 0, received -1"),
        ),
    ),
    smooth(3.0),
    smooth(0.0),
]  # fmt: skip
