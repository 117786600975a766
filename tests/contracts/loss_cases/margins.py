"""Cases of the losses of margins, hard and soft."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from minidl import losses
from minidl.graph import Node, exp, log, relu, total
from tests.contracts.loss_cases.case import LARGE, TINY, Inputs, LossCase, any_number
from tests.contracts.loss_cases.classes import (
    CLASS_WEIGHTS,
    INDEXED_BAD,
    WEIGHED,
    any_logits,
    indexed,
)
from tests.contracts.loss_cases.elements import (
    ELEMENTWISE_BAD,
    NO_LABELS,
    classes,
    elements,
    numbers,
    one_pair,
    pairs,
    weighed,
)
from tests.contracts.loss_cases.numbers import roots

BOTH = (1.0, -1.0)


def signs(rng: np.random.Generator) -> np.ndarray:
    return 2 * classes(rng) - 1


def pairs_and_signs(rng: np.random.Generator) -> Inputs:
    return numbers(rng), numbers(rng), signs(rng)


NO_SIGNS = r"expected labels of 1 and -1, received 0 at index \(0, 1\); try 2 \* labels - 1 where"
SIGNS_BAD = (*ELEMENTWISE_BAD, (([[0.5, 0.5]], [[1.0, 0.0]]), ValueError, NO_SIGNS))


def ranks(dtype: type) -> Iterable[Inputs]:
    for one, other, label in itertools.product(roots(dtype), roots(dtype), BOTH):
        yield tuple(np.array([[x]], dtype) for x in (one, other, label))


# Several classes, any number of them right


def three(make: Callable) -> Callable[[np.random.Generator], Inputs]:
    """Return a maker of the first row of each input."""
    return lambda rng: tuple(x[0] for x in make(rng))


def soft_on_graph(loss: Any, x: Node, y: np.ndarray) -> Node:
    losses_ = y * log(1 + exp(-x)) + (1 - y) * log(1 + exp(x))
    return total(weighed(loss, losses_), -1) / x.value.shape[-1]


def single_rows(values: Callable[[type], np.ndarray]) -> Callable[[type], Iterable[Inputs]]:
    return lambda dtype: elements(values)(dtype)


LISTED = np.array([[1, 0, -1, 2], [3, -1, 0, 0], [-1, 0, 0, 0], [2, 2, 1, -1]])


def listed(rng: np.random.Generator) -> Inputs:
    """Rows of two, one, no and three classes, of which one stands there twice."""
    return rng.standard_normal((4, 4)), LISTED


def listed_on_graph(loss: Any, x: Node, labels: np.ndarray) -> Node:
    """Return the losses pair by pair."""
    rows = labels.reshape(-1, labels.shape[-1])
    C, losses_ = rows.shape[1], 0.0
    for n, row in enumerate(rows):
        own = list(itertools.takewhile(lambda j: j >= 0, row))
        for j, i in itertools.product(own, set(range(C)) - set(own)):
            pair = np.zeros(rows.shape)
            pair[n, [i, j]] = 1, -1
            term = relu(1 + total(x * pair.reshape(labels.shape), None)) / C
            losses_ = losses_ + term * np.eye(len(rows))[n].reshape(labels.shape[:-1])
    return losses_


def any_pair(dtype: type) -> Iterable[Inputs]:
    """Two classes, of which the second, the first or none is right."""
    sizes = [0.0, 1.0, -1.0, 1e3, LARGE[dtype] / 8, -LARGE[dtype] / 8, TINY[dtype]]
    for x, labels in itertools.product(itertools.product(sizes, repeat=2), ([1, -1], [0, -1])):
        yield np.array([x], dtype), np.array([labels])


def multi_on_graph(loss: Any, x: Node, labels: np.ndarray) -> Node:
    axis = x.value.ndim - 1
    right = np.eye(x.value.shape[axis])[labels]
    leads = total(x * right, axis, keepdims=True) - x
    terms = relu(loss.margin - leads) ** loss.p * (1 - right)
    weight = 1 if loss.weight is None else loss.weight[labels]
    return total(terms, axis) / x.value.shape[axis] * weight


def hinge_on_graph(loss: Any, x: Node, labels: np.ndarray) -> Node:
    axis = x.value.ndim - 1
    right = np.eye(x.value.shape[axis])[labels]
    terms = relu(x - total(x * right, axis, keepdims=True) + loss.margin) * (1 - right)
    return total(terms, axis) * (1 if loss.weight is None else loss.weight[labels])


def hinge(make: Callable, shape: tuple[int, ...], **options: Any) -> LossCase:
    return LossCase(
        losses.MulticlassHingeLoss, make, shape, "MultiMarginLoss", options,
        times=3,  # as many as there are classes
        on_graph=hinge_on_graph,
    )  # fmt: skip


def multi(make: Callable, shape: tuple[int, ...], **options: Any) -> LossCase:
    return LossCase(
        losses.MultiMarginLoss, make, shape, "MultiMarginLoss", options, on_graph=multi_on_graph
    )


FLAT = r"expected predictions of shape \(N, C\) or \(C,\), received \(2, 3, 2\); try a row"
CASES = [
    LossCase(
        losses.SoftMarginLoss, pairs(numbers, signs), (4, 3), "SoftMarginLoss",
        perfect=([[1000.0, -1000.0]], [[1.0, -1.0]]),
        extremes=elements(any_number, BOTH),
        on_graph=lambda loss, x, y: log(1 + exp(-y * x)),
        bad_inputs=SIGNS_BAD,
    ),
    LossCase(losses.SoftMarginLoss, one_pair(pairs(numbers, signs)), (), "SoftMarginLoss"),
    LossCase(
        losses.MarginRankingLoss, pairs_and_signs, (4, 3), "MarginRankingLoss",
        perfect=([[3.0]], [[1.0]], [[1.0]]),
        extremes=ranks,
        on_graph=lambda loss, one, other, y: relu(loss.margin - y * (one - other)),
        bad_inputs=(
            ((np.ones((3, 1)), np.ones((3, 1)), [1, 1, -1]), ValueError,
             r"expected first, second and labels of one shape, .*; try labels.reshape\(-1, 1\)"),
            (([[0.5, 1.0]], [[1.0, 2.0]], [[1.0, 0.0]]), ValueError, NO_SIGNS),
        ),
        bad_options=(({"margin": np.nan}, ValueError, "^margin: expected a finite number"),),
    ),
    LossCase(
        losses.MarginRankingLoss, pairs_and_signs, (4, 3), "MarginRankingLoss", {"margin": 2.0}
    ),
    LossCase(
        losses.MultiLabelSoftMarginLoss, pairs(numbers, classes), (4,), "MultiLabelSoftMarginLoss",
        perfect=([[1000.0, -1000.0]], [[1.0, 0.0]]),
        extremes=single_rows(any_number),
        on_graph=soft_on_graph,
        bad_inputs=(
            *ELEMENTWISE_BAD,
            NO_LABELS,
            ((0.5, 1.0), ValueError, r"\(N, C\) or \(C,\), received a single number; try BCEW"),
        ),
        bad_options=(({"weight": [np.nan]}, ValueError, "^weight: expected finite numbers"),),
    ),
    LossCase(
        losses.MultiLabelSoftMarginLoss, three(pairs(numbers, classes)), (),
        "MultiLabelSoftMarginLoss", WEIGHED, on_graph=soft_on_graph,
        bad_inputs=(((np.ones((1, 2)), np.ones((1, 2))), ValueError, "weight: expected a shape"),),
    ),
    LossCase(
        losses.MultiMarginLoss, indexed(4), (4,), "MultiMarginLoss",
        perfect=([[1000.0, 0.0, -1000.0]], [0]),
        extremes=lambda dtype: [(x / 8, y) for x, y in any_logits(dtype)],
        on_graph=multi_on_graph,
        bad_inputs=(
            *INDEXED_BAD,
            ((np.ones((2, 3, 2)), np.ones((2, 2), int)), ValueError, FLAT),
            ((np.ones((1, 3)), [-100]), ValueError, r"labels in 0 … 2, received -100 at index"),
        ),
        bad_options=(
            ({"p": 3}, ValueError, "^p: expected one of 1, 2, received 3"),
            ({"weight": [np.inf]}, ValueError, "^weight: expected finite numbers"),
        ),
    ),
    multi(indexed(4), (4,), p=2, margin=2.0, weight=CLASS_WEIGHTS),
    multi(indexed(), (), margin=4.0),
    LossCase(
        losses.MulticlassHingeLoss, indexed(4), (4,), "MultiMarginLoss", times=3,
        exact_in_pytorch=False,  # a third of the smallest numbers is none
        perfect=([[1000.0, 0.0, -1000.0]], [0]),
        extremes=lambda dtype: [(x / 8, y) for x, y in any_logits(dtype)],
        on_graph=hinge_on_graph,
        bad_inputs=(
            *INDEXED_BAD,
            ((np.ones((2, 3, 2)), np.ones((2, 2), int)), ValueError, FLAT),
            ((np.ones((1, 3)), [-100]), ValueError, r"labels in 0 … 2, received -100 at index"),
        ),
        bad_options=(
            ({"margin": np.inf}, ValueError, "^margin: expected a finite number"),
            ({"weight": [np.inf]}, ValueError, "^weight: expected finite numbers"),
        ),
    ),
    hinge(indexed(4), (4,), margin=2.0, weight=CLASS_WEIGHTS),
    hinge(indexed(), (), margin=4.0),
    LossCase(
        losses.MultiLabelMarginLoss, listed, (4,), "MultiLabelMarginLoss",
        perfect=([[9.0, 5.0, 3.0]], [[0, 1, -1]]),
        extremes=any_pair,
        on_graph=listed_on_graph,
        bad_inputs=(
            ((np.ones((1, 3)), [[0.0, 1.0, -1.0]]), TypeError, r"indices of .*labels.astype\(int"),
            ((np.ones((2, 3)), [[0, -1, -1]]), ValueError, "of one shape, .*; try filling rows up"),
            ((np.ones((1, 3)), [[0, -1, 3]]), ValueError, r"in 0 … 2, or -1 .*received 3 at index"),
            ((np.ones((1, 3)), [[-2, -1, 0]]), ValueError, r"received -2 at index \(0, 0\)"),
            ((np.ones((2, 3, 2)), np.ones((2, 3, 2), int)), ValueError, FLAT),
            ((0.5, 1), ValueError, r"expected predictions of shape \(N, C\) or \(C,\)"),
        ),
    ),
    LossCase(losses.MultiLabelMarginLoss, three(listed), (), "MultiLabelMarginLoss"),
]  # fmt: skip
