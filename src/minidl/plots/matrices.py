"""Small matrices as coloured cells with their numbers, side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from minidl.plots.numbers import beside
from minidl.plots.style import MUTED
from minidl.plots.words import Word

Array = npt.NDArray[Any]
Column = Sequence[tuple[str, Array]]
"""Matrices with their titles, one below the other."""

MOST = 5  # rows and columns that are shown
CELL_WIDTH, CELL_HEIGHT = 48.0, 20.0
LEFT, TOP = 16.0, 174.0
GAP = 30.0  # between columns, with a sign in the middle
LETTER = 6.6  # width of a letter of a title
SIZE = 8.5  # of the numbers in cells of full width


class Placed(NamedTuple):
    """A matrix and the place of its upper left corner."""

    x: float
    y: float
    cell_width: float
    values: Array


def place(
    columns: Sequence[Column], signs: Sequence[str], *, width: float, top: float = TOP
) -> tuple[list[Placed], list[Word]]:
    """Return where each matrix stands, and its titles, so that all fit into a width.

    Parameters
    ----------
    columns : sequence of sequence of (title, values)
        Matrices side by side and, within a column, one below the other.
    signs : sequence of str
        What stands between one column and the next, such as "×".
    width : float
        The room there is.
    top : float
        Where the titles stand.
    """
    candidates = np.arange(CELL_WIDTH, CELL_WIDTH / 2, -1)
    cell_width = next((w for w in candidates if _total(columns, w) <= width), CELL_WIDTH / 2)
    placed, words, x = [], [], LEFT
    for column, sign in zip(columns, [*signs, ""], strict=True):
        parts, titles = _stack(column, x, top, cell_width)
        placed += parts
        words += titles
        x += _width(column, cell_width) + GAP
        words.append(Word(x - GAP / 2, parts[0].y + CELL_HEIGHT / 2, sign, size=13))
    return placed, words


def height_of(columns: Sequence[Column]) -> float:
    """Return how far below its top a row of matrices reaches, with the gap to what comes next.

    Examples
    --------
    >>> height_of([[("a", np.zeros((2, 3)))]])
    82.0
    """
    return max(
        sum(26 + CELL_HEIGHT * min(MOST, len(as_rows(values))) + 16 for _, values in column)
        for column in columns
    )


def _total(columns: Sequence[Column], cell_width: float) -> float:
    widths = [_width(column, cell_width) for column in columns]
    return 2 * LEFT + sum(widths) + GAP * (len(columns) - 1)


def _width(column: Column, cell_width: float) -> float:
    """Return the width of a column's widest title or matrix."""
    cells = max(as_rows(values).shape[1] for _, values in column)
    return max(cell_width * min(MOST, cells), *(LETTER * len(title) for title, _ in column))


def _stack(
    column: Column, x: float, y: float, cell_width: float
) -> tuple[list[Placed], list[Word]]:
    """Return the places of a column's matrices and their titles."""
    placed, words = [], []
    for title, values in column:
        rows = as_rows(values)
        words.append(Word(x, y, title, align="left", weight="bold", size=9))
        words.append(Word(x, y + 15, shape_text(values), align="left", color=MUTED))
        placed.append(Placed(x, y + 26, cell_width, rows))
        y += 26 + CELL_HEIGHT * min(MOST, len(rows)) + 16
    return placed, words


def as_rows(values: Array) -> Array:
    """Return an array of any shape as a matrix, a vector as one row."""
    return values.reshape(len(values), -1) if values.ndim > 1 else values.reshape(1, -1)


def shape_text(values: Array) -> str:
    """Return an array's shape and, if it is cut, how much of it is shown.

    Examples
    --------
    >>> shape_text(np.zeros((4, 2))), shape_text(np.zeros((4, 160))), shape_text(np.zeros(()))
    ('(4, 2)', '(4, 160), first 5', 'a number')
    """
    if values.ndim == 0:
        return "a number"
    return f"{values.shape}" + (f", first {MOST}" if max(values.shape) > MOST else "")


def cells_of(placed: Sequence[Placed]) -> tuple[list[Array], list[float], list[Word]]:
    """Return every cell's corners, its value relative to the matrix's largest, and its number."""
    corners, shades, numbers = [], [], []
    for x, y, cell_width, values in placed:
        shown = values[:MOST, :MOST]
        largest = np.abs(shown[np.isfinite(shown)]).max(initial=0)
        for (row, column), value in np.ndenumerate(shown):
            left, top = x + column * cell_width, y + row * CELL_HEIGHT
            corners.append(_rectangle(left, top, cell_width))
            shades.append(float(value / largest) if largest > 0 and np.isfinite(value) else 0.0)
            middle = (left + cell_width / 2, top + CELL_HEIGHT / 2)
            size = SIZE * cell_width / CELL_WIDTH
            numbers.append(Word(*middle, beside(value, largest), size=size))
    return corners, shades, numbers


def _rectangle(left: float, top: float, width: float) -> Array:
    right, bottom = left + width, top + CELL_HEIGHT
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)])
