"""The check of the exercise "bends/xor"."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_number
from minidl.checking.verdicts import wrong
from minidl.lessons.bends import solutions as solutions
from minidl.lessons.bends.mistakes.xor import MISTAKES

CORNERS = np.array([[-1.0, -1.0], [1.0, 1.0], [-1.0, 1.0], [1.0, -1.0]])
SIDES = np.array([-1, -1, 1, 1])
C = -1.0


def check_xor(my_units: Any) -> None:
    """Check that two units put the four corners on their sides."""
    if not _is_row(my_units, 2) or not all(_is_row(unit, 4) for unit in my_units):
        wrong(MISTAKES["not-two-units"])
    rows = [[expect_number(number, what="each number") for number in unit] for unit in my_units]
    w, b, v = np.hsplit(np.array(rows), [2, 3])
    with np.errstate(over="ignore", invalid="ignore"):
        a = np.maximum(CORNERS @ w.T + b.T, 0)
        sums = (a @ v)[:, 0] + C
    if not np.isfinite(sums).all():
        wrong(MISTAKES["not-finite"])
    if np.array_equal(np.sign(sums), SIDES):
        return
    where = _first_wrong(a * v[:, 0])
    if np.array_equal(np.sign(sums), -SIDES):
        wrong(MISTAKES["sides-swapped"])
    if not (a * v[:, 0]).any(axis=0).all():
        j = int(np.argmin((a * v[:, 0]).any(axis=0))) + 1
        wrong(MISTAKES["one-alone"], j=j, where=where)
    if np.allclose(a[:, 0] * np.max(a[:, 1]), a[:, 1] * np.max(a[:, 0])):
        wrong(MISTAKES["same-fold"], where=where)
    if np.all(v <= 0):
        wrong(MISTAKES["only-downwards"])
    if np.all(sums <= 0):
        wrong(MISTAKES["too-low"], highest=float(sums.max()))
    wrong(MISTAKES["wrong-side"], where=where)


def _is_row(value: Any, length: int) -> bool:
    rows = isinstance(value, (tuple, list)) or (isinstance(value, np.ndarray) and value.ndim > 0)
    return rows and len(value) == length


def _first_wrong(shares: Any) -> str:
    """Return a sentence about the first corner on the wrong side, and how its sum comes about."""
    for (x1, x2), pair, side in zip(CORNERS, shares, SIDES, strict=True):
        total = C + pair.sum()
        if total * side <= 0:
            which, where = ("triangle", "above") if side > 0 else ("circle", "below")
            terms = "".join(f" {'-' if share < 0 else '+'} {abs(share):.3g}" for share in pair)
            sum_ = f"{C:g}{terms} = {total:.3g}"
            return f"At the {which} ({x1:g}, {x2:g}) the sum is {sum_}, not {where} 0."
    return ""


XOR = Exercise(
    name="bends/xor",
    title="XOR by hand",
    check=check_xor,
    solution="my_units = [(1.0, -1.0, 0.0, 1.0), (-1.0, 1.0, 0.0, 1.0)]",
    mistakes=MISTAKES,
    answer="my_units",
    hints=(
        "c = −1 keeps the sum below 0 wherever both units are silent. So each unit has to lift "
        "one triangle, and stay silent at the circles.",
        "A unit with w = (1, −1) and b = 0 is awake at one triangle, and silent at both circles. "
        "Which unit does the same for the other triangle?",
        "`(1, -1, 0, 1)` and `(-1, 1, 0, 1)`.",
    ),
    takeaway="Two folds make a valley with a triangle on either side, or a ridge with both on it.",
)
