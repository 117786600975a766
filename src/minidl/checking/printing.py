"""What a learner's code prints during a check: kept, as far as it can be read, for the verdict."""

from __future__ import annotations

import io

LINES = 12
CHARACTERS = 800


class Printed(io.TextIOBase):
    """A stream in place of `sys.stdout` that keeps the first lines and counts the others.

    Examples
    --------
    >>> printed = Printed()
    >>> print("a", 1, file=printed)
    >>> printed.text()
    'a 1'
    """

    def __init__(self) -> None:
        self._kept: list[str] = []
        self._left = CHARACTERS
        self._lines = self._length = 0

    def write(self, text: str) -> int:
        """Keep a text, or only count its lines where enough is kept already."""
        if not isinstance(text, str):
            raise TypeError(f"expected a text to print, received {type(text).__name__}")
        if self._left > 0 and self._lines < LINES:
            kept = "".join(text.splitlines(keepends=True)[: LINES - self._lines])[: self._left]
            self._kept.append(kept)
            self._left -= len(kept)
        self._lines += text.count("\n")
        self._length += len(text)
        return len(text)

    def writable(self) -> bool:
        """Return True, as a stream to print to does."""
        return True

    def close(self) -> None:
        """Do nothing: what comes later is printed, too."""

    def text(self) -> str:
        """Return what has been printed, and how many lines are left out."""
        kept = "".join(self._kept)
        if len(kept) == self._length:
            return kept.strip("\n")
        left_out = max(self._lines - kept.count("\n"), 1)
        return f"{kept.strip()}\n… and {left_out} more line{'s' * (left_out > 1)}"
