"""Cases of the losses of distances and angles between embeddings."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from minidl import losses
from minidl.graph import Node, absolute, relu, total
from tests.contracts.loss_cases.case import LARGE, TINY, Inputs, LossCase, any_number
from tests.contracts.loss_cases.elements import elements, numbers, pairs
from tests.contracts.loss_cases.margins import BOTH, SIGNS_BAD, signs


def triplets(*shape: int) -> Callable[[np.random.Generator], Inputs]:
    return lambda rng: tuple(rng.standard_normal((3, *shape)))


def far_apart(dtype: type) -> Iterable[Inputs]:
    """Triplets whose distances are still finite, among them equal embeddings."""
    sizes = [0.0, 1.0, LARGE[dtype] / 8, TINY[dtype]]
    for three in itertools.product(sizes, repeat=3):
        yield tuple(np.array([[size, -size]], dtype) for size in three)


def triplet_on_graph(loss: Any, anchor: Node, positive: Node, negative: Node) -> Node:
    def distance(one: Node, other: Node) -> Node:
        return total(absolute(one - other + loss.eps) ** loss.p, -1) ** (1 / loss.p)

    return relu(distance(anchor, positive) - distance(anchor, negative) + loss.margin)


def triplet(make: Callable, shape: tuple[int, ...], **options: Any) -> LossCase:
    return LossCase(
        losses.TripletMarginLoss, make, shape, "TripletMarginLoss", options,
        perfect=([[1.0, 2.0]], [[1.0, 2.1]], [[5.0, -4.0]]),
        extremes=far_apart,
        on_graph=None if options.get("swap") or options.get("p") == np.inf else triplet_on_graph,
    )  # fmt: skip


def likeness(*shape: int) -> Callable[[np.random.Generator], Inputs]:
    """Return a maker of two embeddings and of labels, the first two of which differ."""

    def make(rng: np.random.Generator) -> Inputs:
        labels = rng.choice(BOTH, shape[:-1])
        labels.flat[:2] = BOTH[: labels.size]
        return rng.standard_normal(shape), 0.5 + rng.standard_normal(shape), labels

    return make


def cosine_on_graph(loss: Any, one: Node, other: Node, y: np.ndarray) -> Node:
    squares = [total(x * x, -1) + 1e-12 for x in (one, other)]
    cosine = total(one * other, -1) * (squares[0] * squares[1]) ** -0.5
    return (1 - cosine) * (y > 0) + relu(cosine - loss.margin) * (y < 0)


def any_angle(dtype: type) -> Iterable[Inputs]:
    for three in far_apart(dtype):
        for label in BOTH:
            yield *three[:2], np.array([label], dtype)


def hinge_on_graph(loss: Any, x: Node, y: np.ndarray) -> Node:
    return x * (y > 0) + relu(loss.margin - x) * (y < 0)


A, B = np.ones((4, 3)), np.ones((3, 4))
CASES = [
    LossCase(
        losses.TripletMarginLoss, triplets(4, 3), (4,), "TripletMarginLoss",
        bad_inputs=(
            ((A, A, B), ValueError, r"anchor, positive and negative of one shape, received \(4, 3"),
            ((A, A[:1], A), ValueError, "anchor, positive and negative of one shape, received"),
            ((1.0, 2.0, 3.0), ValueError, r"embeddings of shape \(N, D\) or \(D,\), received sin"),
        ),
        bad_options=(
            ({"margin": 0}, ValueError, "^margin: expected a finite number > 0, received 0"),
            ({"margin": "mean"}, TypeError, "^margin: expected a number"),
            ({"p": 0.5}, ValueError, "^p: expected a finite number ≥ 1, received 0.5"),
            ({"eps": -1e-6}, ValueError, "^eps: expected a finite number ≥ 0"),
        ),
    ),
    triplet(triplets(4, 3), (4,)),
    triplet(triplets(4, 3), (4,), margin=3.0, p=1.0),
    triplet(triplets(5, 3), (5,), margin=2.0, p=3.0, eps=0.1),
    triplet(triplets(5, 3), (5,), margin=2.0, p=np.inf),
    triplet(triplets(5, 3), (5,), margin=2.0, swap=True),
    triplet(triplets(5, 3), (5,), margin=2.0, swap=True, p=1.5),
    triplet(triplets(3), (), margin=5.0),
    triplet(triplets(2, 4, 3), (2, 4), margin=2.0),
    LossCase(
        losses.HingeEmbeddingLoss, pairs(numbers, signs), (4, 3), "HingeEmbeddingLoss",
        perfect=([[3.0]], [[-1.0]]),
        extremes=elements(any_number, BOTH),
        on_graph=hinge_on_graph,
        bad_inputs=SIGNS_BAD,
        bad_options=(({"margin": "mean"}, TypeError, "^margin: expected a number"),),
    ),
    LossCase(
        losses.HingeEmbeddingLoss, pairs(numbers, signs), (4, 3), "HingeEmbeddingLoss",
        {"margin": 3.0},
    ),
    LossCase(
        losses.CosineEmbeddingLoss, likeness(4, 3), (4,), "CosineEmbeddingLoss",
        perfect=([[1.0, 2.0]], [[-2.0, 0.5]], [-1.0]),
        extremes=any_angle,
        on_graph=cosine_on_graph,
        bad_inputs=(
            ((A, B, [1] * 4), ValueError, r"expected first and second of one shape, received \(4"),
            ((A, A, np.ones((4, 1))), ValueError, r"labels of shape \(N,\).*; try labels.ravel"),
            ((A, A, [1, -1]), ValueError, r"received \(4, 3\) and \(2,\)$"),
            ((A, A, [1, -1, 0, 1]), ValueError, r"1 and -1, received 0 at index \(2,\); try 2"),
            ((1.0, 1.0, 1), ValueError, r"embeddings of shape \(N, D\)"),
        ),
        bad_options=(({"margin": 1.5}, ValueError, "^margin: .* ≥ -1 and ≤ 1, received 1.5"),),
    ),
    LossCase(
        losses.CosineEmbeddingLoss, likeness(3), (), "CosineEmbeddingLoss", {"margin": 0.3}
    ),
]  # fmt: skip
