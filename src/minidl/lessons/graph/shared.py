"""How several exercises on the graph read a learner's numbers."""

from __future__ import annotations

from typing import Any

from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import wrong


def as_number(value: Any) -> float:
    """Return a number of any kind as a float (`not-one-number`).

    Examples
    --------
    >>> as_number(1)
    1.0
    """
    if isinstance(value, (str, bytes)):
        wrong("not-one-number", f"Expected a number, received {describe_answer(value)}.")
    try:
        return float(value)
    except (TypeError, ValueError):
        wrong("not-one-number", f"Expected a number, received {describe_answer(value)}.")
