"""A bound on the time of an answer that may never end."""

from __future__ import annotations

import contextlib
import ctypes
import threading
import time
from collections.abc import Iterator


class OutOfTime(BaseException):
    """Raised inside code that has taken too long."""


@contextlib.contextmanager
def bounded(seconds: float) -> Iterator[None]:
    """Raise `OutOfTime` in this thread if the block takes longer."""
    thread, lock, state = threading.get_ident(), threading.Lock(), {"fired": False, "done": False}

    def fire() -> None:
        with lock:
            if not state["done"]:
                state["fired"] = True
                ctypes.pythonapi.PyThreadState_SetAsyncExc(
                    ctypes.c_ulong(thread), ctypes.py_object(OutOfTime)
                )

    timer = threading.Timer(seconds, fire)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        with lock:
            state["done"] = True
        timer.cancel()
    if state["fired"]:
        time.sleep(0.01)  # where it arrives at the latest
