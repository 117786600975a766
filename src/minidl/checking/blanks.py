"""Telling a blank from an answer that misses something."""

from __future__ import annotations

import difflib
import dis
from types import FunctionType
from typing import Any

import numpy as np

IDLE = ("RESUME", "NOP", "CACHE", "LOAD_", "STORE_FAST", "UNPACK_SEQUENCE", "BUILD_", "POP_TOP",
        "RETURN_", "COPY_FREE_VARS", "MAKE_CELL", "PRECALL", "CALL", "PUSH_NULL", "ROT_", "SWAP",
        "NOT_TAKEN", "EXTENDED_ARG", "KW_NAMES")  # fmt: skip
"""Beginnings of what a blank's instructions are called: it takes values and does nothing."""

GIVEN_CALLS = {"saved_for_backward"}  # methods that blanks call


def is_blank(value: Any) -> bool:
    """Return whether a value is `...`, or holds one.

    Examples
    --------
    >>> is_blank(...), is_blank((1, ...)), is_blank((1, None)), is_blank(0.0)
    (True, True, False, False)
    """
    if type(value) in (tuple, list):
        return any(map(is_blank, value))
    if type(value) is np.ndarray and value.dtype == object:
        return any(map(is_blank, value.flat))
    return value is ...


def is_unwritten(answer: Any, solution: Any) -> bool:
    """Return whether an answer, or a part of it that the solution writes, is as the lesson left it.

    Parameters
    ----------
    answer, solution : object
        What the learner has, and the exercise's solution: functions or classes.

    Examples
    --------
    >>> def begun(x):
    ...     x + 1
    >>> is_unwritten(lambda x: ..., abs), is_unwritten(begun, abs)
    (True, False)
    """
    if answer is None or is_blank(answer):
        return True
    if isinstance(answer, type):
        names = own_methods(solution) if isinstance(solution, type) else own_methods(answer)
        return any(does_nothing(vars(answer).get(name)) for name in names)
    return does_nothing(answer)


def does_nothing(function: Any) -> bool:
    """Return whether a function's body is `...`, at most after a line that takes what is given.

    Examples
    --------
    >>> does_nothing(lambda x: ...), does_nothing(lambda x: x)
    (True, False)
    """
    if not isinstance(function, FunctionType):
        return False
    steps = [step for step in dis.get_instructions(function) if step.opname != "CACHE"]
    if not all(step.opname.startswith(IDLE) for step in steps):
        return False
    calls = any(step.opname.startswith("CALL") for step in steps)
    if calls and not set(function.__code__.co_names) <= GIVEN_CALLS:
        return False
    last = steps[-1] if steps[-1].opname == "RETURN_CONST" else steps[-2]
    return "CONST" in last.opname and last.argval in (None, ...)


def own_methods(cls: type) -> list[str]:
    """Return the names of the methods that a class itself writes."""
    return [name for name, value in vars(cls).items() if callable(value)]


def missing_method(answer: Any, solution: Any) -> tuple[str, str] | None:
    """Return a method of the solution's that a class lacks, and the like one that it has in place.

    Examples
    --------
    >>> class Right:
    ...     def slope(self): ...
    >>> class Misspelt:
    ...     def slop(self): ...
    >>> missing_method(Misspelt, Right)
    ('slope', 'slop')
    """
    if not isinstance(answer, type) or not isinstance(solution, type):
        return None
    written, wanted = own_methods(answer), own_methods(solution)
    spare = [name for name in written if name not in wanted and not hasattr(solution, name)]
    for name in wanted:
        if name not in written and not _is_inherited(answer, solution, name):
            near = difflib.get_close_matches(name.lower(), [each.lower() for each in spare], n=1)
            found = [each for each in spare if near and each.lower() == near[0]]
            if found or not callable(getattr(answer, name, None)):
                return name, found[0] if found else ""
    return None


def _is_inherited(answer: type, solution: type, name: str) -> bool:
    """Return whether an answer has a method from a class of the learner's own."""
    given = {id(vars(base).get(name)) for base in solution.__mro__[1:]}
    for base in answer.__mro__[1:]:
        if name in vars(base):
            return id(vars(base)[name]) not in given
    return False
