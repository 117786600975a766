"""Whether a hostile answer changes anything: one that never does is the solution."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

import numpy as np


@dataclass
class Record:
    """Whether what spoils a value was reached, and whether it ever changed one.

    Examples
    --------
    >>> record = Record()
    >>> record.add(False)
    >>> record.idle
    True
    """

    reached: bool = False
    changed: bool = False

    def begin(self) -> None:
        self.reached = self.changed = False

    def add(self, changed: bool) -> None:
        self.reached, self.changed = True, self.changed or changed

    @property
    def idle(self) -> bool:
        return self.reached and not self.changed


RECORD = Record()


def recorded(spoiler: Callable[..., Any]) -> Callable[..., Any]:
    """Record whether a spoiler returns something else than the value that it is given first."""

    @wraps(spoiler)
    def told(value: Any, *arguments: Any) -> Any:
        result = spoiler(value, *arguments)
        RECORD.add(not unchanged(value, result))
        return result

    return told


def unchanged(value: Any, result: Any) -> bool:
    """Return whether a result is the value to the bit, in type, dtype and shape too.

    A NumPy float of 64 bits is a float of Python's, and may stand for it.

    Examples
    --------
    >>> unchanged(2.0, np.float64(2)), unchanged(2.0, np.float32(2)), unchanged(0.0, -0.0)
    (True, False, False)
    """
    if value is result:
        return True
    if isinstance(value, (tuple, list)) and type(value) is type(result):
        return len(value) == len(result) and all(map(unchanged, value, result))
    both_floats = isinstance(value, float) and isinstance(result, float)
    if type(value) is not type(result) and not both_floats:
        return False
    a, b = np.asarray(value), np.asarray(result)
    same = a.dtype == b.dtype and a.shape == b.shape
    return same and a.dtype.kind != "O" and a.tobytes() == b.tobytes()
