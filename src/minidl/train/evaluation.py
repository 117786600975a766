"""Using a model without training it: predictions, and what they are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.op import Op
from minidl.train.stacking import as_tuple, stack, unstack

Array = npt.NDArray[Any]


@dataclass(frozen=True)
class Evaluation:
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


@contextmanager
def in_evaluation(model: Op) -> Iterator[None]:
    """Put a model in evaluation mode for a while; afterwards each op is in the mode it was in.

    What forward passes kept for backward is forgotten at the end.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(2, 1, rng=0)
    >>> with in_evaluation(fc):
    ...     predicts = fc([[1.0, 2.0]])
    >>> fc.training
    True
    """
    modes = _modes(model)
    model.eval()
    try:
        yield
    finally:
        for op, training in modes:
            op.training = training
        model.forget()


def predict_all(model: Op, batches: Iterable[tuple[Any, Any]]) -> tuple[Any, Any]:
    """Return predictions and labels of a whole set, whose batches are seen one at a time.

    Examples
    --------
    >>> from minidl.nn import Tanh
    >>> predict_all(Tanh(), [(np.zeros(1), np.ones(1)), (np.zeros(2), np.ones(2))])
    (array([0., 0., 0.]), array([1., 1., 1.]))
    """
    with in_evaluation(model):
        parts = [(unstack(model(stack(X)), X), y) for X, y in batches]
    predicts, labels = parts[0] if len(parts) == 1 else _join(parts)
    return predicts, labels


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


def _modes(op: Op) -> list[tuple[Op, bool]]:
    """Return this op and every op inside it, each with whether it is in training mode."""
    modes = [(op, op.training)]
    for layer in op.layers:
        modes += _modes(layer)
    return modes
