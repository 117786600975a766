"""The check of many layers in one, of the lesson "Neurons"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import Suspect, expect_close
from minidl.checking.expecting import expect_two
from minidl.checking.showing import show
from minidl.checking.verdicts import WrongAnswer, wrong
from minidl.lessons.neurons import solutions as solutions

Layers = list[tuple[Any, Any]]
W_AND_B = "two results, W and b (`return W, b`)"

SQUARE = [
    (np.array([[1.0, 2.0], [0.0, -2.0]]), np.array([[1.0, 2.0]])),
    (np.array([[1.0, 0.0], [3.0, 2.0]]), np.array([[3.0, -1.0]])),
]
"""Two layers that can be multiplied in any order, so that a wrong order gives numbers."""
SIZES = (3, 2, 4, 1)
"""Inputs and outputs of further layers: all differ, and no matrix is too large to be shown."""


def check_collapse(collapse: Any) -> None:
    """Check that layers in a row become one, for two layers, three, and one alone."""
    _check_square(_ask(collapse, SQUARE))
    rng = np.random.default_rng(0)
    layers = [
        (rng.integers(-2, 3, (m, n)).astype(float), rng.integers(1, 4, (1, n)).astype(float))
        for m, n in itertools.pairwise(SIZES)
    ]
    for count in (2, 3, 1):
        _expect_collapsed(_ask_other_sizes(collapse, layers[:count]), layers[:count])


def _ask(collapse: Any, layers: Layers) -> Any:
    """Return the learner's pair for copies of layers, which have to be left as they are."""
    given = [(W.copy(), b.copy()) for W, b in layers]
    pair = ask(collapse, given)
    if len(given) != len(layers) or not all(map(_same_layer, given, layers)):
        wrong(
            "changes-its-input",
            "Your code changes the list that it is given, or an array in it; whoever passed it "
            "still needs it. `b = b @ …` makes a new array; `b @= …`, `b += …` and `layers.pop` "
            "change the old one.",
        )
    return pair


def _ask_other_sizes(collapse: Any, layers: Layers) -> Any:
    """Ask after two layers with two inputs have gone well: an error is about what is new."""
    try:
        return _ask(collapse, layers)
    except WrongAnswer as fault:
        if fault.diagnosis != "raises":
            raise
        inputs, count = len(layers[0][0]), f"{len(layers)} layer{'s' * (len(layers) > 1)}"
        new = f"Two layers with 2 inputs go well, {count} with {inputs} inputs not: "
        wrong("other-sizes", new + fault.sentence)


def _same_layer(one: Any, other: Any) -> bool:
    return len(one) == len(other) and all(map(np.array_equal, one, other))


def _check_square(pair: Any) -> None:
    (W1, b1), (W2, b2) = SQUARE
    own = "An earlier bias passes through the next layer's W, not through its own or the product."
    star = "`*` multiplies number by number; use `@`."
    twice = "The first layer is taken in twice: begin with it, and loop over `layers[1:]`."
    matrices = (
        Suspect("order", W2 @ W1, "x meets the first layer first: W₁ stands on the left."),
        Suspect("first-layer-twice", W1 @ W1 @ W2, twice),
        Suspect("elementwise", W1 * W2, star),
    )
    biases = (
        Suspect("biases-added", b1 + b2, "The first bias passes through the second layer, too."),
        Suspect("wrong-matrix", b1 @ W1 + b2, own),
        Suspect("wrong-matrix", b1 @ W1 @ W2 + b2, own),
        Suspect("first-layer-twice", (b1 @ W1 + b1) @ W2 + b2, twice),
        Suspect("elementwise", b1 * W2 + b2, star),
    )
    _expect_collapsed(pair, SQUARE, matrices, biases)


def _expect_collapsed(
    pair: Any,
    layers: Layers,
    W_suspects: Sequence[Suspect] = (),
    b_suspects: Sequence[Suspect] = (),
) -> None:
    found_W, found_b = expect_two(pair, W_AND_B)
    W, b = solutions.collapse(layers)
    given = ", ".join(
        f"W{i} = {show(W)}, b{i} = {show(b)}" for i, (W, b) in zip("₁₂₃", layers, strict=False)
    )
    first = Suspect("first-layer-only", layers[0][0], "Only the first layer is in it.")
    suspects = (first, *W_suspects)
    expect_close(found_W, W, given=given, what="W", diagnosis="W", suspects=suspects)
    sentence = "The earlier biases pass through the later layers, too."
    suspects = (Suspect("last-bias-only", layers[-1][1], sentence), *b_suspects)
    expect_close(found_b, b, given=given, what="b", diagnosis="b", suspects=suspects)
