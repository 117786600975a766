"""A bound on time without signals: the code runs in its own thread, and whoever waits stops it.

It works in any thread and on any system. An error that comes while the code already ends can
only end its thread, so that nothing is left to go wrong where the check goes on.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from threading import Thread
from time import monotonic
from typing import Generic, TypeVar

Result = TypeVar("Result")

SECONDS = 10.0
"""How long a check may run, some hundred times what a right answer needs; one call has half."""

PAUSE = 0.02  # seconds from one look at the clock, or one error, to the next
ALONE = 5  # errors that an answer may swallow before they come in rows
GIVING_UP = 3.0  # seconds after which a thread that cannot be stopped is left alone

_raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
_raise_in.argtypes = (ctypes.c_ulong, ctypes.py_object)
_raise_in.restype = None  # as an `__init__` has to return it


class TimeUp(BaseException):
    """Raised where the learner's code runs; no Exception, which `except Exception` would hear."""

    sentence = ""


def stop(thread: Thread, error: type[BaseException]) -> bool:
    """Raise an error in another thread, again and again, and return whether this has ended it.

    Code that swallows every error only ends if one meets it outside of its `try`: in the `except`
    that has caught another. So the errors come alone at first, then in ever longer rows.
    What cannot be ended at all, such as a wait for a lock that nobody releases or one long call
    of compiled code, is left alone: it ends with that call, or with the kernel.

    Parameters
    ----------
    thread : Thread
        One that has been started.
    error : class of exception
        What is raised in it.
    """
    began = monotonic()
    row = [error] * ALONE
    while thread.is_alive() and monotonic() - began < GIVING_UP:
        _raise_in(thread.ident, row[0])
        row = [*row[1:], _followed_by(row[-1], thread)]
        thread.join(PAUSE)
    return not thread.is_alive()


def _followed_by(error: type[BaseException], thread: Thread) -> type[BaseException]:
    """Return a class of the same error that, when it is caught, lets `error` follow at once.

    No line of Python runs where an error is made, so that `error` meets the `except` itself.
    """
    follow = staticmethod(partial(_raise_in, thread.ident, error))
    return type(error.__name__, (error,), {"__init__": follow})


class Watch(Generic[Result]):
    """The time that a piece of work has, and who sees to it that it is kept.

    Examples
    --------
    >>> Watch(seconds=5).run(lambda: 1 + 1)
    2
    """

    def __init__(self, seconds: float) -> None:
        self.ends = [monotonic() + seconds]
        self._results: list[Result] = []
        self._error: BaseException | None = None
        self._unwanted = False

    def run(self, work: Callable[[], Result]) -> Result:
        """Run `work` in a thread of its own until it ends, or until TimeUp is raised in it.

        Raises
        ------
        TimeUp
            Where the work has not ended in time.
        BaseException
            What the work raises.
        """
        inside = copy_context().run
        thread = Thread(target=lambda: inside(self._work, work), daemon=True)
        try:
            thread.start()
            while thread.is_alive() and monotonic() < min(self.ends):
                thread.join(PAUSE)
        finally:  # also where the reader presses stop, even before the thread has begun
            self._unwanted = True
            late = thread.is_alive()
            if late:
                stop(thread, TimeUp)
        if late and not isinstance(self._error, TimeUp):
            raise TimeUp
        if self._error is not None:
            raise self._error
        return self._results[0]

    def _work(self, work: Callable[[], Result]) -> None:
        try:
            try:
                if not self._unwanted:
                    self._results.append(work())
            except BaseException as error:
                self._error = error
        except TimeUp:  # one more, on its way while the first was caught
            pass

    def part(self, seconds: float, work: Callable[[], Result]) -> Result:
        """Run a part of the work, inside `run`, which has less time than the whole.

        Raises
        ------
        TimeUp
            If the part is late; its sentence says so where it was not cut short.
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


def seconds_of_a_call() -> float:
    """Return how long one call of the learner's code may run.

    Examples
    --------
    >>> seconds_of_a_call() == SECONDS / 2
    True
    """
    return SECONDS / 2
