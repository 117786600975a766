"""Data sets: samples by their numbers, whether they lie in memory or are made when asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation import as_plain_array

Array = npt.NDArray[Any]
Rows = slice | Array
"""Which samples: a slice, or their numbers."""


class Dataset:
    """The base of data sets: `len(dataset)` samples, of which `dataset[i]` is one.

    A subclass writes `__len__` and `__getitem__`. A sample is a pair (x, y) for a Runner, of
    numbers, arrays, or tuples of them where a model has several inputs or a loss several labels.
    PyTorch's map-style `Dataset`, which has neither `batch` nor a state.

    Examples
    --------
    >>> class Squares(Dataset):
    ...     def __len__(self):
    ...         return 10
    ...
    ...     def __getitem__(self, index):
    ...         return np.array([index]), index**2
    >>> X, y = Squares().batch(slice(2, 4))
    >>> X.shape, y
    ((2, 1), array([4, 9]))
    """

    def __len__(self) -> int:
        raise NotImplementedError(f"{type(self).__name__} needs a method __len__(self)")

    def __getitem__(self, index: Any) -> Any:
        raise NotImplementedError(f"{type(self).__name__} needs a method __getitem__(self, index)")

    def batch(self, rows: Rows) -> Any:
        """Return several samples as one batch: each part of them stacked along a new first axis.

        A subclass that gets at many samples faster than one by one writes this too.
        """
        numbers = range(len(self))[rows] if isinstance(rows, slice) else rows.tolist()
        return collate([self[number] for number in numbers])

    def state_dict(self) -> dict[str, Any]:
        """Return what must be saved for the same samples to come again, such as random state."""
        return {}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned."""


class ArrayDataset(Dataset):
    """Arrays whose rows are the samples; PyTorch's `TensorDataset`.

    Parameters
    ----------
    *arrays : array_like of shape (N, …), or tuple of such
        Usually X and y: arrays, lists, frames. A sample has a row of each. Arrays are not copied,
        and their dtype stays, texts too; of rows of Python's numbers there is made one of NumPy's.

    Raises
    ------
    ValueError
        If the arrays differ in length, or one has no rows to count, rows of different lengths, or
        a number that is missing or masked.

    Examples
    --------
    >>> dataset = ArrayDataset([[1.0, 2.0], [3.0, 4.0]], [0, 1])
    >>> x, y = dataset[1]
    >>> x
    array([3., 4.])
    >>> len(dataset)
    2
    """

    def __init__(self, *arrays: Any) -> None:
        self.arrays: tuple[Any, ...] = tuple(map(_as_arrays, arrays))
        shapes = [array.shape for array in leaves_of(self.arrays)]
        if not shapes or () in shapes or len({shape[0] for shape in shapes}) > 1:
            raise ValueError(
                "ArrayDataset: expected arrays with one row a sample, as many in each, "
                f"received {' and '.join(map(str, shapes)) or 'none'}"
            )
        self._length: int = shapes[0][0]

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, index: Any) -> tuple[Any, ...]:
        return tuple([_pick(array, index) for array in self.arrays])

    def batch(self, rows: Rows) -> tuple[Any, ...]:
        """Return several samples as one batch: views for a slice, copies for numbers."""
        return self[rows]


def collate(samples: Sequence[Any]) -> Any:
    """Return samples as one batch: tuples part by part, all else stacked; `default_collate`.

    Raises
    ------
    ValueError
        If samples differ in shape or in the number of their parts.

    Examples
    --------
    >>> collate([(1.0, (0, 5)), (2.0, (1, 6))])
    (array([1., 2.]), (array([0, 1]), array([5, 6])))
    """
    if isinstance(samples[0], tuple):
        return tuple(collate(part) for part in zip(*samples, strict=True))
    samples = [as_plain_array(sample, "sample") for sample in samples]
    shapes = {sample.shape for sample in samples}
    if len(shapes) > 1:
        raise ValueError(
            "expected samples of one shape in a batch, received "
            f"{' and '.join(map(str, sorted(shapes)))}; try a collate_fn that pads or crops them"
        )
    return np.stack(samples)


def leaves_of(arrays: Any) -> list[Any]:
    """Return the arrays in a tuple of arrays and tuples, in order.

    Examples
    --------
    >>> leaves_of((1, (2, 3), ()))
    [1, 2, 3]
    """
    if not isinstance(arrays, tuple):
        return [arrays]
    return [leaf for part in arrays for leaf in leaves_of(part)]


def _as_arrays(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_as_arrays, value))
    try:
        return as_plain_array(value, "ArrayDataset")
    except TypeError as error:
        raise ValueError(str(error)) from error


def _pick(array: Any, index: Any) -> Any:
    return tuple([_pick(part, index) for part in array]) if type(array) is tuple else array[index]
