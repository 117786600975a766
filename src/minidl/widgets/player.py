"""Frame after frame at a steady pace, never far ahead of what the page has drawn."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from typing import Any

from minidl.widgets.live import Live
from minidl.widgets.slices import PAUSE

FRAMES = 30  # a second, at most
AHEAD = 32  # frames that the kernel may have sent and the page not drawn
ACK = 400  # milliseconds after which the page tells what it has drawn


class Player:
    """Calls `step` again and again on the running event loop.

    The page tells every `ACK` milliseconds which frame it has drawn. A page that cannot be seen
    draws nothing, and one that is closed tells nothing: `AHEAD` frames later the player waits,
    at no cost, and goes on when the picture is seen again.

    Parameters
    ----------
    live : Live
        The picture that `step` paints.
    step : callable
        Does the work of one frame and paints it; returns whether there is more to come.
    stopped : callable
        Called with None when `step` has no more to do, or with the exception that it raised.
    """

    def __init__(
        self, live: Live, step: Callable[[], bool], stopped: Callable[[Exception | None], None]
    ) -> None:
        self._live, self._step, self._stopped = live, step, stopped
        self._lock = threading.RLock()  # messages from the page may arrive in another thread
        self._run: object | None = None
        self._resume: Callable[[], Any] | None = None
        live.on_seen = self._go_on

    @property
    def playing(self) -> bool:
        """Whether frames are on their way."""
        return self._run is not None

    def play(self) -> None:
        """Begin, unless it is playing already.

        Raises
        ------
        RuntimeError
            Where there is no event loop that could call again.
        """
        if self.playing:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError as error:
            raise RuntimeError(
                "expected a running event loop, such as a notebook's, to play in, received none; "
                "try single steps"
            ) from error
        self._live.seen = self._live.sent
        self._run = object()
        loop.call_soon(self._tick, loop, self._run, time.perf_counter())

    def pause(self) -> None:
        """End after the frame under way."""
        with self._lock:
            self._run = self._resume = None

    def _tick(self, loop: asyncio.AbstractEventLoop, run: object, due: float) -> None:
        """Do the work of a frame and come back for the next, or wait for the page."""
        with self._lock:
            if run is not self._run:
                return  # paused in the meantime
            if self._live.sent - self._live.seen >= AHEAD:
                self._resume = lambda: loop.call_soon_threadsafe(
                    self._tick, loop, run, time.perf_counter()
                )
                return
        if self._steps_on():
            now = time.perf_counter()
            due = max(due + 1 / FRAMES, now)
            loop.call_later(max(PAUSE, due - now), self._tick, loop, run, due)

    def _steps_on(self) -> bool:
        """Do the work of a frame; say whether there is more to come."""
        try:
            if self._step():
                return True
            error = None
        except Exception as raised:  # the learner's code may raise anything
            error = raised
        except BaseException:  # the stop button, or the learner's `exit()`
            self.pause()
            self._stopped(None)
            raise
        self.pause()
        self._stopped(error)
        return False

    def _go_on(self) -> None:
        """Go on if the player has been waiting for the page."""
        with self._lock:
            resume, self._resume = self._resume, None
        if resume is not None:
            resume()
