"""Using a model without training it: predictions, and what they are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from minidl.op import Op
from minidl.train.stacking import as_tuple, stack, unstack

Array = npt.NDArray[Any]


class Evaluation(NamedTuple):
    """What an evaluation on a data set has found.

    Attributes
    ----------
    predicts, labels : ndarray, or tuple of them
        Of the whole set, in its order.
    loss : float
    score : float or None
        None without a metric.
    """

    predicts: Any
    labels: Any
    loss: float
    score: float | None


def predict_all(model: Op, batches: Iterable[tuple[Any, Any]]) -> tuple[Any, Any]:
    """Return predictions and labels of a whole set, whose batches are seen one at a time.

    The model is in evaluation mode meanwhile, and each op afterwards in the mode it was in.
    Nothing is kept for backward.

    Examples
    --------
    >>> from minidl.nn import Tanh
    >>> predict_all(Tanh(), [(np.zeros(1), np.ones(1)), (np.zeros(2), np.ones(2))])
    (array([0., 0., 0.]), array([1., 1., 1.]))
    """
    modes = [(op, op.training) for op in _all_ops(model)]
    model.eval()
    try:
        parts = [(_predict(model, X), y) for X, y in batches]
    finally:
        for op, training in modes:
            op.training = training
    predicts, labels = parts[0] if len(parts) == 1 else _join(parts)
    return predicts, labels


def _predict(model: Op, X: Any) -> Any:
    predicts = unstack(model(stack(X)), X)
    model.forget()  # before the next batch comes, which would find no room beside it
    return predicts


def measure(
    loss_fn: Callable[..., Any],
    metric: Callable[..., float] | None,
    predicts: Any,
    labels: Any,
    *,
    check: Callable[[Any], float] = float,
) -> Evaluation:
    """Return loss and score of predictions.

    Loss and metric are called with the same: predictions first, then labels, several of either
    one by one. `check` sees the loss before the metric does, which may not put up with NaN.

    Examples
    --------
    >>> from minidl.losses import MSELoss
    >>> measure(MSELoss(), None, np.zeros((2, 1)), np.ones((2, 1))).loss
    1.0
    """
    inputs = (*as_tuple(predicts), *as_tuple(labels))
    loss = check(loss_fn(*inputs))
    score = None if metric is None else float(metric(*inputs))
    return Evaluation(predicts, labels, loss, score)


def _join(parts: list[Any]) -> Any:
    """Concatenate batches, tuples part by part."""
    if isinstance(parts[0], tuple):
        return tuple(_join(list(column)) for column in zip(*parts, strict=True))
    return np.concatenate(parts)


def _all_ops(model: Op) -> list[Op]:
    """Return this op and every op inside it."""
    ops = [model]
    for op in ops:  # which grows meanwhile
        ops += op.layers
    return ops
