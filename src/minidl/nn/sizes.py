"""Sizes of windows in one direction or two: arguments that are a number or a pair."""

from __future__ import annotations

from collections.abc import Sequence

from minidl.validation import check_positive_int, describe

Sizes = tuple[int, ...]
"""A number for each direction: (height, width), or (length,)."""


def as_sizes(value: object, name: str, directions: int, *, minimum: int = 1) -> Sizes:
    """Return a number as one for each direction, and a sequence of such as a tuple.

    Examples
    --------
    >>> as_sizes(3, "kernel_size", 2)
    (3, 3)
    """
    several = isinstance(value, Sequence) and not isinstance(value, str)
    sizes = tuple(value) if several else (value,) * directions  # type: ignore[arg-type]
    if len(sizes) != directions:
        pair = "" if directions == 1 else " or a pair (height, width)"
        raise ValueError(f"{name}: expected a number{pair}, received {describe(value)}")
    return tuple(check_positive_int(number, name, minimum=minimum) for number in sizes)


def shown(sizes: Sizes) -> int | Sizes:
    """Return sizes as a reader writes them: of a single direction, the number.

    Examples
    --------
    >>> shown((3,)), shown((3, 2))
    (3, (3, 2))
    """
    return sizes if len(sizes) > 1 else sizes[0]
