"""A small table of whole numbers as one control, such as the weights of a window."""

from __future__ import annotations

from typing import Any

import ipywidgets
import traitlets

Rows = tuple[tuple[int, ...], ...]

_CELL = "58px"  # room for a sign, a digit and the browser's arrows
_LABEL_WIDTH = "116px"


class NumberGrid(ipywidgets.HBox):  # type: ignore[misc]  # ipywidgets has no types
    """Boxes in rows and columns, each for a number: typed, or moved by the arrow keys.

    Parameters
    ----------
    description, tooltip : str
        As of every control.
    value : sequence of sequence of int
        The numbers at first, row by row.
    low, high : int
        The range of each.

    Examples
    --------
    >>> grid = NumberGrid("Kernel", "Its weights.", [[0, 1], [2, 3]], low=-9, high=9)
    >>> grid.boxes[3].value = -5
    >>> grid.value
    ((0, 1), (2, -5))
    """

    value = traitlets.Tuple()
    description = traitlets.Unicode()
    tooltip = traitlets.Unicode()  # not told to the page, where a box without description fails

    def __init__(self, description: str, tooltip: str, value: Any, *, low: int, high: int) -> None:
        rows = as_rows(value)
        self.boxes = [
            _box(number, low, high, f"{description}, row {i}, column {j}. {tooltip}")
            for i, row in enumerate(rows, start=1)
            for j, number in enumerate(row, start=1)
        ]
        right = {"display": "flex", "justify_content": "flex-end"}
        label = ipywidgets.Label(description, layout={"width": _LABEL_WIDTH, **right})
        columns = f"repeat({len(rows[0])}, {_CELL})"
        look = {"grid_template_columns": columns, "grid_gap": "0 2px"}
        table = ipywidgets.GridBox(self.boxes, layout=look)
        place = {"grid_row": f"span {len(rows)}", "align_items": "center"}
        super().__init__([label, table], layout=place)
        self.description, self.tooltip, self.value = description, tooltip, rows
        self.min, self.max = (tuple((end,) * len(row) for row in rows) for end in (low, high))
        for box in self.boxes:
            box.observe(self._take, names="value")
        self.observe(self._put, names="value")

    @property
    def disabled(self) -> bool:
        """Whether no number can be changed."""
        return bool(self.boxes[0].disabled)

    @disabled.setter
    def disabled(self, off: bool) -> None:
        for box in self.boxes:
            box.disabled = off

    def accepts(self, value: Any) -> bool:
        """Return whether a value has the grid's rows and columns, and numbers in its range."""
        try:
            rows = as_rows(value)
            whole = all(
                n == m
                for old, new in zip(value, rows, strict=True)
                for n, m in zip(old, new, strict=True)
            )
        except (TypeError, ValueError, OverflowError):
            return False
        low, high = self.boxes[0].min, self.boxes[0].max
        same_shape = [len(row) for row in rows] == [len(row) for row in self.value]
        return whole and same_shape and all(low <= n <= high for row in rows for n in row)

    def _take(self, _: Any) -> None:
        """Follow the boxes."""
        numbers = iter([box.value for box in self.boxes])
        self.value = tuple(tuple(next(numbers) for _ in row) for row in self.value)

    def _put(self, change: Any) -> None:
        """Let the boxes follow; while some have still to, they are not asked."""
        numbers = [number for row in change["new"] for number in row]
        for box in self.boxes:
            box.unobserve(self._take, names="value")
        for box, number in zip(self.boxes, numbers, strict=True):
            box.value = number
        for box in self.boxes:
            box.observe(self._take, names="value")


def _box(number: int, low: int, high: int, tooltip: str) -> Any:
    look = {"width": _CELL, "margin": "1px 0"}
    return ipywidgets.BoundedIntText(number, min=low, max=high, tooltip=tooltip, layout=look)


def as_rows(value: Any) -> Rows:
    """Return rows of numbers as tuples of Python's whole numbers.

    Examples
    --------
    >>> as_rows([[1, 2], [3, 4]])
    ((1, 2), (3, 4))
    """
    return tuple(tuple(int(number) for number in row) for row in value)
