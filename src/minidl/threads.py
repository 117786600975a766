"""One BLAS thread for small matrices, whoever started Python, and the user's setting afterwards.

A product of small matrices gains little from a second thread, and where all cores are busy it waits
for one: measured, 15 ms in place of 0.1 ms. Its last digits may change with the number, too.
"""

from __future__ import annotations

import threading
from functools import cache
from typing import Any

__all__ = ["one_blas_thread"]


class OneBlasThread:
    """A context in which NumPy's matrix products run on one thread.

    It may be entered again inside itself, which costs next to nothing. The number belongs to the
    whole process: the thread that comes first limits it and gives it back, and what others
    compute meanwhile is limited with it. Without the package threadpoolctl (an extra: a core that
    needs NumPy alone has none) nothing is limited.

    Examples
    --------
    >>> with one_blas_thread:
    ...     pass
    """

    def __init__(self) -> None:
        self._free = threading.Lock()
        self._owner: int | None = None  # the thread that has limited
        self._depth = 0
        self._before: list[tuple[Any, int]] = []  # libraries, and their numbers of threads

    def __enter__(self) -> None:
        if self._owner != threading.get_ident() and not self._take():
            return
        self._depth += 1

    def __exit__(self, *error: object) -> None:
        if self._owner != threading.get_ident():
            return  # another thread limits, or did when this one entered
        self._depth -= 1
        if self._depth == 0:
            self._give_back()

    def _take(self) -> bool:
        """Limit the process, unless another thread does; say whether it was done."""
        if not self._free.acquire(blocking=False):
            return False
        try:
            numbers = [(library, library.get_num_threads()) for library in blas_libraries()]
            self._before = [pair for pair in numbers if pair[1] not in (1, None)]
            for library, _ in self._before:
                library.set_num_threads(1)
        except BaseException:
            self._give_back()
            raise
        self._owner = threading.get_ident()
        return True

    def _give_back(self) -> None:
        """Put back what was before."""
        before, self._before, self._owner = self._before, [], None
        try:
            for library, number in before:
                library.set_num_threads(number)
        finally:
            self._free.release()


@cache
def blas_libraries() -> list[Any]:
    """Return the controls of the BLAS libraries; finding them takes a millisecond."""
    try:
        from threadpoolctl import ThreadpoolController
    except ImportError:
        return []
    return list(ThreadpoolController().select(user_api="blas").lib_controllers)


one_blas_thread = OneBlasThread()
"""The one such context."""
