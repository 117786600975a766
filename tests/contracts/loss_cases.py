"""One case, or more, for every loss: how it is built, what it is fed, and what it refuses."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from minidl import losses
from minidl.losses import Loss
from minidl.losses.binary import BinaryLoss

Inputs = tuple[Any, ...]
Refused = tuple[Inputs, type[Exception], str]

LARGE = {np.float64: 1e308, np.float32: 3e38}
TINY = {np.float64: 5e-324, np.float32: 1e-45}


@dataclass(frozen=True)
class LossCase:
    """What the contract needs to know of a loss.

    `make(rng)` draws legal inputs, floats in float64; `shape` is that of the unreduced losses for
    them. `divisor` tells what the mean divides their sum by, where it is not their number.
    `perfect` are inputs that cost exactly 0 and have a gradient of 0. `extremes(dtype)` are inputs
    for which value and gradient have to be finite, and PyTorch's unless `exact_in_pytorch` is
    False. `pytorch` is the counterpart in `torch.nn`.
    """

    kind: type[Loss]
    make: Callable[[np.random.Generator], Inputs]
    shape: tuple[int, ...]
    pytorch: str
    options: dict[str, Any] = field(default_factory=dict)
    divisor: Callable[..., float] | None = None
    perfect: Inputs | None = None
    extremes: Callable[[type], Iterable[Inputs]] = lambda dtype: ()
    exact_in_pytorch: bool = True
    bad_inputs: tuple[Refused, ...] = ()
    bad_options: tuple[tuple[dict[str, Any], type[Exception], str], ...] = ()

    def build(self, reduction: str = "mean") -> Loss:
        return self.kind(reduction=reduction, **self.options)

    def inputs(self, dtype: type = np.float64, seed: int = 0) -> Inputs:
        """Return legal inputs that cannot be written to."""
        return read_only(self.make(np.random.default_rng(seed)), dtype)

    def __str__(self) -> str:
        shown = ", ".join(
            f"{key}{value.shape}" if isinstance(value, np.ndarray) else f"{key}={value}"
            for key, value in self.options.items()
        )
        return f"{self.kind.__name__}({shown}) of {self.shape}"


def read_only(inputs: Inputs, dtype: type) -> Inputs:
    """Return inputs as arrays that cannot be written to, those of floats in a dtype."""
    arrays = [np.array(x) for x in inputs]
    arrays = [x.astype(dtype) if x.dtype.kind == "f" else x for x in arrays]
    for x in arrays:
        x.setflags(write=False)
    return tuple(arrays)


# Elements


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


def elements(values: Callable[[type], np.ndarray]) -> Callable[[type], Iterable[Inputs]]:
    """Return extremes of one element, each against labels of 0, 0.3 and 1."""

    def inputs(dtype: type) -> Iterable[Inputs]:
        for predict, label in itertools.product(values(dtype), [0.0, 0.3, 1.0]):
            yield np.array([[predict]], dtype), np.array([[label]], dtype)

    return inputs


def any_number(dtype: type) -> np.ndarray:
    sizes = np.array([0.0, 1e3, LARGE[dtype], TINY[dtype], np.finfo(dtype).tiny], dtype)
    return np.append(sizes, -sizes)


def any_probability(dtype: type) -> np.ndarray:
    info = np.finfo(dtype)
    return np.array([0, info.smallest_subnormal, info.tiny, 0.5, 1 - info.epsneg, 1], dtype)


def roots(dtype: type) -> np.ndarray:
    """Numbers whose squares are still finite."""
    x = any_number(dtype)
    return np.sign(x) * np.sqrt(np.abs(x)) / 10


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


def binary(
    kind: type[Loss],
    predicts: Callable,
    values: Callable[[type], np.ndarray],
    perfect: Inputs,
    options: list[dict[str, Any]],
    *refused: Refused,
) -> list[LossCase]:
    hard, soft = pairs(predicts, classes), pairs(predicts, probabilities)
    name = kind.__name__
    return [
        LossCase(
            kind, hard, (4, 3), name, perfect=perfect, extremes=elements(values),
            bad_inputs=(*ELEMENTWISE_BAD, NO_LABELS, *refused),
            bad_options=(({"weight": [np.nan]}, ValueError, "^weight: expected finite numbers"),),
        ),
        LossCase(kind, soft, (4, 3), name),
        LossCase(kind, one_pair(hard), (), name),
        *[LossCase(kind, hard, (4, 3), name, option) for option in options],
    ]  # fmt: skip


# Classes

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


def cross_entropy(make: Callable, shape: tuple[int, ...], divisor: Any = None, **options: Any):
    bad: tuple[Refused, ...] = ()
    if "weight" in options:
        fits = r"weight: expected a shape of \(2,\), .*, received \(3,\)"
        bad = (((np.ones((4, 2)), [0, 1, 1, 0]), ValueError, fits),)
    return LossCase(
        losses.CrossEntropyLoss, make, shape, "CrossEntropyLoss", options, divisor, bad_inputs=bad
    )


def weighted(ignored: int = IGNORED) -> Callable[..., float]:
    return lambda predicts, labels: weights_of(labels, ignored)


def counted(predicts: np.ndarray, labels: np.ndarray) -> int:
    return np.count_nonzero(labels != IGNORED)


SMOOTHED = {"label_smoothing": 0.2}
WEIGHED = {"weight": CLASS_WEIGHTS}
CROSS_ENTROPY = [
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


# Embeddings


def triplets(*shape: int) -> Callable[[np.random.Generator], Inputs]:
    return lambda rng: tuple(rng.standard_normal((3, *shape)))


def far_apart(dtype: type) -> Iterable[Inputs]:
    """Triplets whose distances are still finite, among them equal embeddings."""
    sizes = [0.0, 1.0, LARGE[dtype] / 8, TINY[dtype]]
    for three in itertools.product(sizes, repeat=3):
        yield tuple(np.array([[size, -size]], dtype) for size in three)


def triplet(make: Callable, shape: tuple[int, ...], **options: Any) -> LossCase:
    return LossCase(
        losses.TripletMarginLoss, make, shape, "TripletMarginLoss", options,
        perfect=([[1.0, 2.0]], [[1.0, 2.1]], [[5.0, -4.0]]),
        extremes=far_apart,
        exact_in_pytorch=False,  # margin + d(a, p) − d(a, n) loses the margin to a large d(a, p)
    )  # fmt: skip


A, B = np.ones((4, 3)), np.ones((3, 4))
TRIPLETS = [
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

CASES = [
    *binary(
        losses.BCELoss, probabilities, any_probability,
        ([[0.0], [1.0]], [[0.0], [1.0]]), WEIGHTS, NO_PROBABILITY,
    ),
    *binary(
        losses.BCEWithLogitsLoss, numbers, any_number,
        ([[-1000.0], [1000.0]], [[0.0], [1.0]]), WEIGHTS + POS_WEIGHTS,
    ),
    LossCase(
        losses.MSELoss, pairs(numbers, numbers), (4, 3), "MSELoss",
        perfect=([[3.0, -2.0]], [[3.0, -2.0]]),
        extremes=elements(roots),
        bad_inputs=ELEMENTWISE_BAD,
        bad_options=(({"weight": 2.0}, TypeError, "weight"),),
    ),
    LossCase(losses.MSELoss, one_pair(pairs(numbers, numbers)), (), "MSELoss"),
    *CROSS_ENTROPY,
    *TRIPLETS,
]  # fmt: skip

# What has no case because a subclass must finish it.
ABSTRACT = {
    Loss,
    BinaryLoss,
    losses.ClassIndexedLoss,
    losses.ElementwiseLoss,
    losses.WeightedElementwiseLoss,
}
