"""One case, or more, for every loss: how it is built and what it is fed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from minidl import losses
from minidl.losses import Loss
from minidl.losses.binary import BinaryLoss
from tests.contracts.op_cases import extremes

RNG = np.random.default_rng(0)
NUMBERS = RNG.standard_normal((4, 3))
PROBABILITIES = RNG.uniform(0.05, 0.95, (4, 3))
CLASSES = np.array([[0, 1, 1], [1, 0, 0], [1, 1, 0], [0, 0, 1]])
PER_ELEMENT = RNG.uniform(0.5, 2, (4, 3))
PER_COLUMN = np.array([0.5, 1.0, 3.0])
PER_ROW = np.array([[1.0], [2.0], [0.0], [0.5]])


def probabilities_at_the_edge(dtype: type) -> np.ndarray:
    info = np.finfo(dtype)
    return np.array([[0, info.smallest_subnormal, info.tiny], [1, 1 - info.epsneg, 0.5]], dtype)


def roots(dtype: type) -> np.ndarray:
    """Numbers whose squares are still finite, and which can be summed."""
    x = extremes(dtype)
    return np.sign(x) * np.sqrt(np.abs(x)) / 10


@dataclass(frozen=True)
class LossCase:
    kind: type[Loss]
    predicts: np.ndarray
    labels: np.ndarray
    options: dict[str, Any] = field(default_factory=dict)
    extremes: Any = extremes

    def build(self, reduction: str = "mean") -> Loss:
        return self.kind(reduction=reduction, **self.options)

    def __str__(self) -> str:
        shown = ", ".join(f"{key}{np.shape(value)}" for key, value in self.options.items())
        return f"{self.kind.__name__}({shown})"


def binary(kind: type[Loss], predicts: np.ndarray, at: Any, *more: str) -> list[LossCase]:
    soft = PROBABILITIES[::-1].copy()
    options = [{"weight": weight} for weight in (PER_ELEMENT, PER_COLUMN, PER_ROW, 2.0)]
    options += [{name: weight} for name in more for weight in (PER_COLUMN, 3.0)]
    options += [{name: PER_COLUMN, "weight": PER_ROW} for name in more]
    return [
        LossCase(kind, predicts, CLASSES, {}, at),
        LossCase(kind, predicts, soft, {}, at),
        *[LossCase(kind, predicts, CLASSES, option, at) for option in options],
    ]


CASES = [
    *binary(losses.BCELoss, PROBABILITIES, probabilities_at_the_edge),
    *binary(losses.BCEWithLogitsLoss, 3 * NUMBERS, extremes, "pos_weight"),
    LossCase(losses.MSELoss, NUMBERS, RNG.standard_normal((4, 3)), {}, roots),
]

# What has no case because a subclass must finish it.
ABSTRACT = {Loss, BinaryLoss}
