"""The check of the exercise "losses/honest"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_same
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.showing import show_arguments
from minidl.lessons.losses import solutions as solutions
from minidl.lessons.losses.mistakes.honest import MISTAKES
from minidl.lessons.losses.shared import Array

SHAPES = ((3, 1), (1, 1), (5, 1), (2,), (4, 3), (3, 1), (6, 2), (4, 4), (7,), (40, 1))
FAR = np.array([[30.0], [-30.0], [600.0], [-600.0]])
WEIGHTS = (10.0, 3.0, 0.5, 1.0, 100.0, 2.0, 7.5, 0.01, 20.0, 4.0)


def neurons() -> Iterator[tuple[Array, float]]:
    """Yield logits, and the weight that the positives had in training."""
    yield np.array([[0.0], [2.0], [-1.0]]), 10.0
    yield np.array([[0.0], [2.0], [-1.0]]), 2.0
    for seed, (shape, weight) in enumerate(zip(SHAPES, WEIGHTS, strict=True)):
        yield 3 * np.random.default_rng(seed).normal(size=shape), weight


def check_honest(honest: Any) -> None:
    """Check probabilities that the weight of the positives has been taken out of."""
    right, cases = solutions.honest, list(neurons())
    because = "The probabilities are not right."
    expect_same(honest, right, *cases, what="the probabilities", because=because)
    for args in cases:
        given = show_arguments(("logits", "pos_weight"), args)
        expect_exact(ask(honest, *args), right(*args), given=given)
    expect_same(
        honest, right, (FAR, 10.0), (0.9 * FAR, 3.0), what="the probabilities of far-off logits",
        because="The probabilities of far-off logits are not right.",
    )  # fmt: skip


HONEST = Exercise(
    name="losses/honest",
    title="Take the weight out again",
    check=check_honest,
    solution=solutions.honest,
    mistakes=MISTAKES,
    hints=(
        "The odds that the neuron gives are σ/(1 − σ) = eˣ. How many times the true odds are they?",
        "The true odds are eˣ/w; odds o belong to the probability o/(1 + o).",
        "Dividing odds by w takes log w off the logit: σ(x − log w).",
    ),
    takeaway="Odds divided by w are logits less log w: another threshold, no new knowledge.",
)
