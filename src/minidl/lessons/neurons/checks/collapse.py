"""The check of the exercise "neurons/collapse"."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.collecting import differs_already
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_two
from minidl.checking.showing import show
from minidl.checking.verdicts import WrongAnswer, wrong
from minidl.lessons.neurons import solutions as solutions
from minidl.lessons.neurons.mistakes.collapse import MISTAKES
from minidl.lessons.neurons.shared import EXACT, W_AND_B

Layers = list[tuple[Any, Any]]
SQUARE = [
    (np.array([[1.0, 2.0], [0.0, -2.0]]), np.array([[1.0, 2.0]])),
    (np.array([[1.0, 0.0], [3.0, 2.0]]), np.array([[3.0, -1.0]])),
]
"""Two layers that can be multiplied in any order, so that a wrong order gives numbers."""

SIZES = (3, 2, 4, 1)
"""Inputs and outputs of further layers: all differ, and no matrix is too large to be shown."""

MANY_SIZES = ((4, 7, 5, 6, 7, 4), (6, 5, 7), (5, 4, 6, 7, 5, 6, 4), (2, 3, 2, 4, 3, 2, 5, 3, 4, 2))
"""Of networks with more layers, and with more neurons than anybody would cut off at."""


def check_collapse(collapse: Any) -> None:
    """Check that layers in a row become one, for two layers, three, and one alone."""
    _expect_collapsed(_ask(collapse, SQUARE), SQUARE)
    if differs_already():
        _expect_collapsed(_ask(collapse, SQUARE[::-1]), SQUARE[::-1])
    rng = np.random.default_rng(0)
    layers = [
        (rng.integers(-2, 3, (m, n)).astype(float), rng.integers(1, 4, (1, n)).astype(float))
        for m, n in itertools.pairwise(SIZES)
    ]
    one_alone = layers[:1]
    for count in (2, 3):
        _expect_collapsed(_ask_other_sizes(collapse, layers[:count]), layers[:count])
    for sizes in MANY_SIZES:
        layers = [
            (4 * rng.standard_normal((m, n)), 300 * rng.standard_normal((1, n)))
            for m, n in itertools.pairwise(sizes)
        ]
        _expect_collapsed(_ask_other_sizes(collapse, layers), layers)
    _expect_collapsed(_ask_other_sizes(collapse, one_alone), one_alone)


def _ask(collapse: Any, layers: Layers) -> Any:
    """Return the learner's pair for copies of layers, which have to be left as they are."""
    given = [(W.copy(), b.copy()) for W, b in layers]
    pair = ask(collapse, given)
    if len(given) != len(layers) or not all(map(_same_layer, given, layers)):
        wrong(MISTAKES["changes-its-input"])
    return pair


def _ask_other_sizes(collapse: Any, layers: Layers) -> Any:
    """Ask after two layers with two inputs have gone well: an error is about what is new."""
    try:
        return _ask(collapse, layers)
    except WrongAnswer as fault:
        if fault.diagnosis != "raises":
            raise
        inputs, count = len(layers[0][0]), f"{len(layers)} layer{'s' * (len(layers) > 1)}"
        wrong(MISTAKES["other-sizes"], count=count, inputs=inputs, error=fault.sentence)


def _same_layer(one: Any, other: Any) -> bool:
    return len(one) == len(other) and all(map(np.array_equal, one, other))


def _expect_collapsed(pair: Any, layers: Layers) -> None:
    found_W, found_b = expect_two(pair, W_AND_B)
    W, b = solutions.collapse(layers)
    given = ", ".join(
        f"W{i} = {show(W)}, b{i} = {show(b)}" for i, (W, b) in zip("₁₂₃₄₅₆", layers, strict=False)
    )
    expect_close(found_W, W, given=given, what="W", diagnosis="W", **EXACT)
    expect_close(found_b, b, given=given, what="b", diagnosis="b", **EXACT)


COLLAPSE = Exercise(
    name="neurons/collapse",
    title="Many layers in one",
    check=check_collapse,
    solution=solutions.collapse,
    mistakes=MISTAKES,
    hints=(
        "Start from the first layer's W and b, and take in one further layer at a time.",
        "Expand (xW + b) V + c: what stands with x, and what stands alone?",
        "`W, b = W @ next_W, b @ next_W + next_b` takes in a layer.",
    ),
    takeaway="However many layers, without a bend between them there is only one.",
)
