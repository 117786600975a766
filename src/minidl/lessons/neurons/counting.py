"""Counting the steps that Python takes: those of a loop grow with what it goes through."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any


def steps(function: Callable[..., Any], *args: Any) -> int:
    """Return how many lines of Python, one as often as it runs, a call takes.

    What NumPy does to a whole array inside of one line does not count, whatever its size.

    Parameters
    ----------
    function : callable
        What is called.
    *args
        Its arguments.

    Examples
    --------
    >>> steps(lambda x: [i for i in x], range(1000)) > 1000
    True
    """
    count = 0

    def watch(frame: FrameType, event: str, arg: Any) -> Any:
        nonlocal count
        count += 1
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        function(*args)
    finally:
        sys.settrace(before)
    return count
