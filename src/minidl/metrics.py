"""Metrics: what people want to know of predictions, in contrast to what training minimizes."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.validation import as_float_array, as_number_array, check_finite, check_real, extremes

Array = npt.NDArray[Any]


def accuracy(predicts: Any, labels: Any, *, threshold: float | None = None) -> float:
    """Return the share of predictions that name the right class.

    Parameters
    ----------
    predicts : array_like, shape (N, 1) or (N, C)
        One column: probabilities of class 1, which predict class 1 from 0.5 on. Several columns:
        scores of C classes, of which the highest wins.
    labels : array_like, shape (N, 1), or (N,) or (N, 1) for several columns
        Classes 0 and 1, or 0 … C − 1.
    threshold : float, optional
        For one column of scores that are not probabilities, from where on they predict class 1;
        for logits that is 0.

    Returns
    -------
    float
        Between 0 and 1.

    Raises
    ------
    ValueError
        If shapes do not match, labels are no classes, or scores in one column lie outside [0, 1]
        while no `threshold` is given.

    Examples
    --------
    >>> accuracy([[0.2], [0.9]], [[0], [1]])
    1.0
    >>> accuracy([[2.0, 1.0], [0.5, 3.0]], [0, 0])
    0.5
    """
    predicts = as_float_array(predicts, "accuracy: predicts")
    labels = as_number_array(labels, "accuracy: labels")
    if predicts.ndim != 2 or predicts.size == 0:
        raise ValueError(
            f"accuracy: expected predictions of shape (N, 1) or (N, C), received {predicts.shape}"
            + ("; try predicts.reshape(-1, 1)" if predicts.ndim == 1 else "")
        )
    if predicts.shape[1] == 1:
        return _binary_accuracy(predicts, labels, threshold)
    return _multiclass_accuracy(predicts, labels, threshold)


def _binary_accuracy(predicts: Array, labels: Array, threshold: float | None) -> float:
    if labels.shape != predicts.shape:
        raise ValueError(
            f"accuracy: expected labels of shape {predicts.shape}, received {labels.shape}"
            + ("; try labels.reshape(-1, 1)" if labels.ndim == 1 else "")
        )
    if threshold is None:
        low, high = extremes(predicts)
        if not (low >= 0 and high <= 1):
            _refuse_nan(predicts)
            raise ValueError(
                f"accuracy: expected probabilities in [0, 1], received values from "
                f"{low:g} to {high:g}; for logits try threshold=0"
            )
        threshold = 0.5
    else:
        threshold = check_real(threshold, "threshold")
        _refuse_nan(predicts)
    ones = labels == 1
    if np.count_nonzero(labels) != np.count_nonzero(ones):
        strange = labels[(labels != 0) & (labels != 1)].flat[0]
        raise ValueError(f"accuracy: expected labels 0 and 1, received {strange:g}")
    hits = int(np.count_nonzero((predicts >= threshold) == ones))
    return hits / labels.size


def _refuse_nan(predicts: Array) -> None:
    if np.isnan(predicts).any():
        raise ValueError("accuracy: expected numbers to compare, received NaN")


def _multiclass_accuracy(predicts: Array, labels: Array, threshold: float | None) -> float:
    N, C = predicts.shape
    if threshold is not None:
        check_real(threshold, "threshold")
        raise ValueError(f"accuracy: expected no threshold for {C} columns, received {threshold}")
    if labels.shape not in ((N,), (N, 1)):
        raise ValueError(f"accuracy: expected labels of shape ({N},), received {labels.shape}")
    _refuse_nan(predicts)
    classes = labels.reshape(-1)
    if not _are_classes(classes, C):
        raise ValueError(
            f"accuracy: expected labels among 0 … {C - 1}, received values from "
            f"{classes.min():g} to {classes.max():g}"
        )
    return int(np.count_nonzero(predicts.argmax(axis=1) == classes)) / N


def _are_classes(labels: Array, C: int) -> bool:
    """Whether all labels are among 0 … C − 1; of whole numbers, the extremes tell."""
    if labels.dtype.kind in "iub":
        low, high = extremes(labels)
        return low >= 0 and high < C
    return bool(np.isin(labels, np.arange(C)).all())


def mean_absolute_error(predicts: Any, labels: Any) -> float:
    """Return the mean of |p − y|, in the unit of the labels; lower is better.

    As scikit-learn's, which takes the labels first.

    Parameters
    ----------
    predicts, labels : array_like
        Of one shape, usually (N, 1).

    Returns
    -------
    float
        At least 0.

    Raises
    ------
    ValueError
        If the shapes differ, there are no elements, or a number is not finite.

    Examples
    --------
    >>> mean_absolute_error([[1.0], [4.0]], [[0.0], [2.0]])
    1.5
    """
    predicts, labels = _check_numbers("mean_absolute_error", predicts, labels)
    with np.errstate(over="ignore"):
        mean = np.abs(predicts - labels).mean()
    return float(mean if np.isfinite(mean) else _mean_of_huge_differences(predicts, labels))


def _mean_of_huge_differences(predicts: Array, labels: Array) -> Any:
    """Return the mean of |p − y| where their sum has no room in a float, but their mean may."""
    halves = np.abs(predicts / 2 - labels / 2)
    largest = halves.max()
    with np.errstate(over="ignore"):
        return (halves / largest).mean() * largest * 2


def r2_score(predicts: Any, labels: Any) -> float:
    """Return the share of the labels' variance that is explained, R² = 1 − Σ(p − y)² / Σ(y − ȳ)².

    1 is a perfect fit, 0 as good as the labels' mean ȳ for all, below 0 worse than that. Where
    the labels do not vary, R² is 1 for a perfect fit and 0 otherwise; the R² of several columns
    is the mean of theirs. As scikit-learn's, which takes the labels first.

    The R² of a whole is not the mean of those of its batches: with mini-batches, the training
    score is rough and the dev score exact.

    Parameters
    ----------
    predicts, labels : array_like
        Of one shape, (N,) or (N, M).

    Returns
    -------
    float
        At most 1.

    Raises
    ------
    ValueError
        If the shapes differ, there are no elements, or a number is not finite.

    Examples
    --------
    >>> r2_score([[1.0], [2.0], [4.0]], [[1.0], [2.0], [3.0]])
    0.5
    """
    predicts, labels = _check_numbers("r2_score", predicts, labels)
    constant, perfect = ((labels == one).all(axis=0) for one in (labels[:1], predicts))
    exponent = np.frexp(np.abs(labels).max(axis=0))[1]
    with np.errstate(over="ignore", under="ignore"):  # predictions may be far from the labels
        # Labels of about 1 have squares that are neither 0 nor infinite; 2ᵉ changes no digit.
        predicts, labels = np.ldexp(predicts, -exponent), np.ldexp(labels, -exponent)
        left = ((predicts - labels) ** 2).sum(axis=0)
        centred = labels - labels.mean(axis=0)
        total = ((centred - centred.mean(axis=0)) ** 2).sum(axis=0)
        explained = np.where(constant, perfect, 1 - left / np.where(constant, 1, total))
    return float(explained.mean())


def _check_numbers(name: str, predicts: Any, labels: Any) -> tuple[Array, Array]:
    predicts = as_float_array(predicts, f"{name}: predicts", dtype=np.float64)
    labels = as_float_array(labels, f"{name}: labels", dtype=np.float64)
    if predicts.shape != labels.shape:
        raise ValueError(
            f"{name}: expected predictions and labels of one shape, received {predicts.shape} "
            f"and {labels.shape}" + ("; try labels.reshape(-1, 1)" if labels.ndim == 1 else "")
        )
    if predicts.ndim == 0 or predicts.size == 0:
        raise ValueError(f"{name}: expected at least one sample, received {predicts.shape}")
    check_finite(predicts, f"{name}: predicts")
    check_finite(labels, f"{name}: labels")
    return predicts, labels


LOWER_IS_BETTER = frozenset({mean_absolute_error})
"""The metrics that measure errors; of all others, higher is better."""


def sign_of(metric: Callable[..., float], higher_is_better: bool | None = None) -> int:
    """Return −1 for a metric of which lower is better, else 1: their product is to be large.

    Parameters
    ----------
    metric : callable
        The metric.
    higher_is_better : bool, optional
        Which it is; by default, lower is better for those in `LOWER_IS_BETTER` alone, also with
        arguments filled in by `functools.partial`. What a lambda does, nobody can see.

    Examples
    --------
    >>> sign_of(accuracy), sign_of(mean_absolute_error)
    (1, -1)
    """
    if higher_is_better is None:
        while isinstance(metric, functools.partial):
            metric = metric.func
        higher_is_better = all(metric is not error for error in LOWER_IS_BETTER)
    return 1 if higher_is_better else -1
