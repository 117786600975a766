"""The check of the exercise "moons/arcs"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.borrowing import expect_own
from minidl.checking.comparing import expect_close
from minidl.checking.exactness import expect_exact
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_two
from minidl.lessons.moons import solutions as solutions
from minidl.lessons.moons.mistakes.arcs import MISTAKES

X_AND_Y = "two results, X and y (`return X, y`)"


def check_arcs(two_arcs: Any) -> None:
    """Check the two half circles and their labels, for few points and for many."""
    for n in (3, 2, 4, 5, 7, 50):
        X, y = expect_two(ask(two_arcs, n), X_AND_Y)
        right_X, right_y = solutions.two_arcs(n)
        expect_close(_tidy(X), _tidy(right_X), given=f"n = {n}", what="X", diagnosis="points")
        expect_close(y, right_y, given=f"n = {n}", what="y", diagnosis="labels")
        expect_exact(X, right_X, given=f"n = {n}")
    expect_own(two_arcs, 3)


def _tidy(X: Any) -> Any:
    """Return an array without rounding dust, in which 6e-17 and −0 would stand for 0."""
    return X.round(12) + 0.0 if isinstance(X, np.ndarray) and X.dtype.kind == "f" else X


ARCS = Exercise(
    name="moons/arcs",
    title="Two arcs from their formula",
    check=check_arcs,
    solution=solutions.two_arcs,
    mistakes=MISTAKES,
    hints=(
        "Begin with the n values of t: `np.linspace(0, np.pi, n)`.",
        "`np.column_stack([a, b])` makes rows (a, b); `np.concatenate` puts arc under arc.",
        "`np.repeat([0, 1], n)` gives n zeros and then n ones.",
    ),
    takeaway="Without noise, the two classes never touch.",
)
