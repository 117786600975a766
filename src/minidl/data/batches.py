"""Mini-batches: the data in portions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation import as_generator, check_positive_int

Array = npt.NDArray[Any]


def iterate_batches(
    X: Array,
    y: Array,
    batch_size: int,
    *,
    shuffle: bool = True,
    drop_last: bool = False,
    rng: int | np.random.Generator | None = None,
) -> Iterator[tuple[Array, Array]]:
    """Iterate once over the data, `batch_size` samples at a time.

    Parameters
    ----------
    X, y : ndarray, shapes (N, …)
        Samples and labels, one a row.
    batch_size : int
        Samples a batch, at least 1.
    shuffle : bool
        Whether the order is random. In their own order, batches are views and cost nothing.
    drop_last : bool
        Whether a last, smaller batch is left out.
    rng : int, numpy.random.Generator or None
        A seed or a generator; a generator gives another order at each epoch.

    Returns
    -------
    iterator of (X, y)
        Batches of shapes (batch_size, …), the last one perhaps smaller.

    Raises
    ------
    ValueError
        If X and y differ in length, or there is not one batch.

    Examples
    --------
    >>> X, y = np.arange(10).reshape(5, 2), np.arange(5)
    >>> [batch_y.tolist() for batch_X, batch_y in iterate_batches(X, y, 2, shuffle=False)]
    [[0, 1], [2, 3], [4]]
    """
    batch_size = check_positive_int(batch_size, "batch_size")
    N = len(X)
    if len(y) != N:
        raise ValueError(f"expected as many labels as samples, received {len(y)} and {N}")
    smallest = batch_size if drop_last else 1
    if len(X) < smallest:
        raise ValueError(
            f"expected at least one batch of {batch_size}, received {N} samples"
            + ("; try drop_last=False" if drop_last and N else "")
        )
    end = N - N % batch_size if drop_last else N
    order = as_generator(rng).permutation(N) if shuffle else None
    return batches_at(range(0, end, batch_size), X, y, batch_size, order)


def batches_at(
    starts: range, X: Array, y: Array, batch_size: int, order: Array | None = None
) -> Iterator[tuple[Array, Array]]:
    """Iterate over the batches that begin at the given places of the order.

    Parameters
    ----------
    starts : range
        Where batches begin.
    X, y, batch_size
        See `iterate_batches`.
    order : ndarray of int, shape (N,), optional
        The samples' numbers; by default 0 … N − 1.

    Examples
    --------
    >>> X = y = np.arange(6)
    >>> [batch.tolist() for batch, _ in batches_at(range(4, 6, 2), X, y, 2, order=y[::-1])]
    [[1, 0]]
    """
    for start in starts:
        part = slice(start, start + batch_size)
        rows = part if order is None else order[part]
        yield X[rows], y[rows]
