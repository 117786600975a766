"""The check of the exercise "depth/affine"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_close
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.checking.showing import describe_kind, show_arguments
from minidl.checking.verdicts import wrong
from minidl.lessons.depth import solutions
from minidl.lessons.depth.mistakes.affine import MISTAKES
from minidl.lessons.depth.shared import Array

RESULTS = "three gradients, `return dx, dW, db`"
NAMES = ("dx", "dW", "db")


def layers() -> Iterator[tuple[Array, Array, Array]]:
    """Yield gradients, inputs and weights: square ones first, then of all shapes, and images."""
    rng = np.random.default_rng(5)
    shapes = (
        ((2,), 2),
        ((2,), 2),
        ((3,), 2),
        ((4, 3), 5),
        ((2, 5), 6),
        ((7,), 4),
        ((2, 3, 2), 7),
        ((1,), 3),
        ((5,), 1),
    )
    for samples, (sizes, outputs) in zip((2, 2, 4, 6, 3, 1, 5, 4, 2), shapes, strict=True):
        x = rng.integers(-4, 5, (samples, *sizes)) / 2 + rng.normal(size=(samples, *sizes)) / 8
        W = rng.normal(size=(int(np.prod(sizes)), outputs))
        yield 10.0 ** rng.integers(-1, 3) * rng.normal(size=(samples, outputs)), x, W


def check_affine_back(affine_back: Any) -> None:
    """Check the gradients of an affine layer, of images, too."""
    found = []
    for args in layers():
        given = show_arguments(["grad", "x", "W"], args)
        gradients = _three(ask(affine_back, *args))
        for name, own, right in zip(NAMES, gradients, solutions.affine_back(*args), strict=True):
            own = expect_array(own, what=name)
            expect_close(own, right, what=name, given=given)
            found.append((own, right, f"{name}, {given}"))
    for own, right, given in found:  # last, since it ends the check
        expect_exact(own, right, given=given)
    expect_own(affine_back, *args)


def _three(answer: Any) -> tuple[Any, ...]:
    if not isinstance(answer, (tuple, list)) or len(answer) != 3:
        sentence = f"Expected {RESULTS}, received {describe_kind(answer)}."
        wrong("not-three", sentence)
    return tuple(answer)


AFFINE = Exercise(
    name="depth/affine",
    title="Find three faults: shapes that fit by chance",
    check=check_affine_back,
    solution=solutions.affine_back,
    mistakes=MISTAKES,
    hints=(
        "Let N samples have D features and M outputs, all different: which shape has each "
        "gradient, and which product has it?",
        "`grad @ W.T` is (N, D), and takes the shape of x by `.reshape(x.shape)`; images become "
        "rows by `x.reshape(len(x), -1)`.",
        "dW is `rows.T @ grad`; db is the sum of `grad` over the samples, of shape (1, M).",
    ),
    takeaway="Where all layers are of one width, no shape complains. Check with sizes that differ.",
)
