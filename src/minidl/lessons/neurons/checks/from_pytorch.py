"""The check of the exercise "neurons/from-pytorch"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_two
from minidl.checking.showing import show
from minidl.lessons.neurons import solutions as solutions
from minidl.lessons.neurons.mistakes.from_pytorch import MISTAKES
from minidl.lessons.neurons.shared import EXACT, W_AND_B, numbers

CASES = (
    (np.arange(6.0).reshape(3, 2), np.array([10.0, 20.0, 30.0])),
    (np.array([[1.0, 2.0, 3.0]]), np.array([10.0])),  # one neuron
    *(
        (numbers(m, d, seed=d), numbers(m, seed=m))
        for m, d in ((3, 2), (7, 4), (5, 6), (4, 4), (9, 12))
    ),
)


def check_from_pytorch(from_pytorch: Any) -> None:
    """Check the change from PyTorch's layout to ours."""
    for weight, bias in CASES:
        W, b = expect_two(ask(from_pytorch, weight, bias), W_AND_B)
        given = f"weight = {show(weight)}"
        expect_close(W, weight.T, given=given, what="W", diagnosis="W", **EXACT)
        given = f"bias = {show(bias)}"
        expect_close(b, bias.reshape(1, -1), given=given, what="b", diagnosis="b", **EXACT)


FROM_PYTORCH = Exercise(
    name="neurons/from-pytorch",
    title="Weights from PyTorch",
    check=check_from_pytorch,
    solution=solutions.from_pytorch,
    mistakes=MISTAKES,
    hints=(
        "Rows should become columns: which NumPy attribute does that?",
        "`weight.T` turns W; `bias.reshape(1, -1)` makes a row, whatever the length.",
    ),
    takeaway="Transposing moves numbers with their neuron; reshaping deals them out anew.",
)
