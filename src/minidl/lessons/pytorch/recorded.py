"""Cells that need a package which not every reader has: run them, or show what they have printed.

A reader without PyTorch sees, behind a line that says so, what a cell printed on a machine that
has it. So that this can't grow old, the tests run every such cell where its packages are
installed, and compare what it prints with the notebook, and the notebook with the record. To
write the record anew, set the variable `MINIDL_RECORD` to 1 while the notebook is built.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

RECORD = Path(__file__).with_name("recorded.json")
"""What cells have printed, by the names of their functions."""

MISSING = "Not installed here: {missing}. Elsewhere this cell prints:\n"


def run_with(packages: str, cell: Callable[[], Any], *, record: Path = RECORD) -> Any:
    """Call a function that needs some packages; where one is missing, show what it has printed.

    Parameters
    ----------
    packages : str
        Names as they are imported, with spaces between them: "torch", "torch onnxruntime".
    cell : callable
        The function; the record knows it by its name.
    record : Path
        The record.

    Returns
    -------
    object
        What the function returned; None where it was not called.

    Raises
    ------
    KeyError
        If it was neither called nor recorded.

    Examples
    --------
    >>> run_with("math", lambda: 3)
    3
    """
    missing = [name for name in packages.split() if importlib.util.find_spec(name) is None]
    if missing:
        print(MISSING.format(missing=" and ".join(missing)), end="")  # noqa: T201
        print(json.loads(record.read_text(encoding="utf-8"))[cell.__name__], end="")  # noqa: T201
        return None
    if os.environ.get("MINIDL_RECORD") == "1":
        return _recorded(cell, record)
    return cell()


def _recorded(cell: Callable[[], Any], record: Path) -> Any:
    """Call a function, show what it prints, and write it down."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        result = cell()
    print(printed.getvalue(), end="")  # noqa: T201
    known = json.loads(record.read_text(encoding="utf-8")) if record.exists() else {}
    known[cell.__name__] = printed.getvalue()
    text = json.dumps(known, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    record.write_text(text, encoding="utf-8", newline="\n")
    return result
