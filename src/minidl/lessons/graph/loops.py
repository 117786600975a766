"""Running a learner's loop that may never end, in the lesson on the computational graph."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any

from minidl.checking.asking import ask
from minidl.checking.verdicts import wrong

LINES = 100_000  # a right answer runs a hundred on the small graphs that it is given here


class Endless(BaseException):
    """Raised in the learner's line; no Exception, which `except Exception` would swallow."""


@contextlib.contextmanager
def at_most(lines: int) -> Iterator[None]:
    """Raise Endless when more lines of Python than this are run inside.

    Examples
    --------
    >>> with at_most(1000):
    ...     sum(number for number in range(10))
    45
    """
    left, before = lines, sys.gettrace()

    def count_line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal left
        left -= event == "line"
        if left < 0:
            raise Endless
        return count_line

    sys.settrace(count_line)
    try:
        yield
    finally:
        sys.settrace(before)


def ask_ending(function: Any, *args: Any, advice: str) -> Any:
    """Call the learner's function as `ask` does, and say so if it does not come to an end.

    Raises
    ------
    WrongAnswer
        `endless`, with the advice, or as `ask` does.

    Examples
    --------
    >>> ask_ending(abs, -1, advice="Does something leave the list?")
    1
    """
    try:
        with at_most(LINES):
            return ask(function, *args)
    except Endless:
        wrong("endless", f"Your loop does not end. {advice}")
