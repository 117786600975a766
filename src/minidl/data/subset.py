"""Some of the samples of a data set, as a data set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy.typing as npt

from minidl.data.dataset import Dataset, Rows
from minidl.validation import as_index_array, describe


class Subset(Dataset):
    """The samples of another data set with certain numbers, in their order; PyTorch's `Subset`.

    Parameters
    ----------
    dataset : Dataset
        Where samples come from.
    indices : array_like of int, shape (n,)
        The numbers of those that belong to the part, 0 … N − 1.

    Raises
    ------
    TypeError, ValueError
        If `dataset` is none, or has no sample of such a number.

    Examples
    --------
    >>> import numpy as np
    >>> from minidl.data import ArrayDataset
    >>> part = Subset(ArrayDataset(np.arange(10), np.arange(10) % 2), [7, 2])
    >>> len(part), part.batch(slice(None))
    (2, (array([7, 2]), array([1, 0])))
    """

    def __init__(self, dataset: Dataset, indices: npt.ArrayLike) -> None:
        if not isinstance(dataset, Dataset):
            raise TypeError(
                f"Subset: expected a Dataset, received {describe(dataset)}; try ArrayDataset(X, y)"
            )
        found = as_index_array(indices, "Subset: indices", len(dataset))
        if found.ndim != 1:
            raise ValueError(f"Subset: expected numbers in a row, received {describe(found)}")
        self.dataset, self.indices = dataset, found.copy()

    def __len__(self) -> int:
        return len(self.indices)

    def __getitem__(self, index: Any) -> Any:
        return self.dataset[int(self.indices[index])]

    def batch(self, rows: Rows) -> Any:
        """Return several samples as one batch."""
        return self.dataset.batch(self.indices[rows])

    def state_dict(self) -> dict[str, Any]:
        """Return the state of the whole data set."""
        return self.dataset.state_dict()

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned.

        Raises
        ------
        ValueError
            If it is of another data set.
        """
        self.dataset.load_state_dict(state)
