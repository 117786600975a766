"""A bound on time without signals: a second thread raises an error in the one that is late.

It works in any thread and on any system. What it cannot do is to cut short one long call of
compiled code, such as the product of two huge matrices: the error waits for its end.
"""

from __future__ import annotations

import _thread
import ctypes
import sys
from collections.abc import Callable
from threading import RLock, get_ident
from time import monotonic
from types import FrameType
from typing import Any, NoReturn, TypeVar

Result = TypeVar("Result")

SECONDS = 10.0
"""How long a check may run, some hundred times what a right answer needs; one call has half."""

ENGINE = __name__.rpartition(".")[0]
PAUSE = 0.02  # seconds from one look at the clock, or one error, to the next
PATIENCE = 25  # errors that an answer may swallow before they come without a pause

_raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
_raise_in.argtypes = (ctypes.c_ulong, ctypes.py_object)
_NOTHING = ctypes.py_object()


class TimeUp(BaseException):
    """Raised where the learner's code runs; no Exception, which `except Exception` would hear."""

    sentence = ""

    def __init__(self) -> None:
        super().__init__()
        if get_ident() in _deaf:
            _raise_at_next_lines(sys._getframe(1))


_deaf: set[int] = set()  # threads whose code has swallowed a TimeUp


def _raise_at_next_lines(frame: FrameType | None) -> None:
    """Let the next line that the learner's frames run raise, also in an `except`."""
    while frame is not None and not frame.f_globals.get("__name__", "").startswith(ENGINE):
        frame.f_trace = _raise_again
        frame = frame.f_back
    sys.settrace(lambda frame, event, argument: None)


def _raise_again(frame: FrameType, event: str, argument: Any) -> NoReturn:
    sys.settrace(None)
    raise TimeUp


def stop_thread(ident: int, error: type[BaseException]) -> None:
    """Raise an error in another thread, as soon as that one runs Python code.

    Parameters
    ----------
    ident : int
        The thread.
    error : class of exception
        What is raised in it.
    """
    _raise_in(ident, error)


class Watch:
    """The time that the code of one thread has, and who sees to it that it is kept.

    Examples
    --------
    >>> Watch(seconds=5).run(lambda: 1 + 1)
    2
    """

    def __init__(self, seconds: float) -> None:
        self.thread = get_ident()
        self.ends = [monotonic() + seconds]
        self._over = False
        self._sending = RLock()
        self._done = _thread.allocate_lock()
        self._done.acquire()

    def run(self, work: Callable[[], Result]) -> Result:
        """Run `work` until it ends, or until TimeUp is raised in it.

        Once this has returned, no error is on its way any more. At most two can still arrive
        while it ends: one that was waiting, one that was about to be sent.

        Raises
        ------
        TimeUp
            Where the work has not ended in time.
        """
        switching = sys.getswitchinterval()
        try:
            _thread.start_new_thread(self._look_on, ())
            return work()
        finally:
            self._over = True  # a plain store, which nothing can interrupt: no new error is sent
            try:
                self._withdraw()
            except TimeUp:
                try:
                    self._withdraw()
                except TimeUp:
                    self._withdraw()
            _deaf.discard(self.thread)
            sys.setswitchinterval(switching)

    def _withdraw(self) -> None:
        with self._sending:
            _raise_in(self.thread, _NOTHING)
        if self._done.locked():
            self._done.release()

    def part(self, seconds: float, work: Callable[[], Result]) -> Result:
        """Run a part of the work, inside `run`, which has less time than the whole.

        Raises
        ------
        TimeUp
            Where the part is late; its sentence says so if it was not cut short.
        """
        began = monotonic()
        self.ends.append(began + seconds)
        try:
            result = work()
        except Exception:  # such as one that an interrupted library raises in its `finally`
            self._expect_in_time(monotonic() - began, seconds)
            raise
        finally:
            self.ends.pop()
        self._expect_in_time(monotonic() - began, seconds)
        return result

    def _expect_in_time(self, took: float, seconds: float) -> None:
        if took > seconds:
            late = TimeUp()
            late.sentence = f"Your code took {took:.3g} seconds, and {seconds:g} are enough."
            raise late

    def _look_on(self) -> None:
        swallowed = 0
        while not self._done.acquire(timeout=PAUSE if swallowed < PATIENCE else 0):
            if monotonic() >= min(self.ends):
                with self._sending:
                    if self._over:
                        return
                    _raise_in(self.thread, TimeUp)
                swallowed += 1
                if swallowed == 2:
                    _deaf.add(self.thread)
                if swallowed == PATIENCE:  # so that an error also meets an `except` or a `finally`
                    sys.setswitchinterval(1e-5)


def seconds_of_a_call() -> float:
    """Return how long one call of the learner's code may run.

    Examples
    --------
    >>> seconds_of_a_call() == SECONDS / 2
    True
    """
    return SECONDS / 2
