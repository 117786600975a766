"""Using a model without training it: predictions, and what they are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
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


def predict_all(
    model: Op, batches: Iterable[tuple[Any, Any]], *, batch_axis: int = 0
) -> tuple[Any, Any]:
    """Return predictions and labels of a whole set, whose batches are seen one at a time.

    The model is in evaluation mode meanwhile, and each op afterwards in the mode it was in.
    Nothing is kept for backward.

    Parameters
    ----------
    batch_axis : int
        The axis of the predictions along which samples lie, as `Loss.batch_axis` says. Batches
        are joined along it.

    Raises
    ------
    ValueError
        If a batch's predictions do not hold its samples along that axis.

    Examples
    --------
    >>> from minidl.nn import Tanh
    >>> predict_all(Tanh(), [(np.zeros(1), np.ones(1)), (np.zeros(2), np.ones(2))])
    (array([0., 0., 0.]), array([1., 1., 1.]))
    """
    ops = _all_ops(model)
    modes = [op.training for op in ops]
    model.eval()
    try:
        parts = [(as_tuple(X)[0].shape[:1], _predict(model, X), y) for X, y in batches]
    finally:
        for op, training in zip(ops, modes, strict=True):
            op.training = training
    if len(parts) == 1:
        return parts[0][1:]
    for (samples,), predicts, _ in parts:
        _check_samples(predicts, samples, batch_axis)
    _, predicts, labels = zip(*parts, strict=True)
    return _join(predicts, batch_axis), _join(labels)


def batch_axis_of(loss_fn: Any) -> int:
    """Return the axis along which a loss takes samples; the first unless it says otherwise.

    Examples
    --------
    >>> from minidl.losses import CTCLoss
    >>> batch_axis_of(CTCLoss()), batch_axis_of(lambda predicts, labels: 0.0)
    (1, 0)
    """
    return int(getattr(loss_fn, "batch_axis", 0))


def _predict(model: Op, X: Any) -> Any:
    predicts = unstack(model(stack(X)), X)
    model.forget()  # before the next batch comes, which would find no room beside it
    return predicts


def _check_samples(predicts: Any, samples: int, axis: int) -> None:
    """Refuse predictions that joining would mix up: time along the axis of samples, say."""
    for part in as_tuple(predicts):
        if part.ndim <= axis or part.shape[axis] != samples:
            raise ValueError(
                f"expected predictions with {samples} samples along axis {axis}, for a batch of "
                f"{samples}, received the shape {part.shape}; where a loss takes samples along "
                "another axis, say so by its batch_axis"
            )


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


def _join(parts: Sequence[Any], axis: int = 0) -> Any:
    """Concatenate batches, tuples part by part."""
    if isinstance(parts[0], tuple):
        return tuple(_join(column, axis) for column in zip(*parts, strict=True))
    return np.concatenate(parts, axis)


def _all_ops(model: Op) -> list[Op]:
    """Return this op and every op inside it."""
    ops = [model]
    for op in ops:  # which grows meanwhile
        ops += op.layers
    return ops
