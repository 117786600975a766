"""Standardization: every feature with mean 0 and standard deviation 1."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation import as_float_array, check_finite

Array = npt.NDArray[Any]


class StandardScaler:
    """Shift and scale each feature: x′ = (x − μ) / σ, with μ and σ of the data given to `fit`.

    Fit it on the training part only: development and test data stand for data that nobody has
    seen, so their mean must not leak into the model. A feature that never changes has σ = 0 and
    is only shifted.

    It calculates in float64 whatever the dtype of the data, which the result has again, and with
    numbers of about 1: the sum of a million float32, or the square of 1e200, would go astray.

    Attributes
    ----------
    mean, scale : ndarray of shape (D,) or None
        μ and σ in float64, None before `fit`; 1 in place of a σ of 0.

    Examples
    --------
    >>> scaler = StandardScaler().fit([[0.0, 5.0], [4.0, 5.0]])
    >>> scaler.transform([[2.0, 5.0], [6.0, 5.0]])
    array([[0., 0.],
           [2., 0.]])
    """

    def __init__(self) -> None:
        self.mean: Array | None = None
        self.scale: Array | None = None
        self._rest: Any = 0.0  # what μ is more than `mean`, between which and the next is no float

    def fit(self, X: npt.ArrayLike) -> StandardScaler:
        """Learn mean and standard deviation of each feature, and return the scaler.

        Parameters
        ----------
        X : array_like, shape (N, D)
            The training data.

        Raises
        ------
        ValueError
            If X is not of shape (N, D) with at least one row, or not finite.
        """
        X = _as_table(X)
        if len(X) == 0:
            raise ValueError("StandardScaler: expected at least one sample, received none")
        check_finite(X, "StandardScaler: X")
        exponent = np.frexp(np.abs(X).max(axis=0))[1]
        mean, rest, std = _moments(_times_power(X, -exponent))
        # Rounding leaves a constant feature a tiny σ; dividing by it would blow up new values.
        constant = X.min(axis=0) == X.max(axis=0)
        self.mean = np.where(constant, X[0], _times_power(mean, exponent))
        self._rest = np.where(constant, 0, _times_power(rest, exponent))
        least = np.finfo(np.float64).smallest_subnormal
        self.scale = np.where(constant, 1, np.maximum(_times_power(std, exponent), least))
        return self

    def transform(self, X: npt.ArrayLike) -> Array:
        """Return (X − μ) / σ, of the shape of X, (N, D).

        Raises
        ------
        RuntimeError
            If `fit` was not called.
        ValueError
            If X has another number of features.
        """
        X, (exponent, mean, rest, scale), dtype = self._ready(X)
        X = (_times_power(X, -exponent) - mean - rest) / scale
        return as_float_array(X, "StandardScaler: X", dtype=dtype)

    def inverse_transform(self, X: npt.ArrayLike) -> Array:
        """Return X·σ + μ, which undoes `transform`.

        Raises
        ------
        RuntimeError
            If `fit` was not called.
        ValueError
            If X has another number of features.
        """
        X, (exponent, mean, rest, scale), dtype = self._ready(X)
        X = _times_power(X * scale + rest + mean, exponent)
        return as_float_array(X, "StandardScaler: X", dtype=dtype)

    def _ready(self, X: npt.ArrayLike) -> tuple[Array, tuple[Array, ...], np.dtype[Any]]:
        if self.mean is None or self.scale is None:
            raise RuntimeError(
                "StandardScaler: expected fit before transform, received none; "
                "try scaler.fit(X_train)"
            )
        X = _as_table(X)
        if X.shape[1] != len(self.mean):
            raise ValueError(
                f"StandardScaler: expected {len(self.mean)} features as in fit, "
                f"received {X.shape[1]}"
            )
        near_one = _near_one(self.mean, self._rest, self.scale)
        return X.astype(np.float64, copy=False), near_one, X.dtype


def _near_one(mean: Array, rest: Array, scale: Array) -> tuple[Array, ...]:
    """Return exponents e, and the three divided by 2ᵉ."""
    exponent = np.frexp(np.maximum(np.abs(mean), scale))[1]
    return exponent, *(_times_power(moment, -exponent) for moment in (mean, rest, scale))


def _as_table(X: npt.ArrayLike) -> Array:
    table = as_float_array(X, "StandardScaler: X")
    if table.ndim != 2:
        raise ValueError(
            f"StandardScaler: expected an array of shape (N, D), received {table.shape}"
            + ("; try X.reshape(-1, 1)" if table.ndim == 1 else "")
        )
    return table


def _times_power(X: Array, exponent: Array) -> Array:
    """Return X · 2ᵉ in float64, which changes no digit; what is tiny beside the rest becomes 0."""
    with np.errstate(under="ignore"):
        return np.ldexp(np.asarray(X, np.float64), exponent)


def _moments(X: Array) -> tuple[Array, Array, Array]:
    """Return each feature's mean, what rounding took from that mean, and standard deviation."""
    mean = X.mean(axis=0)
    centred = X - mean
    rest = centred.mean(axis=0)
    centred -= rest
    with np.errstate(under="ignore"):
        return mean, rest, np.sqrt((centred**2).mean(axis=0))
