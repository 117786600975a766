"""Cases of the losses of two classes, and what all have that compare element by element."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from minidl import losses
from minidl.graph import Node, exp, log
from minidl.losses import Loss
from tests.contracts.loss_cases.case import Inputs, LossCase, Refused, any_number


def numbers(rng: np.random.Generator) -> np.ndarray:
    return 3 * rng.standard_normal((4, 3))


def probabilities(rng: np.random.Generator) -> np.ndarray:
    return rng.uniform(0.05, 0.95, (4, 3))


def classes(rng: np.random.Generator) -> np.ndarray:
    return rng.integers(0, 2, (4, 3)).astype(float)


def pairs(predicts: Callable, labels: Callable) -> Callable[[np.random.Generator], Inputs]:
    return lambda rng: (predicts(rng), labels(rng))


def one_pair(make: Callable) -> Callable[[np.random.Generator], Inputs]:
    """Return a maker of the first element of each input, arrays without dimensions."""
    return lambda rng: tuple(x[0, 0] for x in make(rng))


def elements(
    values: Callable[[type], np.ndarray], labels: Iterable[float] = (0.0, 0.3, 1.0)
) -> Callable[[type], Iterable[Inputs]]:
    """Return extremes of one element, each against each of the labels."""

    def inputs(dtype: type) -> Iterable[Inputs]:
        for predict, label in itertools.product(values(dtype), labels):
            yield np.array([[predict]], dtype), np.array([[label]], dtype)

    return inputs


def any_probability(dtype: type) -> np.ndarray:
    info = np.finfo(dtype)
    return np.array([0, info.smallest_subnormal, info.tiny, 0.5, 1 - info.epsneg, 1], dtype)


ONE_SHAPE = "expected predictions and labels of one shape, received"
ELEMENTWISE_BAD = (
    ((np.full((4, 3), 0.5), np.ones((2, 3))), ValueError, rf"{ONE_SHAPE} \(4, 3\) and \(2, 3\)"),
    ((np.full((4, 3), 0.5), np.ones((4, 1))), ValueError, ONE_SHAPE),
    ((np.full((1, 3), 0.5), np.ones((4, 3))), ValueError, ONE_SHAPE),
    (([[0.5]] * 4, np.ones(4)), ValueError, rf"{ONE_SHAPE}.*; try labels.reshape\(-1, 1\)$"),
)
NO_LABELS = ([[0.5]], [[1.5]]), ValueError, r"expected labels in \[0, 1\], .*; try coding the cl"
NO_PROBABILITY = ([[1.5]], [[1.0]]), ValueError, r"expected probabilities in \[0, 1\], .*; try a L"

PER_ELEMENT = np.random.default_rng(1).uniform(0.5, 2, (4, 3))
PER_COLUMN = np.array([0.5, 1.0, 3.0])
PER_ROW = np.array([[1.0], [2.0], [0.0], [0.5]])
WEIGHTS = [{"weight": w} for w in (PER_ELEMENT, PER_COLUMN, PER_ROW, np.array(2.0))]
POS_WEIGHTS = [
    {"pos_weight": PER_COLUMN},
    {"pos_weight": np.array(3.0)},
    {"pos_weight": PER_COLUMN, "weight": PER_ROW},
]


def weighed(loss: Any, unreduced: Node) -> Node:
    return unreduced if loss.weight is None else unreduced * loss.weight


def bce_on_graph(loss: Any, p: Node, y: np.ndarray) -> Node:
    return weighed(loss, -(y * log(p) + (1 - y) * log(1 - p)))


def logits_on_graph(loss: Any, x: Node, y: np.ndarray) -> Node:
    pos_weight = 1 if loss.pos_weight is None else loss.pos_weight
    positive = pos_weight * y * log(1 + exp(-x))
    return weighed(loss, positive + (1 - y) * log(1 + exp(x)))


def binary(
    kind: type[Loss],
    predicts: Callable,
    values: Callable[[type], np.ndarray],
    perfect: Inputs,
    options: list[dict[str, Any]],
    on_graph: Callable[..., Node],
    *refused: Refused,
) -> list[LossCase]:
    hard, soft = pairs(predicts, classes), pairs(predicts, probabilities)
    name = kind.__name__
    return [
        LossCase(
            kind, hard, (4, 3), name, perfect=perfect, extremes=elements(values), on_graph=on_graph,
            bad_inputs=(*ELEMENTWISE_BAD, NO_LABELS, *refused),
            bad_options=(({"weight": [np.nan]}, ValueError, "^weight: expected finite numbers"),),
        ),
        LossCase(kind, soft, (4, 3), name, on_graph=on_graph),
        LossCase(kind, one_pair(hard), (), name, on_graph=on_graph),
        *[LossCase(kind, hard, (4, 3), name, option, on_graph=on_graph) for option in options],
    ]  # fmt: skip


CASES = [
    *binary(
        losses.BCELoss, probabilities, any_probability,
        ([[0.0], [1.0]], [[0.0], [1.0]]), WEIGHTS, bce_on_graph, NO_PROBABILITY,
    ),
    *binary(
        losses.BCEWithLogitsLoss, numbers, any_number,
        ([[-1000.0], [1000.0]], [[0.0], [1.0]]), WEIGHTS + POS_WEIGHTS, logits_on_graph,
    ),
]  # fmt: skip
