"""What belongs to the reader's notebook, kept before a check and put back after it."""

from __future__ import annotations

import builtins
import contextlib
import math
import os
import random
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from operator import is_
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

MODULES: tuple[ModuleType, ...] = (
    builtins, np, np.linalg, np.random, np.testing, math, os, random, time,
)  # fmt: skip
"""Modules whose functions a check relies on, and a learner's code might exchange."""
_all, _map = all, map  # these too


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Put back, after what runs inside, what the reader's later cells rely on.

    These are the folder, environment, search path and recursion limit, random states,
    NumPy's print options and error state, filters of warnings, functions of NumPy and of Python,
    and figures of matplotlib: new ones are closed.

    Examples
    --------
    >>> with kept():
    ...     np.set_printoptions(precision=1)
    >>> np.get_printoptions()["precision"]
    8
    """
    with np.printoptions(), np.errstate(), warnings.catch_warnings():
        put_back = [functions_kept(), _interpreter(), _folder(), _chance(), _figures()]
        try:
            yield
        finally:
            for each in put_back:
                with contextlib.suppress(Exception):  # one that fails must not keep the others
                    each()


def functions_kept() -> Callable[[], None]:
    """Return what puts back the functions of NumPy and Python that a learner's code exchanges."""
    spaces = [(vars(module), vars(module).copy()) for module in MODULES]
    before = [(now, names, [*names.values()]) for now, names in spaces]

    def put_back() -> None:
        for now, names, values in before:  # looking costs half as much as writing
            found = [*now.values()]
            if found.__len__() != values.__len__() or not _all(_map(is_, found, values)):
                now.update(names)

    return put_back


def _interpreter() -> Callable[[], None]:
    limit, trace, profile = sys.getrecursionlimit(), sys.gettrace(), sys.getprofile()
    hooks, path = (sys.displayhook, sys.excepthook), sys.path[:]

    def put_back() -> None:
        sys.setrecursionlimit(limit)
        sys.settrace(trace)
        sys.setprofile(profile)
        sys.displayhook, sys.excepthook = hooks
        sys.path[:] = path

    return put_back


def _folder() -> Callable[[], None]:
    folder = Path.cwd()
    environment = dict(os.environ)

    def put_back() -> None:
        if dict(os.environ) != environment:
            os.environ.clear()
            os.environ.update(environment)
        os.chdir(folder)

    return put_back


def _chance() -> Callable[[], None]:
    numpys, pythons = np.random.get_state(), random.getstate()  # noqa: NPY002

    def put_back() -> None:
        np.random.set_state(numpys)  # noqa: NPY002
        random.setstate(pythons)

    return put_back


def _figures() -> Callable[[], None]:
    """Return what closes new figures; matplotlib is looked up, so that it is never imported."""
    before = _pyplot("get_fignums") or []
    current = _pyplot("gcf").number if before else None
    style = dict.copy(_matplotlib().rcParams) if _matplotlib() else {}

    def put_back() -> None:
        for number in set(_pyplot("get_fignums") or []) - set(before):
            _pyplot("close", number)
        if current in (_pyplot("get_fignums") or []):
            _pyplot("figure", current)
        if style and dict.__ne__(_matplotlib().rcParams, style):
            dict.update(_matplotlib().rcParams, style)

    return put_back


def _matplotlib() -> Any:
    return sys.modules.get("matplotlib")


def _pyplot(name: str, *args: Any) -> Any:
    pyplot = sys.modules.get("matplotlib.pyplot")
    return getattr(pyplot, name)(*args) if pyplot is not None else None
