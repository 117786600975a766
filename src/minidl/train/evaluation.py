"""Using a model without training it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy.typing as npt

from minidl.op import Op
from minidl.train.divergence import check_loss

if TYPE_CHECKING:
    from minidl.train.runner import Runner

Array = npt.NDArray[Any]


def forward_in_eval(model: Op, X: Array) -> Array:
    """Return the model's predictions in evaluation mode; each op keeps the mode it was in.

    Examples
    --------
    >>> from minidl.nn import Linear
    >>> fc = Linear(2, 1, rng=0)
    >>> forward_in_eval(fc, [[1.0, 2.0]]).shape, fc.training
    ((1, 1), True)
    """
    modes = _modes(model)
    model.eval()
    try:
        predicts: Array = model(X)
    finally:
        for op, training in modes:
            op.training = training
    return predicts


def measure(
    runner: Runner, X: Array, y: Array, *, epoch: int | None = None
) -> tuple[float, float | None]:
    """Return (loss, score) of the runner's model, the score None without a metric.

    Raises
    ------
    DivergenceError
        If the loss is not finite and there is an `epoch` in which that happened.
    """
    predicts = forward_in_eval(runner.model, X)
    loss = float(runner.loss_fn(predicts, y))
    if epoch is not None:
        check_loss(loss, epoch, runner)  # first, since a metric may not put up with NaN
    return loss, None if runner.metric is None else float(runner.metric(predicts, y))


def _modes(op: Op) -> list[tuple[Op, bool]]:
    """Return this op and every op inside it, each with whether it is in training mode."""
    modes = [(op, op.training)]
    for layer in op.layers:
        modes += _modes(layer)
    return modes
