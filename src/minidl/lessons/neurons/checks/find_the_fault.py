"""The check of the exercise "neurons/find-the-fault"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.comparing import expect_same
from minidl.checking.exercise import Exercise
from minidl.lessons.neurons import solutions as solutions
from minidl.lessons.neurons.mistakes.find_the_fault import MISTAKES
from minidl.lessons.neurons.shared import EXACT, X, numbers


def check_mended_layer(mended_layer: Any) -> None:
    """Check that each neuron gets its own bias, whatever the shape in which it comes."""
    W = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, -1.0]])
    bias = np.array([10.0, 20.0, 30.0])
    cases = [(samples, W, b) for b in (bias, bias.reshape(1, 3)) for samples in (X, X[:2])]
    cases += [(X, np.ones((2, size)), np.arange(float(size))) for size in (2, 5)]
    cases += [
        (numbers(n, d, seed=n), numbers(d, m, seed=d), numbers(*rows, m, seed=m))
        for n, d, m in ((3, 2, 3), (5, 7, 4), (1, 5, 6), (4, 6, 7), (5, 4, 5), (11, 9, 12))
        for rows in ((), (1,))
    ]
    expect_same(mended_layer, solutions.mended_layer, *cases, what="z", **EXACT)


FIND_THE_FAULT = Exercise(
    name="neurons/find-the-fault",
    title="Find the fault",
    check=check_mended_layer,
    solution=solutions.mended_layer,
    mistakes=MISTAKES,
    hints=(
        "In the differences above, what do the numbers of one row have in common?",
        "A bias belongs to a neuron, so to a column of z. Which shape runs along the columns?",
        "`b.reshape(1, -1)` is one row, whatever shape b had before.",
    ),
    takeaway="Broadcasting never asks whether you meant it: print shapes when numbers look odd.",
)
