"""Splitting data into the part that trains, the part that chooses and the part that tests."""

from __future__ import annotations

import numbers
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation import as_generator, as_plain_array, check_positive_int, check_real, describe

Array = npt.NDArray[Any]
Pair = tuple[Array, Array]


def train_dev_test_split(
    X: npt.ArrayLike,
    y: npt.ArrayLike,
    *,
    sizes: npt.ArrayLike = (0.64, 0.16, 0.2),
    shuffle: bool = True,
    stratify: npt.ArrayLike | None = None,
    rng: int | np.random.Generator | None = None,
) -> tuple[Pair, Pair, Pair]:
    """Split samples into three parts that share none and leave none out.

    The training part sets the parameters, the development part chooses between models, and the
    test part is looked at once, at the end.

    Parameters
    ----------
    X, y : array_like, shapes (N, …)
        Samples and labels, one a row.
    sizes : array_like of three numbers
        Fractions that add up to 1, or counts that add up to N. A part of size 0 is empty.
    shuffle : bool
        Whether the samples are drawn at random, or in their order.
    stratify : array_like of shape (N,), optional
        The class of each sample, often y itself: each part gets its share of each class, as near
        as whole numbers allow. As in scikit-learn's `train_test_split`.
    rng : int, numpy.random.Generator or None
        A seed or a generator.

    Returns
    -------
    train, dev, test : tuple of (X, y)
        New arrays.

    Raises
    ------
    ValueError
        If X and y differ in length, the sizes do not add up, or a part would be empty although
        its size is not 0; if a class has fewer samples than there are parts, or `stratify` comes
        with `shuffle=False`.

    Examples
    --------
    >>> X, y = np.zeros((1000, 2)), np.zeros(1000)
    >>> [len(part_y) for part_X, part_y in train_dev_test_split(X, y)]
    [640, 160, 200]
    >>> classes = np.repeat([0, 1], [900, 100])
    >>> parts = train_dev_test_split(X, classes, stratify=classes)
    >>> [int(part_y.sum()) for part_X, part_y in parts]
    [64, 16, 20]
    """
    X, y = as_plain_array(X, "X"), as_plain_array(y, "y")
    if X.ndim == 0 or y.ndim == 0 or len(X) != len(y):
        raise ValueError(
            f"expected as many labels as samples, received X of shape {X.shape} "
            f"and y of shape {y.shape}"
        )
    first, second = _bounds(sizes, len(X))
    order = as_generator(rng).permutation(len(X)) if shuffle else np.arange(len(X))
    train, dev, test = np.split(order, [first, second])
    if stratify is not None:
        if not shuffle:
            raise ValueError("stratify: expected shuffle=True with it, received shuffle=False")
        train, dev, test = _stratified(stratify, order, [len(train), len(dev), len(test)])
    return (X[train], y[train]), (X[dev], y[dev]), (X[test], y[test])


def _stratified(classes: npt.ArrayLike, order: Array, sizes: list[int]) -> list[Array]:
    """Return which samples, in their order, stand in each part."""
    found = as_plain_array(classes, "stratify")
    if found.shape != order.shape:
        raise ValueError(
            f"stratify: expected the class of each of {len(order)} samples, "
            f"received shape {found.shape}"
        )
    labels, numbers, counts = np.unique(found, return_inverse=True, return_counts=True)
    needed = np.count_nonzero(sizes)
    if len(order) and counts.min() < needed:
        raise ValueError(
            f"stratify: expected {needed} or more samples of each class, one for each part, "
            f"received {counts.min()} of class {labels[counts.argmin()]}"
        )
    part = np.empty(len(order), dtype=int)
    for number, shares in enumerate(np.transpose(_shares_of_parts(counts, sizes))):
        members = order[numbers[order] == number]
        part[members] = np.repeat(range(len(sizes)), shares)
    return [order[part[order] == place] for place in range(len(sizes))]


def _shares_of_parts(counts: Array, sizes: list[int]) -> list[Array]:
    """Return how many samples of each class each part gets."""
    shares: list[Array] = []
    for size in sizes:
        shares.append(shares_of(counts, size))
        counts = counts - shares[-1]
    return shares


def shares_of(counts: Array, size: int) -> Array:
    """Return how many of each class make up a part: in proportion, rounded so that they add up.

    Classes whose share has the largest fraction are rounded up, as many as are needed.

    Examples
    --------
    >>> shares_of(np.array([50, 30, 20]), 7)
    array([4, 2, 1])
    """
    exact = counts * size / max(counts.sum(), 1)
    shares = np.floor(exact).astype(int)
    shares[np.argsort(shares - exact, kind="stable")[: size - shares.sum()]] += 1
    return shares


def _bounds(given: npt.ArrayLike, N: int) -> tuple[int, int]:
    """Return where the second and the third part begin."""
    array = as_plain_array(given, "sizes", expected="three numbers")
    if array.shape != (3,):
        raise ValueError(f"sizes: expected three numbers, received {describe(given)}")
    sizes = array.tolist()
    if all(isinstance(size, numbers.Integral) for size in sizes):
        return _bounds_from_counts(sizes, N)
    digits = np.finfo(array.dtype).eps if array.dtype.kind == "f" else 0
    return _bounds_from_fractions(sizes, N, tolerance=max(1e-9, 4 * float(digits)))


def _bounds_from_counts(sizes: Sequence[Any], N: int) -> tuple[int, int]:
    train, dev, test = (check_positive_int(size, "sizes", minimum=0) for size in sizes)
    if train + dev + test != N:
        raise ValueError(
            f"sizes: expected counts that add up to {N}, received {train} + {dev} + {test} "
            f"= {train + dev + test}; try fractions such as (0.64, 0.16, 0.2)"
        )
    return train, train + dev


def _bounds_from_fractions(sizes: Sequence[Any], N: int, *, tolerance: float) -> tuple[int, int]:
    fractions = [check_real(size, "sizes", low=0, high=1) for size in sizes]
    if abs(sum(fractions) - 1) > tolerance:
        raise ValueError(
            f"sizes: expected fractions that add up to 1, received {tuple(fractions)}, "
            f"which add up to {sum(fractions):.12g}"
        )
    first, second = round(fractions[0] * N), round((fractions[0] + fractions[1]) * N)
    counts = (first, second - first, N - second)
    if any(count == 0 < fraction for count, fraction in zip(counts, fractions, strict=True)):
        raise ValueError(
            f"sizes: expected enough samples for three parts of {tuple(fractions)}, "
            f"received {N}; try more samples, or counts"
        )
    return first, second
