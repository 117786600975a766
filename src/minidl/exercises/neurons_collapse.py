"""The check of many layers in one, of the lesson "Neurons"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np

from minidl.exercises.asking import ask
from minidl.exercises.comparing import Suspect, expect_close
from minidl.exercises.solutions import neurons as solutions
from minidl.exercises.verdicts import wrong

SQUARE = [
    (np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[1.0, 2.0]])),
    (np.array([[1.0, 0.0], [3.0, 2.0]]), np.array([[3.0, -1.0]])),
]
"""Two layers that can be multiplied in any order, so that a wrong order gives numbers."""


def check_collapse(collapse: Any) -> None:
    """Check that layers in a row become one, for two layers, three, and one alone."""
    _check_square(ask(collapse, list(SQUARE)))
    rng = np.random.default_rng(0)
    layers = [
        (rng.integers(-2, 3, (m, n)).astype(float), rng.integers(1, 4, (1, n)).astype(float))
        for m, n in itertools.pairwise([2, 3, 4, 1])
    ]
    for count in (2, 3, 1):
        _check_collapsed(ask(collapse, layers[:count]), layers[:count])


def _check_square(pair: Any) -> None:
    (W1, b1), (W2, b2) = SQUARE
    own = "An earlier bias passes through the next layer's W, not through its own or the product."
    order = Suspect("order", W2 @ W1, "x meets the first layer first: W1 stands on the left.")
    biases = (
        Suspect("biases-added", b1 + b2, "The first bias passes through the second layer, too."),
        Suspect("wrong-matrix", b1 @ W1 + b2, own),
        Suspect("wrong-matrix", b1 @ W1 @ W2 + b2, own),
    )
    _check_collapsed(pair, SQUARE, (order,), biases)


def _check_collapsed(
    pair: Any,
    layers: list[tuple[Any, Any]],
    W_suspects: Sequence[Suspect] = (),
    b_suspects: Sequence[Suspect] = (),
) -> None:
    if not isinstance(pair, tuple) or len(pair) != 2:
        wrong("not-a-pair", "Expected two results, W and b: `return W, b`.")
    W, b = solutions.collapse(layers)
    given = f"{len(layers)} layers" if len(layers) > 1 else "one layer"
    first = Suspect("first-layer-only", layers[0][0], "Only the first layer is in it.")
    suspects = (first, *W_suspects)
    expect_close(pair[0], W, given=given, what="W", diagnosis="W", suspects=suspects)
    sentence = "The earlier biases pass through the later layers, too."
    suspects = (Suspect("last-bias-only", layers[-1][1], sentence), *b_suspects)
    expect_close(pair[1], b, given=given, what="b", diagnosis="b", suspects=suspects)
