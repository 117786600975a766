"""The loader, which goes through a data set in batches, epoch after epoch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data.dataset import Dataset
from minidl.validation import as_generator, check_positive_int, describe

Array = npt.NDArray[Any]

IN_ORDER: Array = np.arange(0)
"""The order that stands for 0 … N − 1."""


class DataLoader:
    """Goes through a data set, `batch_size` samples at a time; each `for` loop is an epoch.

    As PyTorch's, but for `rng` in place of `generator`.

    Parameters
    ----------
    dataset : Dataset
        Where samples come from.
    batch_size : int
        Samples a batch, at least 1.
    shuffle : bool
        Whether each epoch takes the samples in a new random order. In their own order, batches
        of an `ArrayDataset` are views and cost nothing.
    drop_last : bool
        Whether a last, smaller batch is left out.
    rng : int, numpy.random.Generator or None
        Where the orders come from.
    collate_fn : callable, optional
        What makes a batch of a list of samples, in place of `dataset.batch`.

    Raises
    ------
    TypeError
        If `dataset` is none.
    ValueError
        If there is not one batch.

    Examples
    --------
    >>> from minidl.data import ArrayDataset
    >>> loader = DataLoader(ArrayDataset(np.arange(10).reshape(5, 2), np.arange(5)), 2)
    >>> [y.tolist() for X, y in loader]
    [[0, 1], [2, 3], [4]]
    >>> len(loader)
    3
    """

    def __init__(
        self,
        dataset: Dataset,
        batch_size: int = 1,
        shuffle: bool = False,
        *,
        drop_last: bool = False,
        rng: int | np.random.Generator | None = None,
        collate_fn: Callable[[list[Any]], Any] | None = None,
    ) -> None:
        if not isinstance(dataset, Dataset):
            raise TypeError(
                f"DataLoader: expected a Dataset, received {describe(dataset)}; "
                "try ArrayDataset(X, y)"
            )
        self.dataset = dataset
        self.batch_size = check_positive_int(batch_size, "batch_size")
        self.shuffle = shuffle
        self.drop_last = drop_last
        self.rng = as_generator(rng)
        self.collate_fn = collate_fn
        N = len(dataset)
        if len(self) == 0:
            raise ValueError(
                f"expected at least one batch of {batch_size}, received {N} samples"
                + ("; try drop_last=False" if drop_last and N else "")
            )
        self._order: Array | None = None  # of the epoch under way, if there is one
        self._samples = 0
        self._goes_on = False

    def __len__(self) -> int:
        """Return the number of batches of an epoch."""
        return -(-self.samples_per_epoch // self.batch_size)

    @property
    def samples_per_epoch(self) -> int:
        """The number of samples that an epoch takes: all, but for a last batch left out."""
        N = len(self.dataset)
        return N - N % self.batch_size if self.drop_last else N

    def __iter__(self) -> Iterator[Any]:
        """Begin an epoch, or go on with the one whose state was loaded."""
        if not self._goes_on or self._order is None:
            self._order, self._samples = self.new_order(), 0
        self._goes_on = False
        return self._run(self._order, self._samples)

    def _run(self, order: Array, start: int) -> Iterator[Any]:
        for batch in self.batches(order, start):
            self._samples = start = min(start + self.batch_size, self.samples_per_epoch)
            yield batch
        self._order, self._samples = None, 0

    def new_order(self) -> Array:
        """Draw the order of an epoch: the samples' numbers, or `IN_ORDER` without `shuffle`."""
        return self.rng.permutation(len(self.dataset)) if self.shuffle else IN_ORDER

    def batches(self, order: Array = IN_ORDER, start: int = 0) -> Iterator[Any]:
        """Iterate over the batches of an order, from a place in it on.

        What training goes through, which keeps order and place itself, and evaluation, which
        takes the samples as they lie and draws nothing. An order may name some of the samples
        only.

        Examples
        --------
        >>> from minidl.data import ArrayDataset
        >>> loader = DataLoader(ArrayDataset(np.arange(6)), 2)
        >>> [batch.tolist() for (batch,) in loader.batches(np.arange(6)[::-1], start=4)]
        [[1, 0]]
        """
        end = min(order.size or self.samples_per_epoch, self.samples_per_epoch)
        for first in range(start, end, self.batch_size):
            part = slice(first, min(first + self.batch_size, end))
            yield self._fetch(order[part] if order.size else part)

    def _fetch(self, rows: slice | Array) -> Any:
        if self.collate_fn is None:
            return self.dataset.batch(rows)
        numbers = range(len(self.dataset))[rows] if isinstance(rows, slice) else rows.tolist()
        return self.collate_fn([self.dataset[number] for number in numbers])

    # Saving and loading

    def state_dict(self) -> dict[str, Any]:
        """Return how far the epoch has come, in which order, and the state of `rng` and data set.

        Taken in the body of a `for` loop, it counts the batch at hand as done.
        """
        return {
            "order": None if self._order is None else self._order.copy(),
            "samples": self._samples,
            "rng": self.rng.bit_generator.state,
            "dataset": self.dataset.state_dict(),
        }

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned; the next `for` loop goes on from there.

        Raises
        ------
        ValueError
            If it is of a data set of another length.
        """
        order = None if state["order"] is None else np.asarray(state["order"])
        samples = check_positive_int(state["samples"], "samples", minimum=0)
        if order is not None:
            check_order(order, len(self.dataset))
        self.rng.bit_generator.state = state["rng"]
        self.dataset.load_state_dict(state["dataset"])
        self._order, self._samples, self._goes_on = order, samples, True


def check_order(order: Array, size: int) -> None:
    """Refuse what is neither `IN_ORDER` nor an order of that many samples.

    Raises
    ------
    ValueError
        If it does not name each sample once.

    Examples
    --------
    >>> check_order(np.array([2, 0, 1]), 3)
    """
    if order.size and not np.array_equal(np.sort(order), np.arange(size)):
        raise ValueError(f"expected an order that names each of {size} samples once")
