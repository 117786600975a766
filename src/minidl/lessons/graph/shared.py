"""How several exercises on the graph read a learner's numbers."""

from __future__ import annotations

from typing import Any

from minidl.checking.plain import numbers
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import wrong


def as_number(value: Any) -> float:
    """Return a number of any kind as a float (`not-one-number`).

    Examples
    --------
    >>> as_number(1)
    1.0
    """
    number = numbers(value)
    if number is None or number.size != 1:
        wrong("not-one-number", f"Expected a number, received {describe_answer(value)}.")
    return float(number.item())
