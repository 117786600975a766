"""The gradient of a table of which a batch has looked up but a few rows."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


class SparseGradient:
    """A gradient ∂L/∂W that is 0 but for some rows of W.

    Rows may repeat; what stands for one row adds up, as in PyTorch's uncoalesced sparse tensors.

    Parameters
    ----------
    indices : ndarray of int, shape (K,)
        Numbers of rows, in any order.
    values : ndarray, shape (K, …)
        The gradient of each of these rows.
    shape : tuple of int
        The shape of W, whose first axis the indices count.

    Raises
    ------
    ValueError
        If there are not as many rows of values as indices, or the rows are not those of W.

    Examples
    --------
    >>> grad = SparseGradient(np.array([2, 0, 2]), np.array([[1.0], [5.0], [1.0]]), (4, 1))
    >>> grad.coalesce().indices
    array([0, 2])
    >>> grad.to_dense().ravel()
    array([5., 0., 2., 0.])
    """

    __slots__ = ("indices", "shape", "values")

    def __init__(self, indices: Array, values: Array, shape: tuple[int, ...]) -> None:
        if values.shape != (*indices.shape, *shape[1:]) or indices.ndim != 1:
            raise ValueError(
                f"SparseGradient: expected values of shape {(indices.size, *shape[1:])} for "
                f"{indices.size} rows of {shape}, received {values.shape}"
            )
        self.indices = indices
        self.values = values
        self.shape = shape

    @property
    def dtype(self) -> np.dtype[Any]:
        """The dtype of the values."""
        return self.values.dtype

    def coalesce(self) -> SparseGradient:
        """Return the same gradient with each row once, in order."""
        rows, places = np.unique(self.indices, return_inverse=True)
        values = np.zeros((len(rows), *self.shape[1:]), dtype=self.dtype)
        np.add.at(values, places.reshape(-1), self.values)
        return SparseGradient(rows, values, self.shape)

    def to_dense(self) -> Array:
        """Return the gradient as an array of the shape of W."""
        dense = np.zeros(self.shape, dtype=self.dtype)
        self.add_to(dense)
        return dense

    def add_to(self, array: Array) -> None:
        """Add the gradient to an array of the shape of W, in place."""
        rows = self.coalesce()
        array[rows.indices] += rows.values

    def __repr__(self) -> str:
        return f"SparseGradient({len(self.indices)} rows, shape={self.shape})"
