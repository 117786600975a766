"""Where explorers compute: the same surroundings, whatever the session has set."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import numpy as np

from minidl.threads import one_blas_thread


@contextlib.contextmanager
def steady() -> Iterator[None]:
    """Compute on one BLAS thread, and by NumPy's own way with errors, of which it warns.

    Both are the session's again afterwards.

    Examples
    --------
    >>> with np.errstate(all="raise"), steady():
    ...     print(np.exp(np.array([-1000.0])))
    [0.]
    """
    with one_blas_thread, np.errstate(all="warn", under="ignore"):
        yield
