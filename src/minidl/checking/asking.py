"""Running a learner's code so that nothing it does can harm the checker."""

from __future__ import annotations

import contextlib
import linecache
import sysconfig
import traceback
import warnings
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import numpy as np

from minidl.checking.blanks import is_blank
from minidl.checking.deadline import TimeUp
from minidl.checking.plain import settled
from minidl.checking.sandbox import Refused, Sandbox, current
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import NotAttempted, WrongAnswer, wrong

FOLDERS = [sysconfig.get_paths()[key] for key in ("stdlib", "platstdlib", "purelib", "platlib")]
LIBRARIES = [Path(folder).resolve() for folder in [*FOLDERS, str(Path(__file__).parents[1])]]
BRACKETS = "`&` and `|` come before `>` and `<`: put each comparison in parentheses."
POWER = "A power is `**` in Python; `^` is something else."
JOIN = "Arrays that are to be joined go into one list, as in `np.concatenate([a, b])`."
ADVICE = {
    "truth value of an array": "`if`, `and` and `max` ask one question, an array holds many: try "
    "`np.where` and `&`, or `np.maximum`.",
    "bitwise_xor": POWER,
    "type(s) for ^": POWER,
    "bitwise_": BRACKETS,
    "type(s) for &": BRACKETS,
    "type(s) for |": BRACKETS,
    "integer scalar arrays can be converted": JOIN,
    "stack() takes 1 positional": JOIN,
    "stack_dispatcher() takes 1 positional": JOIN,
    "arrays can be converted to Python scalars": "The functions of `math` take one number; "
    "`np.exp`, `np.log` and their kin take whole arrays.",
}
"""What to try, by words in the error's own text."""
ENDS = "Does it come to an end?"
UNWRITTEN = "Something that is asked for is not written yet."
GUARDED = (Exception, SystemExit)  # what a check may catch; not the learner's own stop button


def ask(function: Any, *args: Any, quiet: bool = False, advice: str = "") -> Any:
    """Call the learner's function and return its result; end the check if there is none.

    The function gets copies of the arrays, and half of the check's time.

    Parameters
    ----------
    function : callable
        What the learner wrote: a function, an op, a method.
    *args
        Its arguments.
    quiet : bool
        Whether a warning, such as for an overflow, is a fault.
    advice : str
        What to try if the call does not come to an end.

    Raises
    ------
    NotAttempted
        If it returns None or `...`, or computes with `...`.
    WrongAnswer
        `not-a-function`, `raises` and what else `report` says, `changes-its-input`, `not-plain`
        or with `quiet` `warns`.
    TimeUp, Refused
        If it does not end, or does what it must not; only the engine catches these.

    Examples
    --------
    >>> ask(lambda x: x + 1, 2)
    3
    """
    if not callable(function):
        wrong(
            "not-a-function",
            f"Expected the function itself, received {describe_answer(function)}: "
            "pass its name, without parentheses.",
        )
    copies = [arg.copy() if isinstance(arg, np.ndarray) else arg for arg in args]
    with shielded() as caught:
        result = _call(partial(function, *copies), advice)
    if result is None or is_blank(result):
        raise NotAttempted(dots=result is not None)
    for before, after in zip(args, copies, strict=True):
        if isinstance(before, np.ndarray) and not _same(before, after):
            wrong(
                "changes-its-input",
                "Your code changes the array that it is given; whoever passed it still needs it. "
                "Compute into a new array.",
            )
    if quiet and caught:
        wrong("warns", f"Your code warned: {str(caught[0].message)[:120]}.")
    return settled(result)


def _call(work: Any, advice: str) -> Any:
    box = current()
    try:
        if box is None:
            box = Sandbox()
            return box.run(partial(box.call, work))
        return box.call(work)
    except KeyboardInterrupt:
        raise
    except (TimeUp, Refused) as end:
        end.sentence = end_early(end, advice).sentence
        raise
    except BaseException as error:
        report(error)


def make(kind: Any, *args: Any, **options: Any) -> Any:
    """Make an object of the learner's class.

    Raises
    ------
    WrongAnswer
        `not-a-class`, or as `ask` does.

    Examples
    --------
    >>> make(list)
    []
    """
    if not isinstance(kind, type):
        wrong(
            "not-a-class",
            f"Expected the class itself, received {describe_answer(kind)}: pass its name, without "
            "parentheses.",
        )
    return ask(lambda: kind(*args, **options))


@contextlib.contextmanager
def shielded() -> Iterator[list[warnings.WarningMessage]]:
    """Collect warnings while the learner's code runs."""
    with (
        warnings.catch_warnings(record=True) as caught,
        np.errstate(all="warn", under="ignore"),  # what underflows is 0, as it should be
    ):
        warnings.simplefilter("always")
        yield caught


def end_early(end: TimeUp | Refused, advice: str = "") -> WrongAnswer:
    """Return the verdict on code that was stopped: `endless`, or what it must not do."""
    if isinstance(end, Refused):
        if " " in end.sentence and end.sentence[0].islower():
            end.sentence = f"{_line(end).rstrip(',') or 'Your code'} {end.sentence}"
        return WrongAnswer(end.diagnosis, end.sentence)
    if not end.sentence:
        line = _line(end) or "Your code"
        end.sentence = f"{line} was still running when its time was up. {advice or ENDS}"
    return WrongAnswer("endless", end.sentence)


def report(error: BaseException) -> NoReturn:
    """End the check because of an error that the learner's code raised.

    Raises
    ------
    NotAttempted
        If the error says that it was computed with `...`.
    WrongAnswer
        `raises`, `exits`, `not-implemented`, or `ungradable` where the error did not come from
        the learner's lines.
    """
    if _met_dots(error):
        raise NotAttempted(dots=True) from None
    line = _line(error)
    problem = f"{type(error).__name__}: {_text(error)}".removesuffix(": ")
    if isinstance(error, SystemExit):
        wrong("exits", f"{line or 'Your code'} ends the program; the next cell needs it.")
    if isinstance(error, NotImplementedError):
        wrong("not-implemented", f"{line or 'Your code'} raised {_sentence(problem)} {UNWRITTEN}")
    if line and isinstance(error, RecursionError):
        wrong("raises", f"{line} calls itself without end.")
    if line:
        wrong("raises", f"{line} raised {_sentence(problem)}{_advice(problem)}")
    advice = "Is your answer what the exercise asks for?"
    wrong("ungradable", f"Using your answer raised {_sentence(problem)} {advice}")


def _met_dots(error: BaseException) -> bool:
    """Return whether `...` was computed with; an index with two of them is another matter."""
    return isinstance(error, (TypeError, AttributeError)) and "ellipsis" in _text(error)


def _text(error: BaseException) -> str:
    try:
        text = " ".join(str(error).split())
    except Exception:
        return ""
    return text if len(text) <= 160 else f"{text[:157]}…"


def _advice(problem: str) -> str:
    """Return what to try where NumPy's own words are hard to read, else nothing."""
    for words, advice in ADVICE.items():
        if words in problem:
            return f" {advice}"
    return ""


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _line(error: BaseException) -> str:
    """Return "Line 3, `…`," for the last line of the learner's that took part, or nothing."""
    for frame, line in reversed(list(traceback.walk_tb(error.__traceback__))):
        file = frame.f_code.co_filename
        if not _in_library(file):
            source = linecache.getline(file, line, frame.f_globals).strip()
            return f"Line {line}, `{source}`," if source else f"Line {line}"
    return ""


def _in_library(file: str) -> bool:
    if "mistakes" in Path(file).parts:  # a planted mistake is judged as a learner's own lines
        return False
    if file.startswith("<"):
        return not file.startswith(("<ipython", "<stdin", "<string", "<doctest", "<lesson"))
    return any(library in Path(file).resolve().parents for library in LIBRARIES)


def _same(before: Any, after: Any) -> bool:
    if before.shape != after.shape:
        return False
    if before.dtype == after.dtype and before.tobytes() == after.tobytes():
        return True  # nearly always, and seen in a moment
    return np.array_equal(before, after, equal_nan=before.dtype.kind == "f")
