"""One BLAS thread for small matrices, whoever started Python, and the user's setting afterwards.

A product of small matrices gains little from a second thread, and where all cores are busy it waits
for one: measured, 15 ms in place of 0.1 ms. Its last digits may change with the number, too.
"""

from __future__ import annotations

import threading
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
        self._limit: Any = None

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
            controller = blas_controller()
            self._limit = controller and controller.limit(limits=1, user_api="blas")
        except BaseException:
            self._free.release()
            raise
        self._owner = threading.get_ident()
        return True

    def _give_back(self) -> None:
        """Put back what was before."""
        limit, self._limit, self._owner = self._limit, None, None
        try:
            if limit:
                limit.restore_original_limits()
        finally:
            self._free.release()


_controllers: list[Any] = []


def blas_controller() -> Any:
    """Return what controls the BLAS libraries, made once (it takes a millisecond), or None."""
    if not _controllers:
        try:
            from threadpoolctl import ThreadpoolController
        except ImportError:
            _controllers.append(None)
        else:
            _controllers.append(ThreadpoolController().select(user_api="blas"))
    return _controllers[0]


one_blas_thread = OneBlasThread()
"""The one such context."""
