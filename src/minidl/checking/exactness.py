"""Numbers to the last digits: what is rounded, cut to float32 or measured is not the formula."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.checking.collecting import differs_already
from minidl.checking.plain import numbers
from minidl.checking.showing import describe_answer, show_pair
from minidl.checking.verdicts import wrong

INEXACT = (
    "Right at first sight, but not to the last digits, as if something was rounded, stored in "
    "fewer bits, measured by nudging, or mixed with a tiny number of its own."
)


def expect_exact(
    received: Any, expected: Any, *, given: str = "", rtol: float = 1e-10, atol: float = 1e-13
) -> None:
    """Expect results that are close already to agree in all but the last digits (`inexact`).

    Two ways to write one formula differ by some 1e-15 of the result; float32 by 1e-7.

    Parameters
    ----------
    received, expected : array_like
        What the learner's code gave and what is right, of one shape.
    given : str
        What it was computed from.
    rtol, atol : float
        Tolerances as for `numpy.allclose`.

    Examples
    --------
    >>> expect_exact(0.1 + 0.2, 0.3)
    >>> expect_exact(0.333333, 1 / 3)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    minidl.checking.verdicts.WrongAnswer: inexact: Right at first sight, ... received 0.333333.
    """
    if differs_already():
        return  # the check goes on, to see whether a mistake explains further results, too
    got, want = numbers(received), np.asarray(expected)
    if got is None:
        wrong("not-an-array", f"Expected numbers, received {describe_answer(received)}.")
    off = got.shape == want.shape and ~np.isclose(got, want, rtol, atol, equal_nan=True)
    if not np.any(off):
        return
    place = tuple(np.argwhere(off)[0])
    right, own = show_pair(want[place], got[place])
    where = f"For {given}: " if given else "Here: "
    wrong("inexact", f"{INEXACT} {where}expected {right}, received {own}.")
