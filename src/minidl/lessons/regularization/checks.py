"""Exercises of the lesson "Regularization"."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import Suspect, close, expect_close
from minidl.checking.comparing_functions import expect_gradient
from minidl.checking.exercise import Exercise
from minidl.checking.expecting import expect_number, expect_two
from minidl.checking.showing import describe_answer, show
from minidl.checking.verdicts import wrong
from minidl.lessons.regularization import solutions as solutions
from minidl.lessons.regularization.decay import DECAY
from minidl.lessons.regularization.dropout import DROPOUT
from minidl.lessons.regularization.stopping import STOPPING
from minidl.lessons.regularization.training import EPOCH

Array = npt.NDArray[Any]


def check_l2(l2: Any) -> None:
    """Check the penalty's value and its gradient, on a weight, a matrix and a rate of their own."""
    for W, lam in (
        (np.array([[1.0, -2.0], [0.0, 4.0], [0.5, -1.5]]), 0.1),
        (np.array([[-3.0]]), 0.3),
    ):
        value, gradient = expect_two(
            ask(l2, W, lam), "a value and a gradient, `return value, gradient`"
        )
        given = f"W = {show(W)} and lam = {lam:g}"
        _expect_one_number(value, W, lam)
        value = expect_number(value, what="the value")
        expect_close(
            value, solutions.l2(W, lam)[0], what="the value", given=given,
            suspects=_value_suspects(W, lam),
        )  # fmt: skip
        expect_close(
            gradient, lam * W, what="the gradient", given=given,
            suspects=_gradient_suspects(W, lam),
        )  # fmt: skip
        expect_gradient(gradient, partial(_value, lam=lam), W)


def _expect_one_number(value: Any, W: Array, lam: float) -> None:
    """Expect a sum, and name what gives an array in its place."""
    said = {
        "no-sum": ([W**2, lam * W**2, lam / 2 * W**2], "One number is wanted, the sum over all "
                   "weights: `np.sum`."),
        "matrix-product": ([W.T @ W, lam * W.T @ W, lam / 2 * W.T @ W], "`W.T @ W` multiplies "
                           "columns with each other. Square each weight, then add: "
                           "`np.sum(W**2)`."),
    }  # fmt: skip
    for diagnosis, (mistakes, sentence) in said.items():
        if isinstance(value, np.ndarray) and any(close(value, mistake) for mistake in mistakes):
            wrong(diagnosis, f"{sentence} Received {describe_answer(value)}.")


def _value(W: Array, lam: float) -> float:
    return float(solutions.l2(W, lam)[0])


def _value_suspects(W: Array, lam: float) -> list[Suspect]:
    squares = np.sum(W**2)
    return [
        Suspect(
            "no-half", lam * squares,
            "The ½ is missing. It is there so that the gradient is λ·W without a factor.",
        ),
        Suspect("no-rate", squares / 2, "λ is missing."),
        Suspect(
            "mean", lam / 2 * np.mean(W**2),
            "A sum, not a mean: λ must mean the same for a small matrix and a large one.",
        ),
        Suspect(
            "squared-sum", lam / 2 * np.sum(W) ** 2,
            "This is the square of the sum. Square each weight, then add.",
        ),
        Suspect("root", lam / 2 * np.sqrt(squares), "The sum of the squares, without the root."),
        Suspect("signed-sum", lam / 2 * np.sum(W), "The squares are missing: signs cancel here."),
        Suspect("absolute", lam * np.sum(np.abs(W)), "This is L1, the sum of the sizes."),
        Suspect("absolute", lam / 2 * np.sum(np.abs(W)), "L2 adds squares, L1 adds sizes."),
    ]  # fmt: skip


def _gradient_suspects(W: Array, lam: float) -> list[Suspect]:
    return [
        Suspect("gradient-twice", 2 * lam * W, "The ½ of the value cancels the 2 of its slope."),
        Suspect("gradient-half", lam / 2 * W, "The slope of W² is 2·W, and ½·2 is 1."),
        Suspect("gradient-no-rate", W, "λ is missing in the gradient."),
        Suspect("gradient-sign", -lam * W, "The gradient points up the slope; the step turns it."),
        Suspect(
            "gradient-summed", lam * np.sum(W),
            "Each weight has a slope of its own: a gradient has the shape of W.",
        ),
        Suspect("gradient-of-L1", lam * np.sign(W), "This is the gradient of L1."),
    ]  # fmt: skip


L2 = Exercise(
    name="regularization/l2",
    title="What a weight costs",
    check=check_l2,
    solution=solutions.l2,
    hints=(
        "The value is one number, the gradient has the shape of W.",
        "The slope of ½·λ·w² with respect to w is λ·w.",
        "`return lam / 2 * np.sum(W**2), lam * W`.",
    ),
    takeaway="The larger a weight, the harder it is pulled back; at 0 the pull ends.",
)


SEEDS = (  # plain and other: four seeds with a mean above 0, five with one below
    (np.array([0.30, 0.10, 0.22, 0.15]), np.array([0.25, 0.12, 0.16, 0.14])),
    (np.array([0.20, 0.10, 0.30, 0.12, 0.25]), np.array([0.25, 0.30, 0.28, 0.22, 0.35])),
)
OTHER_N = "Right for 4 seeds, but here there are 5: let the arrays say how many there are."


def check_paired_difference(paired_difference: Any) -> None:
    """Check the mean of paired differences and its standard error."""
    for plain, other in SEEDS:
        answer = expect_two(
            ask(paired_difference, plain, other), "a mean and its error, `return mean, error`"
        )
        mean, error = (
            expect_number(part, what=what)
            for part, what in zip(answer, ("the mean", "the error"), strict=True)
        )
        given = f"plain = {show(plain)} and other = {show(other)}"
        expect_close(
            mean, (plain - other).mean(), what="the mean difference", given=given,
            suspects=_mean_suspects(plain, other),
        )  # fmt: skip
        expect_close(
            error, solutions.paired_difference(plain, other)[1], what="the standard error",
            given=given, suspects=_error_suspects(plain, other),
        )  # fmt: skip


def _mean_suspects(plain: Array, other: Array) -> list[Suspect]:
    return [
        Suspect("sign", (other - plain).mean(), "plain minus other, above 0 where it helps."),
        Suspect("sum", (plain - other).sum(), "The mean, not the sum."),
        Suspect(
            "absolute", np.abs(plain - other).mean(),
            "This is the mean size of the differences. A seed where the other method hurts "
            "must count against it: keep the signs.",
        ),
        Suspect("n-hard-coded", (plain - other).sum() / 4, OTHER_N),
    ]  # fmt: skip


def _error_suspects(plain: Array, other: Array) -> list[Suspect]:
    d, n = plain - other, len(plain)
    root = np.sqrt(n)
    both = np.sqrt(plain.var(ddof=1) / n + other.var(ddof=1) / n)
    shared = (
        "This takes the two columns as if they had nothing in common. They share data and first "
        "weights, and that is the point: take the differences first, then look how they scatter."
    )
    return [
        Suspect("unpaired", both, shared),
        Suspect("no-root", d.std(ddof=1), "This is the scatter of one seed; the mean of n "
                "seeds scatters by √n less."),
        Suspect("divided-by-n", d.std(ddof=1) / n, "Divide by √n, not by n."),
        Suspect("no-correction", d.std() / root, "`ddof=1` is missing: the "
                "numbers lie closer to their own mean than to the true one, and dividing by n − 1 "
                "makes up for that."),
        Suspect("variance", d.var(ddof=1) / n, "This is the variance of the mean; take its root."),
        Suspect("n-hard-coded", d.std(ddof=1) / 2, OTHER_N),
        Suspect("n-hard-coded", np.sqrt(n * d.var() / 12), OTHER_N),
    ]  # fmt: skip


PAIRED = Exercise(
    name="regularization/paired",
    title="Does it help, or was it luck?",
    check=check_paired_difference,
    solution=solutions.paired_difference,
    hints=(
        "A seed is one experiment: what did the method change in it?",
        "Take the differences, one a seed. Their mean is wanted, and how well it is known.",
        "The error is `difference.std(ddof=1) / np.sqrt(len(difference))`.",
    ),
    takeaway="Where both share their luck, the luck cancels in the difference.",
)

EXERCISES = (EPOCH, L2, DECAY, DROPOUT, PAIRED, STOPPING)
