"""Long work in short slices, so that a kernel that computes still hears the next change."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from minidl.widgets.surroundings import steady

SLICE = 0.048  # seconds that a slice may take before the kernel gets to listen again
PATIENCE = 0.100  # seconds for which a reader waits gladly; partial results appear after them
SHOW_SHARE = 0.2  # of the time may go into showing partial results, on slow machines too
STARVATION = 0.300  # seconds without anything new after which work goes on although changes come
PAUSE = 0.002  # seconds for the kernel to read its messages; a message takes several turns


class Slices:
    """Advance an iterator of partial results on the running event loop, a slice at a time.

    The last result always arrives. Partial ones arrive only when the work takes longer than
    `patience`, and after the first more rarely where showing them is slow. Items that are None
    hand over control and show nothing.

    Starting anew drops the work that is under way. Where that happens so often that nothing has
    been shown for `STARVATION`, as while a key is held down, the work goes on until it has shown
    something, and the newest start follows it.

    Parameters
    ----------
    show
        Called with a result.
    fail
        Called with the exception when the iterator (or `show`) raises one.
    patience
        Seconds without anything new after which a partial result is shown.
    """

    def __init__(
        self,
        show: Callable[[Any], None],
        fail: Callable[[Exception], None],
        *,
        patience: float = PATIENCE,
    ) -> None:
        self._show, self._fail = show, fail
        self._patience = patience
        self._waits_for_first = True
        self._steps: Iterator[Any] | None = None
        self._next: Iterator[Any] | None = None
        self._latest: Any = None
        self._due_since = self._shown_at = self._show_took = 0.0
        self._lock = threading.RLock()  # cells and controls may run in different threads

    @property
    def busy(self) -> bool:
        """Whether work is under way or waits."""
        return self._steps is not None or self._next is not None

    def start(self, steps: Iterator[Any], *, to_the_end: bool = False) -> None:
        """Drop the work under way and begin `steps`; without an event loop, also finish it."""
        with self._lock:
            loop = None if to_the_end else _running_loop()
            if loop is not None and self._starves():
                _close(self._next)
                self._next = steps
            else:
                self._begin(steps, loop)

    def drop(self) -> None:
        """Stop the work under way, if any; nothing of it will be shown."""
        with self._lock:
            dropped = self._steps, self._next
            self._steps = self._next = None
            for steps in dropped:
                _close(steps)

    def _starves(self) -> bool:
        """Return whether work has been dropped for too long without anything to see."""
        return self.busy and time.perf_counter() - self._due_since > STARVATION

    def _begin(self, steps: Iterator[Any], loop: asyncio.AbstractEventLoop | None) -> None:
        """Put `steps` in the place of the work under way and run its first slice."""
        now = time.perf_counter()
        if not self.busy:
            self._due_since = now
        self.drop()
        self._steps, self._latest, self._shown_at = steps, None, now
        self._waits_for_first = True
        self._advance(steps, loop)

    def _begin_next(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin what has been waiting, unless a newer change has taken over."""
        with self._lock:
            steps, self._next = self._next, None
            if steps is not None:
                self._begin(steps, loop)

    def _advance(self, steps: Iterator[Any], loop: asyncio.AbstractEventLoop | None) -> None:
        """Run a slice of `steps`, then show what there is or come back later."""
        with self._lock:
            if steps is not self._steps:
                return  # a newer change has taken over
            try:
                with steady():
                    finished = self._run_slice(steps, endless=loop is None)
                    shown = self._show_if_due(finished)
            except Exception as error:  # the learner's code may raise anything
                finished = shown = True
                self._fail(error)
            except BaseException:  # the stop button, or the learner's `exit()`
                self.drop()  # else later changes would wait for this work for ever
                raise
            if finished:
                self._steps = None
            if loop is None:
                return
            if (shown or finished) and self._next is not None:
                loop.call_later(PAUSE, self._begin_next, loop)
            elif not finished:
                loop.call_later(PAUSE, self._advance, steps, loop)

    def _run_slice(self, steps: Iterator[Any], *, endless: bool) -> bool:
        """Advance until a result is due or the slice is over; say whether that was all."""
        began = last = time.perf_counter()
        for result in steps:
            if result is not None:
                self._latest = result
            now = time.perf_counter()
            if not endless and (self._due(now) or now - began + (now - last) > SLICE):
                return False
            last = now
        return True

    def _due(self, now: float) -> bool:
        """Return whether a partial result has been waited for long enough."""
        pause = 0.0 if self._waits_for_first else self._show_took / SHOW_SHARE
        return self._latest is not None and now - self._shown_at > max(self._patience, pause)

    def _show_if_due(self, finished: bool) -> bool:
        """Show the newest result if it is the last or the wait was long; say whether it was."""
        now = time.perf_counter()
        if self._latest is None or not (finished or self._due(now)):
            return False
        result, self._latest = self._latest, None
        self._show(result)
        self._waits_for_first = False
        self._due_since = self._shown_at = time.perf_counter()
        self._show_took = self._shown_at - now
        return True


def _close(steps: Iterator[Any] | None) -> None:
    """End a generator, so that it tidies up at once."""
    close = getattr(steps, "close", None)
    if close is not None:
        close()


def _running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the event loop of this thread if one is running."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
