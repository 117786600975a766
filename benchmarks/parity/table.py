"""Differences between arrays, and tables of them."""

from __future__ import annotations

from typing import Any

import numpy as np


def difference(ours: Any, theirs: Any) -> float:
    """Return max |ours − theirs| over the largest |theirs|, or over 1 if that is below 1e-3.

    NaN and infinity have to stand in the same places; if not, the difference is infinite.
    """
    ours, theirs = np.asarray(ours, np.float64), np.asarray(theirs, np.float64)
    if ours.shape != theirs.shape:
        return np.inf
    finite = np.isfinite(theirs)
    if not np.array_equal(ours[~finite], theirs[~finite], equal_nan=True):
        return np.inf
    if not np.isfinite(ours[finite]).all():
        return np.inf
    if not finite.any():
        return 0.0
    largest = np.abs(theirs[finite]).max()
    return float(np.abs(ours[finite] - theirs[finite]).max() / (largest if largest > 1e-3 else 1))


def page(part: Any, command: str) -> str:
    """Return a part's table as Markdown, the largest number of each column above it."""
    rows = list(part.rows())
    columns = list(rows[0])
    numbers = [column for column in columns if isinstance(rows[0][column], float)]
    largest = {column: max(row[column] for row in rows) for column in numbers}
    said = ", ".join(f"{column} {written(value)}" for column, value in largest.items())
    return "\n".join(
        [
            f"# {part.TITLE}",
            "",
            f"{part.ABOUT} Made by `{command}`.",
            "",
            f"{len(rows)} rows; the largest differences: {said}.",
            "",
            line(columns),
            line("---:" if column in numbers else "---" for column in columns),
            *(line(written(row[column]) for column in columns) for row in rows),
            "",
        ]
    )


def line(cells: Any) -> str:
    return f"| {' | '.join(cells)} |"


def written(value: Any) -> str:
    if not isinstance(value, float):
        return str(value)
    return "0" if value == 0 else f"{value:.0e}"
