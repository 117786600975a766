"""Freed memory that the process keeps for its next arrays."""

from __future__ import annotations

import numpy as np

KEPT = 24 * 2**20
"""Bytes; glibc learns from blocks of up to 32 MB."""


def keep_freed_memory() -> None:
    """Let the C library keep what is freed up to some 50 MB, for the arrays of the next step.

    glibc's `malloc` gives memory back to the system as soon as more is free than twice the largest
    block that has been freed so far. A step that makes and frees arrays of a megabyte then gets
    new pages each time, which the system must clear: half of the time of a step of 32 networks. So
    one large block is freed here, that was never written into. Other C libraries take no notice,
    nor does glibc where the environment sets a limit of its own, as MALLOC_TRIM_THRESHOLD_ does in
    Dask's workers.

    Examples
    --------
    >>> keep_freed_memory()
    """
    np.empty(KEPT, dtype=np.uint8)
