"""The check of the exercise "likelihood/kl"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.likelihood import solutions as solutions
from minidl.lessons.likelihood.mistakes.kl import MISTAKES
from minidl.lessons.likelihood.shared import scores_of_all_shapes

Array = npt.NDArray[Any]

LOG_Q = np.log([[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]])
P = np.array([[0.9, 0.05, 0.05], [0.1, 0.7, 0.2]])
CERTAIN = np.array([[1.0, 0.0, 0.0], [0.0, 0.4, 0.6]])


def pairs() -> Iterator[tuple[Array, Array]]:
    """Yield log-probabilities and probabilities of all shapes.

    Examples
    --------
    >>> log_q, p = next(pairs())
    >>> np.allclose(np.exp(log_q).sum(axis=1), 1) and np.allclose(p.sum(axis=1), 1)
    True
    """
    for seed, scores in enumerate(scores_of_all_shapes()):
        others = np.random.default_rng(50 + seed).normal(0, 2, scores.shape)
        yield solutions.my_log_softmax(scores), solutions.my_softmax(others)


def check_kl(kl_divergence: Any) -> None:
    """Check the divergence away from 0, then with probabilities of 0 and very small ones."""
    right = solutions.kl_divergence
    expect_same(kl_divergence, right, (LOG_Q[:1], P[:1]), (LOG_Q, P), *pairs(), what="the KL")
    certain = (LOG_Q[:1], CERTAIN[:1]), (LOG_Q, CERTAIN)
    what = "the KL of a p that is 0 somewhere"
    expect_same(kl_divergence, right, *certain, what=what, diagnosis=MISTAKES["log-of-zero"])
    far = np.array([[0.0, -1000.0, -2000.0]])
    never = np.array([[0.0, -1e6, -1e6]]), CERTAIN[:1]  # p is 0 where q is next to nothing
    what = "the KL of a q that rounds to 0"
    expect_same(kl_divergence, right, (far, P[:1]), (far, P[1:]), never, what=what)
    tiny = LOG_Q[:1], np.array([[0.5, 0.5, 1e-300]])
    expect_same(kl_divergence, right, tiny, what="the KL of a p that is nearly 0")
    expect_own(kl_divergence, LOG_Q, P)


KL = Exercise(
    name="likelihood/kl",
    title="KL divergence from logarithms",
    check=check_kl,
    solution=solutions.kl_divergence,
    mistakes=MISTAKES,
    hints=(
        "Of p take the logarithm; log_q is one already. Sum up along which axis, and then?",
        "Where p is 0 the term is 0, but `0 * np.log(0)` is NaN. What could stand under the "
        "logarithm there, since 0 times anything finite is 0?",
        "`np.log(np.where(p > 0, p, 1))` is 0 there, and stands for log p in "
        "`(p * (log_p - log_q)).sum(axis=1).mean()`.",
    ),
    takeaway="Never below 0, and 0 only for q = p: a negative one is a fault in the code.",
)
