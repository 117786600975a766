"""Cases of the losses against the index of the right class."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from minidl import losses
from minidl.graph import Node, exp, log, total
from tests.contracts.loss_cases.case import Inputs, LossCase, Refused, any_number

CLASS_WEIGHTS = np.array([0.5, 1.0, 3.0])
IGNORED = -100


def indexed(*shape: int, ignored: int | None = None) -> Callable[[np.random.Generator], Inputs]:
    """Return a maker of logits with a second axis of 3 classes, and of labels for them."""

    def make(rng: np.random.Generator) -> Inputs:
        logits = 3 * rng.standard_normal((*shape[:1], 3, *shape[1:]))
        labels = rng.integers(0, 3, shape)
        if ignored is not None:
            labels.flat[[0, -1]] = ignored
        return logits, labels

    return make


def soft(*shape: int) -> Callable[[np.random.Generator], Inputs]:
    """Return a maker of logits with a second axis of 3 classes, and of probabilities for them."""

    def make(rng: np.random.Generator) -> Inputs:
        logits, _ = indexed(*shape)(rng)
        labels = rng.uniform(0.1, 1, logits.shape)
        return logits, labels / labels.sum(axis=min(1, logits.ndim - 1), keepdims=True)

    return make


def weights_of(labels: np.ndarray, ignored: int = IGNORED) -> float:
    return CLASS_WEIGHTS[labels[labels != ignored]].sum()


def any_logits(dtype: type) -> Iterable[Inputs]:
    values = any_number(dtype)
    for logits, label in itertools.product(itertools.product(values, repeat=2), range(2)):
        yield np.array([logits], dtype), np.array([label])


INDEXED_BAD = (
    ((np.ones((4, 3)), [0.0, 1.0, 2.0, 0.0]), TypeError, r"labels: expected the index .*astype\(i"),
    ((np.ones((4, 3)), [0, 1, 2]), ValueError, r"expected labels of shape \(4,\), .* \(4, 3\), r"),
    ((np.ones((4, 3)), [[0], [1], [2], [0]]), ValueError, r"received \(4, 1\); try labels.resh"),
    ((np.ones((4, 3)), np.eye(4, 3, dtype=int)), ValueError, r"try labels.argmax\(axis=1\)"),
    ((np.ones((4, 3)), [0, 1, 3, 5]), ValueError, r"in 0 … 2.*, received 3 at index \(2,\); try"),
    ((np.ones((4, 3)), [0, -1, 0, 0]), ValueError, r"in 0 … 2.*, received -1 at index \(1,\)"),
    ((1.0, 0), ValueError, r"expected predictions of shape \(N, C\).*, received a single number"),
)
NO_DISTRIBUTION = r"expected probabilities in \[0, 1\] that sum to 1 .*; try BCEWithLogitsLoss"
SOFT_BAD = (
    ((np.ones((2, 3)), [[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]]), ValueError, NO_DISTRIBUTION),
    ((np.ones((1, 3)), [[1.5, -0.5, 0.0]]), ValueError, NO_DISTRIBUTION),
    ((np.ones((1, 3)), [[np.nan, 0.5, 0.5]]), ValueError, NO_DISTRIBUTION),
)


def cross_entropy_on_graph(loss: Any, x: Node, labels: np.ndarray) -> Node:
    """Return the losses with the class last, as the targets are easily written."""
    axis, C = min(1, x.value.ndim - 1), x.value.shape[min(1, x.value.ndim - 1)]
    if labels.dtype.kind == "f":
        q = np.moveaxis(labels, axis, -1)
        q = (1 - loss.label_smoothing) * q + loss.label_smoothing / C
    else:
        counted = labels != loss.ignore_index
        q = np.eye(C)[np.where(counted, labels, 0)]
        q = ((1 - loss.label_smoothing) * q + loss.label_smoothing / C) * counted[..., None]
    targets = np.moveaxis(q * (1 if loss.weight is None else loss.weight), -1, axis)
    log_p = x - log(total(exp(x), axis, keepdims=True))
    return -total(targets * log_p, axis)


def cross_entropy(make: Callable, shape: tuple[int, ...], divisor: Any = None, **options: Any):
    bad: tuple[Refused, ...] = ()
    if "weight" in options:
        fits = r"weight: expected a shape of \(2,\), .*, received \(3,\)"
        bad = (((np.ones((4, 2)), [0, 1, 1, 0]), ValueError, fits),)
    return LossCase(
        losses.CrossEntropyLoss,
        make,
        shape,
        "CrossEntropyLoss",
        options,
        divisor,
        bad_inputs=bad,
        on_graph=cross_entropy_on_graph,
    )


def weighted(ignored: int = IGNORED) -> Callable[..., float]:
    return lambda predicts, labels: weights_of(labels, ignored)


def counted(predicts: np.ndarray, labels: np.ndarray) -> int:
    return np.count_nonzero(labels != IGNORED)


SMOOTHED = {"label_smoothing": 0.2}
WEIGHED = {"weight": CLASS_WEIGHTS}
LABELS_OF_NOTHING = [[0.0, -3.0], [-1.0, 0.0]], [0, 1]


def likelihood_on_graph(loss: Any, x: Node, labels: np.ndarray) -> Node:
    axis = min(1, x.value.ndim - 1)
    counted = labels != loss.ignore_index
    known = np.where(counted, labels, 0)
    weight = counted * (1 if loss.weight is None else loss.weight[known])
    targets = np.moveaxis(np.eye(x.value.shape[axis])[known] * weight[..., None], -1, axis)
    return -total(targets * x, axis)


def likelihood(make: Callable, shape: tuple[int, ...], divisor: Any = None, **options: Any):
    return LossCase(
        losses.NLLLoss, make, shape, "NLLLoss", options, divisor, on_graph=likelihood_on_graph
    )


CASES = [
    LossCase(
        losses.NLLLoss, indexed(4), (4,), "NLLLoss",
        perfect=LABELS_OF_NOTHING,
        rests=False,
        extremes=any_logits,
        on_graph=likelihood_on_graph,
        bad_inputs=INDEXED_BAD,
        bad_options=(
            ({"weight": [1.0, np.inf]}, ValueError, "^weight: expected finite numbers"),
            ({"ignore_index": 0.5}, TypeError, "^ignore_index: expected a whole number"),
        ),
    ),
    likelihood(indexed(4, ignored=IGNORED), (4,), weighted(), **WEIGHED),
    likelihood(indexed(2, 5, 4, ignored=1), (2, 5, 4), weighted(1), **WEIGHED, ignore_index=1),
    likelihood(indexed(), ()),
    LossCase(
        losses.CrossEntropyLoss, indexed(4), (4,), "CrossEntropyLoss",
        perfect=([[1000.0, 0.0, -1000.0]], [0]),
        extremes=any_logits,
        bad_inputs=INDEXED_BAD + SOFT_BAD,
        bad_options=(
            ({"weight": [1.0, np.inf]}, ValueError, "^weight: expected finite numbers"),
            ({"weight": "mean"}, TypeError, "^weight: expected an array of real numbers"),
            ({"ignore_index": 0.5}, TypeError, "^ignore_index: expected a whole number"),
            ({"label_smoothing": 1.5}, ValueError, "^label_smoothing: expected a finite number ≥ "),
        ),
    ),
    cross_entropy(indexed(4, ignored=IGNORED), (4,), counted),
    cross_entropy(indexed(4, ignored=IGNORED), (4,), counted, **SMOOTHED),
    cross_entropy(indexed(4), (4,), weighted(), **WEIGHED),
    cross_entropy(indexed(4, ignored=IGNORED), (4,), weighted(), **WEIGHED, **SMOOTHED),
    cross_entropy(indexed(5, ignored=1), (5,), weighted(1), **WEIGHED, **SMOOTHED, ignore_index=1),
    cross_entropy(indexed(4, 2), (4, 2), weighted(), **WEIGHED),
    cross_entropy(indexed(2, 5, 4, ignored=IGNORED), (2, 5, 4), counted, **SMOOTHED),
    cross_entropy(indexed(), (), None),
    cross_entropy(indexed(), (), weighted(), **WEIGHED, **SMOOTHED),
    cross_entropy(soft(4), (4,)),
    cross_entropy(soft(4), (4,), **WEIGHED, **SMOOTHED),
    cross_entropy(soft(4, 2, 5), (4, 2, 5), **WEIGHED),
    cross_entropy(soft(), (), **SMOOTHED),
]  # fmt: skip
