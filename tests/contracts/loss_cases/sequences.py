"""Cases of the loss of sequences."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from minidl import losses
from minidl.graph import Node, exp, log, total
from minidl.numerics import log_softmax
from tests.contracts.loss_cases.case import Inputs, LossCase


def sequences(*targets: list[int], T: int = 4, C: int = 3) -> Callable:
    """Return a maker of log-probabilities, the targets, one moment less for each, and lengths."""

    def make(rng: np.random.Generator) -> Inputs:
        log_probs = log_softmax(rng.standard_normal((T, len(targets), C)))
        lengths = np.array([len(target) for target in targets])
        padded = [target + [0] * (max(lengths) - len(target)) for target in targets]
        return log_probs, np.array(padded), T - np.arange(len(targets)), lengths

    return make


def one_sequence(rng: np.random.Generator) -> Inputs:
    log_probs, targets, moments, lengths = sequences([1, 2])(rng)
    return log_probs[:, 0], targets[0], moments[0], lengths[0]


def reads_as(path: tuple[int, ...], blank: int) -> list[int]:
    return [label for label, _ in itertools.groupby(path) if label != blank]


def ctc_on_graph(loss: Any, x: Node, targets: np.ndarray, moments: Any, lengths: Any) -> Node:
    """Return the losses path by path; through a log-softmax, since the gradient is meant so."""
    x = x - log(total(exp(x), -1, keepdims=True))
    shape, C = x.value.shape, x.value.shape[-1]
    N, losses_ = np.size(moments), 0.0
    for n in range(N):
        T, S = np.ravel(moments)[n], np.ravel(lengths)[n]
        target, probability = list(np.atleast_2d(targets)[n, :S]), 0.0
        for path in itertools.product(range(C), repeat=T):
            if reads_as(path, loss.blank) == target:
                said = np.zeros((shape[0], N, C))
                said[range(T), n, path] = 1
                probability = probability + exp(total(x * said.reshape(shape), None))
        losses_ = losses_ - log(probability) * np.eye(N)[n].reshape(shape[1:-1])
    return losses_


def of_lengths(log_probs: Any, targets: Any, moments: Any, lengths: np.ndarray) -> float:
    return float(np.maximum(lengths, 1).sum())


def certain(dtype: type) -> Iterable[Inputs]:
    """Classes that are certain, or as good as impossible, for a target of any length."""
    for p, q, label in itertools.product([0.0, -1e3, -1e25], repeat=3):
        x = np.array([[[p, q, label]], [[label, p, q]], [[q, label, p]]], dtype)
        for target in ([1, 2], [1, 0], [0, 0]):
            yield x, np.array([target]), np.array([3]), np.array([np.count_nonzero(target)])


X, WORDS = np.zeros((4, 2, 3)), [[1, 2], [2, 1]]


INDEX_TYPES = (
    ((X, [[1.0, 2.0], [2.0, 1.0]], [4, 4], [2, 2]), TypeError, r"try targets.astype\(int\)"),
    ((X, WORDS, [4.0, 4.0], [2, 2]), TypeError, "input_lengths: expected whole numbers"),
)
NO_LABELS = tuple(
    ((X, targets, [4, 4], [2, 2]), ValueError, f"in 0 … 2 other than the blank, 0, received {said}")
    for targets, said in [
        ([[1, 3], [2, 1]], "3 as label 1 of sample 0; try counting the blank"),
        ([[1, 1], [2, 0]], "0 as label 1 of sample 1"),
        ([[1, -1], [2, 1]], "-1 as label 1 of sample 0"),
    ]
)
NO_LENGTHS = tuple(
    ((X, WORDS, *lengths), ValueError, words)
    for *lengths, words in [
        (
            [4, 5],
            [2, 2],
            "input_lengths: expected lengths from 0 to 4, received values from 4 to 5",
        ),
        ([4, -1], [2, 2], "input_lengths: expected lengths from 0 to 4, received values from -1 "),
        ([4, 4], [2, 3], "target_lengths: expected lengths from 0 to 2, received values from 2 t"),
        ([4], [2, 2], "input_lengths: expected 2, one for each sample, received"),
        ([4, 4], 2, r"target_lengths: expected 2, one for each sample, received the shape \(\)"),
    ]
)
NO_SHAPES = (
    ((X, [1, 2, 1], [4, 4], [2, 2]), ValueError, r"\(2, S\), or \(4,\) for .*, received \(3,\)"),
    ((X, [[1, 2]], [4, 4], [2, 2]), ValueError, r"targets: expected .*, received \(1, 2\)"),
    ((X[0, 0], [1], 1, 1), ValueError, r"of shape \(T, N, C\) or \(T, C\), received \(3,\)"),
)
NO_BLANK = (X[..., :2], WORDS, [4, 4], [2, 2]), ValueError, r"a blank in 0 … 1 .*, received 2"

CASES = [
    LossCase(
        losses.CTCLoss,
        sequences([1, 2], [2, 2]),
        (2,),
        "CTCLoss",
        divisor=of_lengths,
        perfect=([[[0.0, -np.inf]], [[-np.inf, 0.0]]], [[1]], [2], [1]),
        before=log_softmax,
        extremes=certain,
        exact_in_pytorch=False,  # its gradient is NaN at probabilities of 0
        on_graph=ctc_on_graph,
        bad_inputs=NO_LABELS + NO_LENGTHS + NO_SHAPES + INDEX_TYPES,
        bad_options=(
            ({"blank": -1}, ValueError, "^blank: expected at least 0, received -1"),
            ({"zero_infinity": 1}, TypeError, "^zero_infinity: expected True or False"),
        ),
    ),
    LossCase(
        losses.CTCLoss,
        one_sequence,
        (),
        "CTCLoss",
        divisor=of_lengths,
        before=log_softmax,
        on_graph=ctc_on_graph,
    ),
    LossCase(
        losses.CTCLoss,
        sequences([0], [1], [0], T=3),
        (3,),
        "CTCLoss",
        {"blank": 2, "zero_infinity": True},
        before=log_softmax,
        on_graph=ctc_on_graph,
        bad_inputs=(NO_BLANK,),
    ),
]
