"""What stands in, while a check runs, for streams and for functions that wait, ask or exit."""

from __future__ import annotations

import builtins
import getpass
import os
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import wraps
from threading import get_ident
from time import monotonic
from typing import Any, NoReturn, Protocol

SLICE = 0.05  # seconds that something may wait before it looks whether its time is up
EXITS = "ends the program: a program that goes on is asked for."
INPUT = "waits for somebody to type. The values come as arguments."
STARTS = "starts another program, which a check cannot let go on."

Function = Callable[..., Any]


class Box(Protocol):
    """What a stand-in needs of a sandbox."""

    printed: Any
    asked: Any
    threads: list[threading.Thread]

    def refuse(self, diagnosis: str, sentence: str) -> NoReturn:
        """Raise Refused."""

    def sleep(self, seconds: float) -> None:
        """Count the seconds."""


boxes: dict[int, Box] = {}
"""The sandboxes that are open, by the thread that runs in them."""

_lock = threading.RLock()
_replaced: list[tuple[Any, str, Any]] = []
_streams: dict[str, Any] = {}
_open = 0


class Stream:
    """A stream that passes on what it is asked to the sandbox of the thread that asks.

    Parameters
    ----------
    name : str
        `stdin`, `stdout` or `stderr`.
    original : file
        What threads outside of checks use.
    """

    def __init__(self, name: str, original: Any) -> None:
        self._name = name
        self._original = original

    def __getattr__(self, attribute: str) -> Any:
        box = boxes.get(get_ident())
        if box is None:
            return getattr(self._original, attribute)
        return getattr(box.asked if self._name == "stdin" else box.printed, attribute)

    def __iter__(self) -> Iterator[str]:
        return iter(self.readline, "")


def take_streams() -> None:
    """Let prints go to the sandbox, whatever the code before has made of the streams."""
    vars(sys).update(_streams)


def install(namespaces: list[dict[str, Any]]) -> None:
    """Put the stand-ins in place, also under names that learners have imported.

    Parameters
    ----------
    namespaces : list of dict
        Where a learner may have written `from time import sleep`.
    """
    global _open
    with _lock:
        if not _open:
            for owner, name, stand_in in list(_stand_ins()):
                _replaced.append((owner, name, getattr(owner, name)))
                setattr(owner, name, stand_in)
            _streams.update((name, getattr(sys, name)) for name in ("stdin", "stdout", "stderr"))
        _open += 1
        by_id = {id(original): getattr(owner, name) for owner, name, original in _replaced}
        for names in namespaces:
            _exchange(names, by_id)


def remove(namespaces: list[dict[str, Any]]) -> None:
    """Put back, with the last check that ends, what `install` has replaced."""
    global _open
    with _lock:
        by_id = {id(getattr(owner, name)): original for owner, name, original in _replaced}
        for names in namespaces:
            _exchange(names, by_id)
        _open -= 1
        if not _open:
            for owner, name, original in _replaced:
                setattr(owner, name, original)
            _replaced.clear()


def _exchange(names: dict[str, Any], by_id: dict[int, Any]) -> None:
    for name, value in list(names.items()):
        if id(value) in by_id and name != "__builtins__":
            names[name] = by_id[id(value)]


def _stand_ins() -> Iterator[tuple[Any, str, Any]]:
    for name in ("stdin", "stdout", "stderr"):
        yield sys, name, Stream(name, getattr(sys, name))
    yield _for(time, "sleep", _sleep)
    yield _for(builtins, "input", _refuse("asks-for-input", INPUT))
    yield _for(getpass, "getpass", _refuse("asks-for-input", INPUT))
    yield _for(sys, "breakpointhook", _refuse("asks-for-input", "stops for a debugger."))
    for name in ("_exit", "abort", "kill"):
        yield _for(os, name, _refuse("exits", EXITS))
    for name in ("fork", "system"):
        if hasattr(os, name):
            yield _for(os, name, _refuse("starts-a-program", STARTS))
    yield _for(subprocess.Popen, "__init__", _refuse("starts-a-program", STARTS))
    yield _for(threading.Thread, "start", _start)
    yield _for(threading.Thread, "join", _join)
    yield _for(threading.Condition, "wait", _wait)
    yield _for(selectors.DefaultSelector, "select", _select)
    shell = _shell()
    if shell is not None:
        yield _for(shell, "ask_exit", _refuse("exits", EXITS))
        yield _for(shell.display_pub, "publish", lambda box, original, *args, **options: None)


def _shell() -> Any:
    """Return IPython's shell, if the code runs in one; IPython is never imported for it."""
    ipython: Any = sys.modules.get("IPython")
    return ipython.get_ipython() if hasattr(ipython, "get_ipython") else None


def _for(owner: Any, name: str, instead: Function) -> tuple[Any, str, Function]:
    """Return a stand-in that acts on a check's own threads, and leaves others the original."""
    original = getattr(owner, name)

    @wraps(original)
    def stand_in(*args: Any, **options: Any) -> Any:
        box = boxes.get(get_ident())
        if box is None:
            return original(*args, **options)
        return instead(box, original, *args, **options)

    return owner, name, stand_in


def _refuse(diagnosis: str, sentence: str) -> Function:
    def refuse(box: Box, original: Function, *args: Any, **options: Any) -> None:
        box.refuse(diagnosis, sentence)

    return refuse


def _sleep(box: Box, original: Function, seconds: float) -> None:
    """Let time pass without waiting, up to what a call may take."""
    box.sleep(float(seconds))


def _start(box: Box, original: Function, thread: threading.Thread) -> None:
    """Start a learner's thread in the same sandbox, which will end it."""
    run = thread.run

    def run_inside() -> None:
        boxes[get_ident()] = box
        try:
            run()
        except SystemExit:  # the sandbox's, when the check is over
            pass
        finally:
            boxes.pop(get_ident(), None)

    thread.run = run_inside  # type: ignore[method-assign]
    thread.daemon = True  # one that cannot be ended must not keep the kernel from ending
    box.threads.append(thread)
    original(thread)


def _join(
    box: Box, original: Function, thread: threading.Thread, timeout: float | None = None
) -> None:
    end = monotonic() + (float("inf") if timeout is None else timeout)
    while thread.is_alive() and monotonic() < end:
        original(thread, min(SLICE, max(end - monotonic(), 0)))


def _wait(
    box: Box, original: Function, condition: threading.Condition, timeout: float | None = None
) -> bool:
    end = monotonic() + (float("inf") if timeout is None else timeout)
    while not original(condition, min(SLICE, max(end - monotonic(), 0))):
        if monotonic() >= end:
            return False
    return True


def _select(box: Box, original: Function, selector: Any, timeout: float | None = None) -> list[Any]:
    """Look for what is ready; whoever waits for more asks again."""
    return list(original(selector, SLICE if timeout is None else min(timeout, SLICE)))
