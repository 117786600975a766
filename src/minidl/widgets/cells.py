"""Which run of which notebook cell is under way, so that a cell run again can tidy up."""

from __future__ import annotations

from typing import NamedTuple


class CellRun(NamedTuple):
    """A notebook cell and one run of it."""

    cell: str
    run: str

    def replaces(self, other: CellRun | None) -> bool:
        """Return whether this is a later run of the cell that `other` was a run of."""
        return other is not None and self.cell == other.cell and self.run != other.run


def current_cell_run() -> CellRun | None:
    """Return the run under way, or None where there is no notebook to ask."""
    from IPython.core.getipython import get_ipython

    get_parent = getattr(get_ipython(), "get_parent", None)
    if get_parent is None:
        return None
    request = get_parent()
    cell = request.get("metadata", {}).get("cellId")
    run = request.get("header", {}).get("msg_id")
    return CellRun(cell, run) if cell and run else None
