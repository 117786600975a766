"""A check goes on after a wrong result, to see whether a known mistake explains further ones."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

_collected: ContextVar[list[Any] | None] = ContextVar("_collected", default=None)


@contextlib.contextmanager
def collecting(found: list[Any]) -> Iterator[None]:
    """Collect in `found` the differences of a check, instead of ending it at the first.

    Examples
    --------
    >>> found = []
    >>> with collecting(found):
    ...     collect("a difference"), differs_already()
    (True, True)
    >>> found, collect("another")
    (['a difference'], False)
    """
    token = _collected.set(found)
    try:
        yield
    finally:
        _collected.reset(token)


def collect(difference: Any) -> bool:
    """Note a difference, and return whether they are collected."""
    found = _collected.get()
    if found is not None:
        found.append(difference)
    return found is not None


def differs_already() -> bool:
    """Return whether a result of this check was wrong.

    Its verdict is about that result. What follows only serves to tell which mistake explains it,
    for which one result is not enough: a check that asks for a result once gives a further
    example where this is true.
    """
    return bool(_collected.get())
