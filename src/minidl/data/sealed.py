"""A test set under seal: a claim comes first, then it is opened, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, final

import numpy as np
import numpy.typing as npt

from minidl.validation import as_plain_array, check_real

Array = npt.NDArray[Any]


class SealError(RuntimeError):
    """The seal is to be broken a second time, or before there is a claim."""


@dataclass(frozen=True, eq=False, repr=False)
class Opening:
    """What came out when a sealed test set was opened.

    Attributes
    ----------
    right, total : int
        How many samples the model had right, and how many there are.
    low, high : float
        The claim.
    X, y : ndarray
        The set; it can judge nothing any more that is changed from now on.
    """

    right: int
    total: int
    low: float
    high: float
    X: Array
    y: Array

    @property
    def accuracy(self) -> float:
        """The share of samples that the model had right."""
        return self.right / self.total

    @property
    def held(self) -> bool:
        """Whether the accuracy lies in the claimed interval, its ends included."""
        return self.low <= self.accuracy <= self.high

    def __str__(self) -> str:
        verdict = "the claim held" if self.held else "the claim failed"
        return (
            f"{self.right} of {self.total} right, {self.accuracy:.3f}; "
            f"claimed {self.low:.3f} to {self.high:.3f}: {verdict}"
        )

    __repr__ = __str__  # what a cell shows that ends with it


@final
class SealedSet:
    """A test set that can be opened one time, after a claim about what it will say.

    Whoever looks at a test set twice begins to choose by it. The seal is made of paper: it stops
    nobody who wants to cheat, but nobody breaks it without noticing.

    Parameters
    ----------
    X : array_like of shape (N, …)
        Samples.
    y : array_like of shape (N,)
        Their classes.

    Raises
    ------
    ValueError
        If there are no samples, or not as many classes as samples.

    Examples
    --------
    >>> sealed = SealedSet([[-1.0], [0.5], [2.0]], [0, 1, 1])
    >>> sealed.claim(0.5, 0.9)
    >>> sealed.open(lambda X: (X[:, 0] > 1).astype(int))
    2 of 3 right, 0.667; claimed 0.500 to 0.900: the claim held
    >>> sealed.open(lambda X: np.ones(len(X)))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    minidl.data.sealed.SealError: expected a sealed test set, received one that was opened ...
    """

    def __init__(self, X: npt.ArrayLike, y: npt.ArrayLike) -> None:
        self._X, self._y = as_plain_array(X, "X").copy(), as_plain_array(y, "y").copy()
        if self._X.ndim == 0 or self._y.shape != (len(self._X),) or not self._y.size:
            raise ValueError(
                "SealedSet: expected a class for each sample, and at least one sample, received "
                f"X of shape {self._X.shape} and y of shape {self._y.shape}"
            )
        self._claim: tuple[float, float] | None = None
        self._opened = False

    def __len__(self) -> int:
        """Return how many samples there are, which an interval has to know."""
        return len(self._y)

    def claim(self, low: float, high: float) -> None:
        """Write down between which accuracies the model's will lie.

        A claim can be written anew as long as the seal holds.

        Raises
        ------
        SealError
            If the set has been opened.
        ValueError
            If it is no interval within 0 and 1.
        """
        self._expect_sealed("claim")
        low = check_real(low, "low", low=0, high=1)
        self._claim = low, check_real(high, "high", low=low, high=1)

    def open(self, predict: Callable[[Array], Any]) -> Opening:
        """Break the seal and count what a model has right; an error in the model leaves it whole.

        Parameters
        ----------
        predict : callable
            (N, …) samples → (N,) classes.

        Returns
        -------
        Opening
            Accuracy, claim, and the samples, since they are spent now.

        Raises
        ------
        SealError
            If the set has been opened before, or nothing was claimed.
        ValueError
            If the predictions are not one class for each sample.
        """
        self._expect_sealed("judge another model")
        if self._claim is None:
            raise SealError(
                "expected a claim before the seal is broken, received none; "
                "try sealed.claim(low, high) first"
            )
        predicts = np.asarray(predict(self._X.copy()))
        if predicts.shape != self._y.shape:
            raise ValueError(
                f"expected one class for each sample, an array of shape {self._y.shape}, received "
                f"shape {predicts.shape}; try predict(X).argmax(axis=1)"
            )
        self._opened = True
        right = int(np.count_nonzero(predicts == self._y))
        return Opening(right, len(self), *self._claim, self._X, self._y)

    def _expect_sealed(self, wish: str) -> None:
        if self._opened:
            raise SealError(
                "expected a sealed test set, received one that was opened before: what was seen "
                f"has a say in every further choice; try new samples to {wish}"
            )

    def __repr__(self) -> str:
        state = "opened" if self._opened else "sealed"
        return f"SealedSet({len(self)} samples, {state})"
