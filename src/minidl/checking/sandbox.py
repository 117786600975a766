"""Where a learner's code runs during a check: bounded in time, and without a trace afterwards.

Within one process a sandbox protects the notebook from accidents, not the check from a forger.
What nothing here prevents: code that walks up the frames (`inspect`, `sys._getframe`, `gc`) to the
check's own variables, that takes an answer from `minidl.lessons.<slug>.solutions`, that exchanges
parts of minidl or of Python before the check begins, or that writes to the process by `ctypes`.
Whoever can do that needs no exercise. A wait or a long call of compiled code that cannot be cut
short goes on in a thread of its own after its verdict.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from threading import Thread, get_ident
from typing import Any, NoReturn, TypeVar

import numpy as np

from minidl.checking import deadline, stand_ins
from minidl.checking.deadline import Watch, seconds_of_a_call, stop
from minidl.checking.keeping import functions_kept, kept
from minidl.checking.printing import Printed

Result = TypeVar("Result")


class Refused(BaseException):
    """Raised in place of what a check does not let happen, such as `input()`."""

    def __init__(self, diagnosis: str, sentence: str) -> None:
        super().__init__(sentence)
        self.diagnosis = diagnosis
        self.sentence = sentence


class Sandbox:
    """What a check knows of the code that it runs.

    Attributes
    ----------
    printed, asked : Printed, NoInput
        What it has for `sys.stdout` and `sys.stderr`, and for `sys.stdin`.
    refused : Refused or None
        The first thing that it was not let do.
    slept : float
        Seconds that it wanted to sleep.
    threads : list of Thread
        Those that it has started.
    """

    def __init__(self) -> None:
        self.printed = Printed()
        self.asked = NoInput(self)
        self.refused: Refused | None = None
        self.slept = 0.0
        self.threads: list[Thread] = []
        self._watch: Watch[Any] = Watch(deadline.SECONDS)
        self._put_back: Callable[[], None] = lambda: None

    def run(self, work: Callable[[], Result], *namespaces: dict[str, Any]) -> Result:
        """Run `work` inside; afterwards put back what it has changed.

        Parameters
        ----------
        work : callable
            The check, or a call of the learner's code.
        *namespaces : dict
            Where the learner's code has its names.

        Raises
        ------
        TimeUp
            If it is late.
        """
        names = [vars(sys.modules["__main__"]), *namespaces]
        stand_ins.install(names)
        try:
            with kept():
                self._put_back = functions_kept()
                errors, heard_by = np.geterr(), np.geterrcall()
                return self._watch.run(lambda: self._enter(work, errors, heard_by))
        finally:
            self._leave()
            stand_ins.remove(names)

    def _enter(self, work: Callable[[], Result], errors: Any, heard_by: Any) -> Result:
        stand_ins.boxes[get_ident()] = self
        np.seterr(**errors)  # a thread begins with its own, which end with it
        np.seterrcall(heard_by)
        return work()

    def _leave(self) -> None:
        self._put_back = lambda: None  # also for a thread that is left alone and goes on later
        for ident in [ident for ident, box in stand_ins.boxes.items() if box is self]:
            stand_ins.boxes.pop(ident, None)
        for thread in self.threads:
            stop(thread, SystemExit)

    def call(self, work: Callable[[], Result]) -> Result:
        """Make one call of the learner's code, which has less time than the whole check.

        Raises
        ------
        TimeUp
            If it is late.
        Refused
            If it did something that it must not do, even if it has swallowed the error.
        """
        refused = self.refused
        stand_ins.take_streams()
        try:
            result = self._watch.part(seconds_of_a_call(), work)
        finally:
            self._put_back()  # the check compares with these functions
        if self.refused is not refused and self.refused is not None:
            raise self.refused
        return result

    def refuse(self, diagnosis: str, sentence: str) -> NoReturn:
        """Raise Refused, and remember the first."""
        refused = Refused(diagnosis, sentence)
        self.refused = self.refused or refused
        raise refused

    def sleep(self, seconds: float) -> None:
        """Count the seconds; too many are refused, as if time had passed."""
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        self.slept += seconds
        limit = seconds_of_a_call()
        if self.slept > limit:
            self.refuse("sleeps", f"sleeps; in all more than {limit:g} seconds, too long to wait.")


class NoInput:
    """A stream in place of `sys.stdin` that refuses to be read."""

    def __init__(self, box: Sandbox) -> None:
        self._box = box

    def readline(self, *args: Any) -> NoReturn:
        """Refuse to read."""
        self._box.refuse("asks-for-input", stand_ins.INPUT)

    read = readlines = readline

    def close(self) -> None:
        """Do nothing, as `exit` wants it closed."""


def current() -> Sandbox | None:
    """Return the sandbox in which this thread runs, if it does."""
    box = stand_ins.boxes.get(get_ident())
    return box if isinstance(box, Sandbox) else None
