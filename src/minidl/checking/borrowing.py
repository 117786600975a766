"""Telling what a learner has written from what a ready function of a library does for them."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

from minidl.checking.asking import GUARDED
from minidl.checking.verdicts import wrong

LIBRARIES = ("minidl", "sklearn", "torch", "tensorflow", "keras", "jax", "autograd")
ALLOWED = (
    "minidl.op",
    "minidl.parameter",
    "minidl.underflow",
    "minidl.validation",
    "minidl.lessons",
    "minidl.checking",
)
"""What an answer may call all the same: what an Op inherits, and the exercises' own room."""


def expect_own(function: Callable[..., Any], *args: Any) -> None:
    """Expect the learner's code not to call what it is to be written in place of (`borrowed`).

    Errors are let pass: how the code fares is asked elsewhere.

    Parameters
    ----------
    function : callable
        The learner's, right in all else.
    *args
        Its arguments.

    Raises
    ------
    WrongAnswer
        With the name of the first function of minidl or of another library that teaches or
        learns. NumPy's are not among them.

    Examples
    --------
    >>> expect_own(abs, -1)
    >>> from minidl.numerics import sigmoid
    >>> expect_own(lambda x: sigmoid(x), 0.5)  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    minidl.checking.verdicts.WrongAnswer: borrowed: Here `sigmoid` of minidl does the work. ...
    """
    borrowed: list[tuple[str, str]] = []
    wrapped: list[tuple[str, str]] = []

    def note(frame: FrameType) -> None:
        module = str(frame.f_globals.get("__name__", ""))
        if _within(module, LIBRARIES) and not _within(module, ALLOWED):
            found = borrowed if _is_public(frame) else wrapped
            found.append((_name(frame), module.partition(".")[0]))

    _watch_calls(note, function, *args)
    if borrowed or wrapped:
        name, library = (borrowed or wrapped)[0]
        wrong(
            "borrowed",
            f"Here `{name}` of {library} does the work. The exercise is to write it yourself.",
        )


def nesting(function: Callable[..., Any], *args: Any) -> int:
    """Return how often one function stands above itself on the way down, at the most.

    Examples
    --------
    >>> nesting(abs, 5)
    0
    """
    deepest = 0

    def note(frame: FrameType) -> None:
        nonlocal deepest
        if not frame.f_globals.get("__name__", "").startswith("minidl.checking"):
            deepest = max(deepest, _times(frame, frame.f_code))

    _watch_calls(note, function, *args)
    return deepest


def _times(frame: FrameType | None, code: CodeType) -> int:
    times = 0
    while frame is not None:
        times += frame.f_code is code
        frame = frame.f_back
    return times


def _watch_calls(
    note: Callable[[FrameType], None], function: Callable[..., Any], *args: Any
) -> None:
    """Call a function, and `note` for every frame of Python that this opens."""
    before = sys.getprofile()

    def look(frame: FrameType, event: str, argument: Any) -> None:
        if event == "call":
            note(frame)

    with contextlib.suppress(*GUARDED):
        sys.setprofile(look)
        try:
            function(*args)
        finally:
            sys.setprofile(before)


def _within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def _is_public(frame: FrameType) -> bool:
    """Return whether what was called has a name to call it by, unlike what a decorator puts in."""
    return "self" in frame.f_locals or frame.f_code.co_name in frame.f_globals


def _name(frame: FrameType) -> str:
    """Return what was called: a function's name, or the class's where it is a method."""
    owner = frame.f_locals.get("self")
    return frame.f_code.co_name if owner is None else type(owner).__name__
