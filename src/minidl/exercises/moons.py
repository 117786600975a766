"""Exercises of the lesson "Moons: data, model, loss"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.exercises.comparing import Suspect
from minidl.exercises.comparing_functions import expect_same
from minidl.exercises.exercise import Exercise
from minidl.exercises.solutions import moons as solutions


def check_bce(bce: Any) -> None:
    """Check the values of a binary cross-entropy."""
    p, y = np.array([[0.9], [0.2]]), np.array([[1.0], [0.0]])
    right = solutions.bce(p, y)
    missing = Suspect("missing-mean", 2 * right, "This is the sum over the points, not the mean.")
    expect_same(bce, solutions.bce, (p, y), suspects=[missing])


BCE = Exercise("moons/bce", "Binary cross-entropy", check_bce, solutions.bce, ("Mean.",))
EXERCISES = (BCE,)
