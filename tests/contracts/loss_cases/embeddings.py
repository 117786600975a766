"""Cases of the losses of distances between embeddings."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from minidl import losses
from minidl.graph import Node, absolute, relu, total
from tests.contracts.loss_cases.case import LARGE, TINY, Inputs, LossCase


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
        exact_in_pytorch=False,  # margin + d(a, p) − d(a, n) loses the margin to a large d(a, p)
    )  # fmt: skip


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
]  # fmt: skip
