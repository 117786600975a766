"""What an option of an optimizer may be: checks that make it a plain Python value.

A check takes a value and the option's name and returns the value, or raises an error that says
what was expected. An optimizer lists one for each of its options, once:

>>> options = {"lr": real(low=0), "betas": pair(share, share)}
>>> options["betas"]([0.9, 0], "betas")
(0.9, 0.0)
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from minidl.validation import check_choice, check_positive_int, check_real, describe

Check = Callable[[Any, str], Any]
Options = Mapping[str, Check]


def real(
    low: float | None = None,
    high: float | None = None,
    *,
    low_inclusive: bool = True,
    high_inclusive: bool = True,
) -> Check:
    """Return a check for a finite number in an interval.

    Examples
    --------
    >>> real(low=0, high=1, high_inclusive=False)(1, "alpha")
    Traceback (most recent call last):
    ValueError: alpha: expected a finite number ≥ 0 and < 1, received 1
    """

    def check(value: Any, name: str) -> float:
        return check_real(
            value,
            name,
            low=low,
            high=high,
            low_inclusive=low_inclusive,
            high_inclusive=high_inclusive,
        )

    return check


def whole(minimum: int) -> Check:
    """Return a check for a whole number of at least `minimum`.

    Examples
    --------
    >>> whole(1)(20, "max_iter")
    20
    """
    return lambda value, name: check_positive_int(value, name, minimum=minimum)


def share(value: Any, name: str) -> float:
    """Check for a number that is at least 0 and below 1, such as what an average keeps.

    Examples
    --------
    >>> share(1, "betas[0]")
    Traceback (most recent call last):
    ValueError: betas[0]: expected a finite number ≥ 0 and < 1, received 1
    """
    return check_real(value, name, low=0, high=1, high_inclusive=False)


def choice(*choices: Any) -> Check:
    """Return a check for one of some values.

    Examples
    --------
    >>> choice(None, "strong_wolfe")("armijo", "line_search_fn")
    Traceback (most recent call last):
    ValueError: line_search_fn: expected one of None, 'strong_wolfe', received 'armijo'
    """
    return lambda value, name: check_choice(value, name, choices)


def optional(check: Check) -> Check:
    """Return a check for None or what another check takes.

    Examples
    --------
    >>> optional(whole(1))(None, "max_eval")
    """
    return lambda value, name: None if value is None else check(value, name)


def pair(first: Check, second: Check) -> Check:
    """Return a check for two values, each with a check of its own.

    Examples
    --------
    >>> pair(share, share)([0.9, 0.999], "betas")
    (0.9, 0.999)
    """

    def check(value: Any, name: str) -> tuple[Any, Any]:
        if not isinstance(value, tuple | list) or len(value) != 2:
            raise TypeError(f"{name}: expected two values, received {describe(value)}")
        return first(value[0], f"{name}[0]"), second(value[1], f"{name}[1]")

    return check
