"""A `fit` that fails leaves an estimator as it was."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sklearn.base import BaseEstimator


@contextmanager
def as_before_if_it_fails(estimator: BaseEstimator) -> Iterator[None]:
    """Put back what an estimator knew if a `fit` fails: checking X alone already sets its width.

    Examples
    --------
    >>> estimator = BaseEstimator()
    >>> try:
    ...     with as_before_if_it_fails(estimator):
    ...         estimator.n_features_in_ = 3
    ...         raise ValueError
    ... except ValueError:
    ...     print(vars(estimator))
    {}
    """
    before = vars(estimator).copy()
    try:
        yield
    except BaseException:
        vars(estimator).clear()
        vars(estimator).update(before)
        raise
