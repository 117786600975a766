"""Cases of the losses of distributions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from minidl import losses
from minidl.graph import Node, exp, log
from minidl.numerics import softmax
from tests.contracts.loss_cases.case import LARGE, TINY, Inputs, LossCase, any_number
from tests.contracts.loss_cases.elements import ELEMENTWISE_BAD, elements, numbers, pairs


def distribution(rng: np.random.Generator) -> np.ndarray:
    return softmax(numbers(rng))


def logarithms(rng: np.random.Generator) -> np.ndarray:
    return np.log(distribution(rng))


def kl_on_graph(loss: Any, x: Node, t: np.ndarray) -> Node:
    return np.exp(t) * (t - x) if loss.log_target else t * (np.log(t) - x)


def counts(rng: np.random.Generator) -> np.ndarray:
    return rng.poisson(2, (4, 3)).astype(float)


def rates(rng: np.random.Generator) -> np.ndarray:
    return rng.uniform(0.1, 3, (4, 3))


def poisson_on_graph(loss: Any, x: Node, y: np.ndarray) -> Node:
    losses_ = exp(x) - y * x if loss.log_input else x - y * log(x + loss.eps)
    above = np.maximum(y, 1)
    stirling = above * np.log(above) - above + np.log(2 * np.pi * above) / 2
    return losses_ + loss.full * np.where(y > 1, stirling, 0)


def any_exponent(dtype: type) -> Iterable[Inputs]:
    """Numbers whose exponentials are still finite."""
    values = np.array([0.0, 80.0, -1e3, -LARGE[dtype], TINY[dtype], -TINY[dtype]], dtype)
    return elements(lambda dtype: values)(dtype)


def poisson(predicts: Any, **options: Any) -> LossCase:
    return LossCase(
        losses.PoissonNLLLoss, pairs(predicts, counts), (4, 3), "PoissonNLLLoss", options,
        on_graph=poisson_on_graph,
    )  # fmt: skip


NO_LABELS = ([[0.0]], [[1.5]]), ValueError, r"labels in \[0, 1\], .* to 1.5; try log_target=True"
CASES = [
    LossCase(
        losses.KLDivLoss, pairs(logarithms, distribution), (4, 3), "KLDivLoss",
        perfect=([[0.0, -1000.0]], [[1.0, 0.0]]),
        rests=False,
        extremes=elements(any_number),
        on_graph=kl_on_graph,
        bad_inputs=(*ELEMENTWISE_BAD, NO_LABELS, (([[0.0]], [[-0.5]]), *NO_LABELS[1:2], "from -")),
        bad_options=(
            ({"log_target": "mean"}, TypeError, "^log_target: expected True or False, received"),
        ),
    ),
    LossCase(
        losses.KLDivLoss, pairs(logarithms, logarithms), (4, 3), "KLDivLoss", {"log_target": True},
        on_graph=kl_on_graph,
        bad_inputs=((([[0.0]], [[0.5]]), ValueError, "labels ≤ 0, .* 0.5; try log_target=False"),),
    ),
    LossCase(
        losses.PoissonNLLLoss, pairs(numbers, counts), (4, 3), "PoissonNLLLoss",
        perfect=([[-1000.0]], [[0.0]]),
        extremes=any_exponent,
        on_graph=poisson_on_graph,
        bad_inputs=(
            *ELEMENTWISE_BAD,
            (([[0.0]], [[-1.0]]), ValueError, "labels ≥ 0, numbers of events, received -1; try MS"),
        ),
        bad_options=(
            ({"log_input": "mean"}, TypeError, "^log_input: expected True or False, received"),
            ({"full": 1}, TypeError, "^full: expected True or False, received 1"),
            ({"eps": -1}, ValueError, "^eps: expected a finite number ≥ 0"),
        ),
    ),
    poisson(numbers, full=True),
    poisson(rates, log_input=False, eps=0.1),
]  # fmt: skip
