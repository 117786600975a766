"""Short words for what went wrong, for readers who cannot see a traceback."""

from __future__ import annotations

import traceback
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def short_error(error: BaseException) -> str:
    """Return one line: the kind of error, its message, and the reader's own line it came from.

    Examples
    --------
    >>> short_error(ValueError("expected 2 inputs, received 3"))
    'ValueError: expected 2 inputs, received 3'
    """
    message = " ".join(str(error).split())
    text = f"{type(error).__name__}: {message}" if message else type(error).__name__
    return text + _place(error)


def _place(error: BaseException) -> str:
    """Return where in the reader's own code `error` passed through, or nothing."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if "site-packages" not in path.parts and _PACKAGE not in path.resolve().parents:
            return f" (line {frame.lineno} of {frame.name})"
    return ""
