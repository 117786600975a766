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

    Attributes
    ----------
    mean, scale : ndarray of shape (D,) or None
        μ and σ, None before `fit`.

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
        std = X.std(axis=0)
        # Rounding leaves a constant feature a tiny σ; dividing by it would blow up new values.
        constant = (std == 0) | (X.min(axis=0) == X.max(axis=0))
        self.mean, self.scale = X.mean(axis=0), np.where(constant, 1, std).astype(X.dtype)
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
        X, mean, scale = self._ready(X)
        return (X - mean) / scale

    def inverse_transform(self, X: npt.ArrayLike) -> Array:
        """Return X·σ + μ, which undoes `transform`.

        Raises
        ------
        RuntimeError
            If `fit` was not called.
        ValueError
            If X has another number of features.
        """
        X, mean, scale = self._ready(X)
        return X * scale + mean

    def _ready(self, X: npt.ArrayLike) -> tuple[Array, Array, Array]:
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
        return X, self.mean, self.scale


def _as_table(X: npt.ArrayLike) -> Array:
    table = as_float_array(X, "StandardScaler: X")
    if table.ndim != 2:
        raise ValueError(
            f"StandardScaler: expected an array of shape (N, D), received {table.shape}"
            + ("; try X.reshape(-1, 1)" if table.ndim == 1 else "")
        )
    return table
