"""Exercises of the lesson "Moons: data, model, loss"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import Suspect, expect_close
from minidl.checking.comparing_functions import expect_gradient, expect_same
from minidl.checking.exercise import Exercise
from minidl.checking.expecting import expect_number
from minidl.checking.verdicts import expect
from minidl.lessons.moons import solutions as solutions
from minidl.lessons.moons.arcs import ARCS
from minidl.lessons.moons.network import NETWORK

P = np.array([[0.9], [0.2], [0.6]])
Y = np.array([[1.0], [0.0], [0.0]])


def _second_minus_first(p: Any, y: Any) -> Any:
    return np.mean((1 - y) * np.log(1 - p) - y * np.log(p))


SUM = Suspect(
    "missing-mean",
    lambda p, y: p.size * solutions.mended_bce(p, y),
    "This is the sum over the points, not the mean.",
)
SECOND = "The second term takes log(1 − p)."
TERMS = "`1 - y * …` multiplies first: bracket (1 − y)."
MINUS = "The minus belongs to both terms."
SLIPS = (
    SUM,
    Suspect("sign", lambda p, y: -solutions.bce(p, y), "A loss is positive: mind the minus."),
    Suspect("same-log-twice", lambda p, y: -np.mean(np.log(p)), SECOND),
    Suspect("no-brackets", lambda p, y: -np.mean(y * np.log(p) + 1 - y * np.log(1 - p)), TERMS),
    Suspect("one-minus", _second_minus_first, MINUS),
    Suspect("one-minus", lambda p, y: -_second_minus_first(p, y), MINUS),
)
BRACKETS = "`/ p * (1 - p)` divides by p, then multiplies by 1 − p: bracket the denominator."


def check_bce(bce: Any) -> None:
    """Check a binary cross-entropy away from 0 and 1."""

    def only_class_1(p: Any, y: Any) -> Any:
        return -np.mean(y * np.log(p))

    def mirrored(p: Any, y: Any) -> Any:
        return solutions.bce(1 - p, y)

    base = "The logarithm is the natural one, np.log."
    suspects = (
        *SLIPS,
        Suspect("only-class-1", only_class_1, "Points of class 0 cost nothing here."),
        Suspect("labels-mixed-up", mirrored, "The labels switch on the wrong terms."),
        Suspect("log-base", lambda p, y: solutions.bce(p, y) / np.log(10), base),
        Suspect("log-base", lambda p, y: solutions.bce(p, y) / np.log(2), base),
    )
    expect_number(ask(bce, P, Y), what="the loss")
    expect_same(bce, solutions.bce, (P[:2], Y[:2]), (P, Y), what="the loss", suspects=suspects)
    _expect_both_terms(bce)


def _expect_both_terms(bce: Any) -> None:
    between, sentence = np.full((1, 1), 0.3), "A label between 0 and 1 needs both terms."
    options: dict[str, Any] = {"what": "the loss", "diagnosis": "one-term", "because": sentence}
    expect_same(bce, solutions.bce, (P[:1], between), **options)


def check_bce_gradient(bce_gradient: Any) -> None:
    """Check the gradient of the mean binary cross-entropy."""
    suspects = (
        Suspect(
            "missing-1/N",
            lambda p, y: (p - y) / (p * (1 - p)),
            "This is the gradient of the sum; the loss is the mean of N points.",
        ),
        Suspect(
            "sign",
            lambda p, y: -solutions.bce_gradient(p, y),
            "The sign is the wrong way round: where y = 1, the loss falls as p grows.",
        ),
        Suspect("brackets", lambda p, y: (p - y) / p * (1 - p) / len(p), BRACKETS),
        Suspect("brackets", lambda p, y: (p - y) / p * (1 - p), BRACKETS),
        Suspect("numerator-only", lambda p, y: (p - y) / len(p), "p·(1 − p) is missing below."),
    )
    expect_same(
        bce_gradient, solutions.bce_gradient, (P, Y), what="the gradient", suspects=suspects
    )
    rng = np.random.default_rng(0)
    p, y = rng.uniform(0.1, 0.9, (7, 1)), rng.integers(0, 2, (7, 1)).astype(float)
    expect_gradient(ask(bce_gradient, p, y), lambda p: solutions.bce(p, y), p)


def check_mended_bce(mended_bce: Any) -> None:
    """Check that labels may have the shape (N,) or (N, 1)."""
    broadcast = Suspect(
        "broadcast",
        lambda p, y: solutions.bce(p, y.reshape(-1)),
        "Every prediction still meets every label, N × N pairs of them.",
    )
    flat = Y[:, 0]
    expect_number(ask(mended_bce, P, flat), what="the loss")
    options: dict[str, Any] = {"what": "the loss", "suspects": (broadcast, SUM)}
    expect_same(mended_bce, solutions.mended_bce, (P, flat), **options)
    columns = "Labels of shape (N, 1) worked before and should still."
    result, given = ask(mended_bce, P, Y), "y of shape (3, 1)"
    right = solutions.bce(P, Y)
    expect_close(result, right, diagnosis="breaks-columns", because=columns, given=given)


def check_safe_bce(safe_bce: Any) -> None:
    """Check a binary cross-entropy whose logarithms are cut off at −100."""

    def reference(p: Any, y: Any) -> Any:
        return solutions.safe_bce(p, y) + 0.0  # 0, where −np.mean(0) is −0

    def from_above(p: Any, y: Any) -> Any:
        return -np.mean(y * np.minimum(np.log(p), -100) + (1 - y) * np.minimum(np.log(1 - p), -100))

    minimum = "np.minimum keeps the smaller of two: you need the larger of log p and −100."
    suspects = [*SLIPS, Suspect("minimum", from_above, minimum)]
    expect_number(ask(safe_bce, P, Y), what="the loss")
    expect_same(safe_bce, reference, (P, Y), what="the loss", suspects=suspects)
    lost_digits = "Here 1e-30 counts as 0, perhaps by rounding: 1 − 1e-30 is 1. Take log p itself."
    rounded = [Suspect("counts-as-0", value, lost_digits) for value in (100.0, np.inf)]
    expect_same(
        safe_bce, reference, (np.array([[1e-30]]), np.ones((1, 1))), what="the loss",
        suspects=rounded, diagnosis="clips-the-prediction",
        because="A prediction of 1e-30 is no reason yet to cut: log 1e-30 is about −69.",
    )  # fmt: skip
    _expect_cut(safe_bce, reference)
    _expect_both_terms(safe_bce)


def _expect_cut(safe_bce: Any, reference: Any) -> None:
    """Expect both logarithms to be at least −100, for log 0 and for what is nearly that."""
    tiny, zero, one = np.array([[1e-50]]), np.array([[0.0]]), np.array([[1.0]])
    lost = [np.isnan(expect_number(ask(safe_bce, each, each))) for each in (zero, one)]
    sentence = "Only one of the two logarithms is cut off; the other still gives 0·log 0 = NaN."
    expect(sum(lost) != 1, "one-log-cut", sentence)
    nan = Suspect("nan-when-perfect", np.nan, "A perfect prediction costs 0, not 0·log 0 = NaN.")
    expect_same(safe_bce, reference, (one, one), (zero, zero), what="the loss", suspects=[nan])
    infinite = Suspect("infinite", np.inf, "One certain mistake is still infinitely expensive.")
    expect_same(
        safe_bce, reference, (zero, one), (one, zero), what="the loss", suspects=[infinite],
        diagnosis="cut-elsewhere", because="A logarithm is cut off at −100, on both sides.",
    )  # fmt: skip
    expect_same(
        safe_bce, reference, (tiny, one), what="the loss", diagnosis="only-zero-cut",
        because="log 1e-50 is about −115: anything below −100 counts as −100, not only log 0.",
    )  # fmt: skip


BCE = Exercise(
    name="moons/bce",
    title="Binary cross-entropy",
    check=check_bce,
    solution=solutions.bce,
    hints=(
        "For one point the cost is −log p if y = 1, and −log(1 − p) if y = 0.",
        "The labels y and 1 − y are switches: y·log p + (1 − y)·log(1 − p) keeps the right one.",
        "Take `np.mean` of that over all points, and mind the minus in front.",
    ),
    takeaway="The two terms are one idea: minus the log of the probability given to the label.",
)
GRADIENT = Exercise(
    name="moons/bce-gradient",
    title="Find the fault: the gradient",
    check=check_bce_gradient,
    solution=solutions.bce_gradient,
    hints=(
        "Look at the last column of the table: what is that number?",
        "The loss is a mean. What stands in front of the sum in a mean?",
        "`len(p)` is the number of points.",
    ),
    takeaway="A gradient that is too long by a factor of N makes every step too long by N.",
)
SHAPES = Exercise(
    name="moons/broadcast",
    title="Find the fault: the shapes",
    check=check_mended_bce,
    solution=solutions.mended_bce,
    hints=(
        "What shape has `np.zeros((3, 1)) * np.zeros(3)`?",
        "Bring the labels into the shape of the predictions before anything else.",
        "`np.reshape(y, p.shape)` works for both shapes of y.",
    ),
    takeaway="minidl's BCELoss refuses labels of another shape, for this very reason.",
)
LOG_OF_ZERO = Exercise(
    name="moons/log-of-zero",
    title="Find the fault: the logarithm",
    check=check_safe_bce,
    solution=solutions.safe_bce,
    hints=(
        "Change the logarithms, not the predictions: what is the least that log p may be?",
        "`np.maximum(np.log(p), -100)` cuts off from below. There are two logarithms.",
        '`with np.errstate(divide="ignore"):` around them keeps NumPy from warning of log 0.',
    ),
    takeaway="Now 0·log 0 is 0·(−100) = 0, and no single point can cost more than 100.",
)
EXERCISES = (ARCS, NETWORK, BCE, GRADIENT, SHAPES, LOG_OF_ZERO)
