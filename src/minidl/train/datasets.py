"""A set on its way into the Runner: checked once, and then gone through in batches."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import ArrayDataset, DataLoader, Dataset
from minidl.data.dataset import leaves_of
from minidl.data.loader import IN_ORDER
from minidl.op import Op
from minidl.train.arrays import as_numbers, dtype_of, samples_at_once
from minidl.validation import describe

Array = npt.NDArray[Any]

SAMPLES_AT_ONCE = 256
"""How many samples, of a data set that does not say how large they are."""


@dataclass(frozen=True)
class CheckedSet:
    """A set as the Runner goes through it.

    Attributes
    ----------
    name : str
        What it is called in errors.
    loader : DataLoader
        The batches.
    arrays : tuple of (X, y) or None
        The set itself, where it lies in memory and was looked at once, as a whole. Of another
        one, each batch is looked at as it comes.
    dtype : dtype or None
        What the fractions in such a batch become: what those of the model's parameters are.
    """

    name: str
    loader: DataLoader
    arrays: tuple[Any, Any] | None
    dtype: np.dtype[Any] | None

    @cached_property
    def samples(self) -> int:
        """How many samples an epoch takes."""
        return self.loader.samples_per_epoch

    @cached_property
    def in_one_batch(self) -> bool:
        """Whether the arrays themselves are the only batch."""
        return self.arrays is not None and self.samples <= self.loader.batch_size

    def batches(self, order: Array = IN_ORDER, start: int = 0) -> Iterator[tuple[Any, Any]]:
        """Iterate over the batches of an order, from a place in it on."""
        if self.arrays and self.in_one_batch and not order.size:
            return iter([] if start else [self.arrays])
        batches = self.loader.batches(order, start)
        if self.arrays:
            return batches
        return (check_batch(batch, self.name, self.dtype) for batch in batches)

    @contextlib.contextmanager
    def looked_at(self) -> Iterator[None]:
        """Let random transforms draw the same again after a look at the set as without it."""
        dataset = self.loader.dataset
        before = dataset.state_dict()
        try:
            yield
        finally:
            dataset.load_state_dict(before)

    def sample(self, size: int, seed: int) -> Iterator[tuple[Any, Any]]:
        """Iterate over the batches of a sample, drawn without replacement.

        It is drawn by a seed, and so takes nothing from the generator that shuffles the set.
        """
        N = len(self.loader.dataset)
        numbers = np.random.default_rng(seed).permutation(N)[:size]
        return self.batches(np.sort(numbers))


def check_train_set(
    data: Any, model: Op, batch_size: int | None, rng: np.random.Generator
) -> CheckedSet:
    """Return a set for training: mini-batches are shuffled, a whole set is taken as it lies.

    Raises
    ------
    TypeError, ValueError
        If the set will not do, or a `batch_size` comes with a loader, which has its own.
    """
    if isinstance(data, DataLoader):
        if batch_size is not None:
            raise ValueError(
                "batch_size: expected none with a DataLoader, which has a batch_size of its own "
                f"({data.batch_size}), received {batch_size}; try leaving it out"
            )
        return CheckedSet("train_set", data, None, dtype_of(model))
    dataset, arrays = check_dataset(data, "train_set", model)
    size = len(dataset) if batch_size is None else batch_size
    loader = DataLoader(dataset, size, shuffle=batch_size is not None, rng=rng)
    return CheckedSet("train_set", loader, arrays, dtype_of(model))


def check_eval_set(data: Any, name: str, model: Op) -> CheckedSet:
    """Return a set for evaluation: at once if it is small, else in batches of bounded memory.

    Raises
    ------
    TypeError, ValueError
        If the set will not do.
    """
    if isinstance(data, DataLoader):
        whole = copy.copy(data)
        whole.drop_last = False
        return CheckedSet(name, whole, None, dtype_of(model))
    dataset, arrays = check_dataset(data, name, model)
    size = SAMPLES_AT_ONCE if arrays is None else samples_at_once(arrays[0])
    return CheckedSet(name, DataLoader(dataset, size), arrays, dtype_of(model))


def check_dataset(data: Any, name: str, model: Op) -> tuple[Dataset, tuple[Any, Any] | None]:
    """Return a set as a `Dataset`, and as arrays if it is some.

    Numbers with fractions take on the dtype of the model's parameters here, once, and not in
    every step. Whole numbers stay what they are: indices, classes, and images as bytes, of which
    an op that computes with fractions makes some a batch at a time.

    Parameters
    ----------
    data : (X, y) or Dataset
        X and y may each be a tuple of arrays, for losses on several inputs.
    name : str
        What the set is called in errors.
    model : Op
        Whose dtype counts.

    Raises
    ------
    TypeError, ValueError
        If it is no such set, is empty, or holds a value that is not finite.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> _, (X, y) = check_dataset(
    ...     ([[0.5, 2]], [[0]]), "train_set", Linear(2, 1, dtype="float32")
    ... )
    >>> X.dtype, y.dtype.kind
    (dtype('float32'), 'i')
    """
    if type(data) is ArrayDataset:  # a subclass may make more of its arrays
        data = data.arrays
    if isinstance(data, Dataset):
        return _not_empty(data, name), None
    if not isinstance(data, tuple | list) or len(data) != 2:
        raise TypeError(
            f"{name}: expected a pair (X, y), a Dataset or a DataLoader, received {describe(data)}"
        )
    dtype = dtype_of(model)
    X = as_numbers(data[0], f"{name}: X", dtype)
    y = as_numbers(data[1], f"{name}: y", dtype)
    _check_lengths(X, y, name)
    return _not_empty(ArrayDataset(X, y), name), (X, y)


def check_batch(batch: Any, name: str, dtype: np.dtype[Any] | None) -> tuple[Any, Any]:
    """Return a loader's batch if it is a pair of numbers, those with fractions finite.

    They take on a dtype here, so that no layer without parameters computes in another one.

    Raises
    ------
    TypeError, ValueError
        If it is none.
    """
    if not isinstance(batch, tuple | list) or len(batch) != 2:
        raise TypeError(f"{name}: expected batches (X, y), received {describe(batch)}")
    X, y = batch
    return as_numbers(X, f"{name}: X", dtype), as_numbers(y, f"{name}: y", dtype)


def check_same_width(dev_set: CheckedSet, train_set: CheckedSet) -> None:
    """Refuse a dev set whose samples have not the shape of those in the train set.

    Raises
    ------
    ValueError
        If inputs or labels have another shape. Of sets that do not lie in memory, nothing is known.
    """
    if dev_set.arrays is None or train_set.arrays is None:
        return
    for dev, train, what in zip(
        dev_set.arrays, train_set.arrays, ("inputs", "labels"), strict=True
    ):
        expected, received = _shapes(train), _shapes(dev)
        if [shape[1:] for shape in received] != [shape[1:] for shape in expected]:
            wanted = " and ".join(str(("N", *shape[1:])) for shape in expected).replace("'", "")
            raise ValueError(
                f"dev_set: expected {what} of shape {wanted} as in train_set, "
                f"received {_listed(received)}"
            )


def _check_lengths(X: Any, y: Any, name: str) -> None:
    shapes = _shapes((X, y))
    if () in shapes or len({shape[0] for shape in shapes}) != 1 or not _shapes(X):
        raise ValueError(
            f"{name}: expected as many labels as inputs, received {_listed(_shapes(X))} "
            f"and {_listed(_shapes(y))}"
        )


def _not_empty(dataset: Dataset, name: str) -> Dataset:
    if len(dataset) == 0:
        raise ValueError(f"{name}: expected at least one sample, received none")
    return dataset


def _shapes(arrays: Any) -> list[tuple[int, ...]]:
    return [array.shape for array in leaves_of(arrays)]


def _listed(shapes: list[tuple[int, ...]]) -> str:
    return " and ".join(map(str, shapes)) or "none"
