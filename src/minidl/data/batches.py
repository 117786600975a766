"""Mini-batches of two arrays, once through."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data.dataset import ArrayDataset
from minidl.data.loader import DataLoader
from minidl.validation import as_plain_array

Array = npt.NDArray[Any]


def iterate_batches(
    X: npt.ArrayLike,
    y: npt.ArrayLike,
    batch_size: int,
    *,
    shuffle: bool = True,
    drop_last: bool = False,
    rng: int | np.random.Generator | None = None,
) -> Iterator[tuple[Array, Array]]:
    """Iterate once over the data, `batch_size` samples at a time; one epoch of a `DataLoader`.

    Parameters
    ----------
    X, y : array_like, shapes (N, …)
        Samples and labels, one a row: arrays, lists, frames.
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
    X, y = as_plain_array(X, "X"), as_plain_array(y, "y")
    if X.ndim and y.ndim and len(y) != len(X):
        raise ValueError(f"expected as many labels as samples, received {len(y)} and {len(X)}")
    loader = DataLoader(ArrayDataset(X, y), batch_size, shuffle, drop_last=drop_last, rng=rng)
    return iter(loader)
