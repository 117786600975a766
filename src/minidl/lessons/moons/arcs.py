"""The exercise on the data in the lesson "Moons: data, model, loss"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import Suspect, expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.expecting import expect_two
from minidl.lessons.moons import solutions as solutions

Array = npt.NDArray[Any]

X_AND_Y = "two results, X and y (`return X, y`)"


def check_arcs(two_arcs: Any) -> None:
    """Check the two half circles and their labels."""
    X, y = expect_two(ask(two_arcs, 3), X_AND_Y)
    _expect_points(_tidy(X), _tidy(solutions.two_arcs(3)[0]))
    _expect_labels(y, solutions.two_arcs(3)[1])
    X, _ = expect_two(ask(two_arcs, 50), X_AND_Y)
    expect_close(X, solutions.two_arcs(50)[0], given="n = 50", what="X")


def _expect_points(received: Any, X: Array) -> None:
    t = np.linspace(0, np.pi, 3)
    upright = np.column_stack([1 - np.cos(t), 0.5 + np.sin(t)])
    refilled = (
        "`reshape` keeps the numbers in their order, so a row gets two x and no y: "
        "try np.column_stack."
    )
    suspects = (
        Suspect("transposed", X.T, "Each point is a row: try np.column_stack."),
        Suspect("reshaped", X.T.reshape(6, 2), refilled),
        Suspect("reshaped", np.concatenate([_refill(X[:3]), _refill(X[3:])]), refilled),
        Suspect("reversed", X[[3, 4, 5, 0, 1, 2]], "The outer arc comes first."),
        Suspect(
            "alternating",
            X[[0, 3, 1, 4, 2, 5]],
            "The arcs must not take turns: first comes all of the outer one, then the inner one.",
        ),
        Suspect("degrees", _arcs_to(180), "np.cos and np.sin take radians: t ends at π, not 180."),
        Suspect("full-circle", _arcs_to(2 * np.pi), "An arc is half a circle: t ends at π."),
        Suspect("open-arc", _arcs_to(np.pi * 2 / 3), "The last t should be π itself."),
        Suspect("upright-inner-arc", np.concatenate([X[:3], upright]), "The inner arc opens up."),
    )
    expect_close(received, X, given="n = 3", what="X", diagnosis="points", suspects=suspects)


def _expect_labels(received: Any, y: Array) -> None:
    labels = (
        Suspect("swapped-labels", 1 - y, "The outer arc is class 0, the inner one class 1."),
        Suspect("alternating-labels", np.tile([0, 1], 3), "All labels 0 come first: np.repeat."),
    )
    expect_close(received, y, given="n = 3", what="y", diagnosis="labels", suspects=labels)


def _tidy(X: Any) -> Any:
    """Return an array without rounding dust, in which 6e-17 and −0 would stand for 0."""
    return X.round(12) + 0.0 if isinstance(X, np.ndarray) and X.dtype.kind == "f" else X


def _refill(arc: Any) -> Any:
    """Return what reshaping rows of all x and all y gives."""
    return arc.T.reshape(arc.shape)


def _arcs_to(end: float) -> Any:
    t = np.linspace(0, end, 3)
    outer = np.column_stack([np.cos(t), np.sin(t)])
    return np.concatenate([outer, np.column_stack([1 - np.cos(t), 0.5 - np.sin(t)])])


ARCS = Exercise(
    name="moons/arcs",
    title="Two arcs from their formula",
    check=check_arcs,
    solution=solutions.two_arcs,
    hints=(
        "Begin with the n values of t: `np.linspace(0, np.pi, n)`.",
        "`np.column_stack([a, b])` makes rows (a, b); `np.concatenate` puts arc under arc.",
        "`np.repeat([0, 1], n)` gives n zeros and then n ones.",
    ),
    takeaway="Without noise, the two classes never touch.",
)
