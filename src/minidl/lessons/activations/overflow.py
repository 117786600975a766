"""Warnings on the way to a right result, heard even where a learner's code silences NumPy."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.verdicts import wrong

Array = npt.NDArray[Any]

TOO_LATE = (
    "Whatever chooses, mends or hides it afterwards comes too late (`np.where` computes both of "
    "its sides everywhere)"
)


def expect_no_overflow(function: Any, *args: Array) -> None:
    """Expect a function with right results to reach them without an overflow or a 0 / 0.

    Parameters
    ----------
    function : callable
        The learner's.
    *args : ndarray
        Its arguments, of one length; it is asked with one number of each at a time.

    Raises
    ------
    WrongAnswer
        `hidden-overflow`, or `hidden-warning` for anything else that NumPy warns of.
    """
    for numbers in zip(*args, strict=True):
        with _unmasked() as kinds:
            ask(function, *(np.array([number]) for number in numbers))
        place = f"{numbers[0]:g}"
        if "overflow" in kinds:
            wrong(
                "hidden-overflow",
                f"The result is right, but on the way to it an exponential overflows, at {place}. "
                f"{TOO_LATE}: keep the exponent from growing.",
            )
        if kinds:
            wrong(
                "hidden-warning",
                f"The result is right, but on the way to it NumPy meets what has no value, such "
                f"as 0 / 0, at {place}. {TOO_LATE}: find a form that needs no exception.",
            )


@contextlib.contextmanager
def _unmasked() -> Iterator[list[str]]:
    """Collect what NumPy would warn of; `np.errstate` in the learner's code changes nothing."""
    kinds: list[str] = []
    names = vars(np)
    errstate = names["errstate"]

    def hear(kind: str, _: int) -> None:
        kinds.append(kind)

    with np.errstate(over="call", invalid="call", divide="call", call=hear):
        names["errstate"] = lambda **_: contextlib.nullcontext()
        try:
            yield kinds
        finally:
            names["errstate"] = errstate
