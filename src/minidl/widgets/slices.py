"""Long work in short slices, so that a kernel that computes still hears the next change."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

SLICE = 0.040  # seconds that a slice may take before the kernel gets to listen again
PATIENCE = 0.100  # seconds for which a reader waits gladly; partial results appear after them
SHOW_SHARE = 0.2  # of the time may go into showing partial results, on slow machines too
PAUSE = 0.004  # seconds for the kernel to read its messages; a message takes several turns


class Slices:
    """Advance an iterator of partial results on the running event loop, a slice at a time.

    The last result always arrives. Partial ones arrive only when the work takes longer than
    `PATIENCE`, and more rarely where showing them is slow. Items that are None hand over control
    and show nothing. Starting anew drops the work that is under way.

    Parameters
    ----------
    show
        Called with a result.
    fail
        Called with the exception when the iterator (or `show`) raises one.
    """

    def __init__(self, show: Callable[[Any], None], fail: Callable[[Exception], None]) -> None:
        self._show, self._fail = show, fail
        self._steps: Iterator[Any] | None = None
        self._latest: Any = None
        self._shown_at = self._show_took = 0.0
        self._lock = threading.RLock()  # cells and controls may run in different threads

    @property
    def busy(self) -> bool:
        """Whether work is under way."""
        return self._steps is not None

    def start(self, steps: Iterator[Any], *, to_the_end: bool = False) -> None:
        """Drop the work under way and begin `steps`; without an event loop, also finish it."""
        with self._lock:
            self.drop()
            self._steps, self._latest, self._shown_at = steps, None, time.perf_counter()
            self._advance(steps, None if to_the_end else _running_loop())

    def drop(self) -> None:
        """Stop the work under way, if any; nothing of it will be shown."""
        with self._lock:
            steps, self._steps = self._steps, None
            close = getattr(steps, "close", None)
            if close is not None:
                close()

    def _advance(self, steps: Iterator[Any], loop: asyncio.AbstractEventLoop | None) -> None:
        """Run a slice of `steps`, then show what there is or come back later."""
        with self._lock:
            if steps is not self._steps:
                return  # a newer change has taken over
            try:
                finished = self._run_slice(steps, endless=loop is None)
                self._show_if_due(finished)
            except Exception as error:  # the learner's code may raise anything
                self._steps = None
                self._fail(error)
                return
            if finished:
                self._steps = None
            elif loop is not None:
                loop.call_later(PAUSE, self._advance, steps, loop)

    def _run_slice(self, steps: Iterator[Any], *, endless: bool) -> bool:
        """Advance until the next step might end after the slice; say whether that was all."""
        began = last = time.perf_counter()
        for result in steps:
            if result is not None:
                self._latest = result
            now = time.perf_counter()
            if not endless and now - began + (now - last) > SLICE:
                return False
            last = now
        return True

    def _show_if_due(self, finished: bool) -> None:
        """Show the newest result if it is the last one or the reader has waited long enough."""
        now = time.perf_counter()
        wait = max(PATIENCE, self._show_took / SHOW_SHARE)
        if self._latest is None or not (finished or now - self._shown_at > wait):
            return
        result, self._latest = self._latest, None
        self._show(result)
        self._shown_at = time.perf_counter()
        self._show_took = self._shown_at - now


def _running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the event loop of this thread if one is running."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
