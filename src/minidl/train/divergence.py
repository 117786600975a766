"""What happens when training goes out of bounds."""

from __future__ import annotations

import math

from minidl.storage import fault_of
from minidl.train.parts import groups_of
from minidl.train.training_run import TrainingRun


class DivergenceError(ArithmeticError):
    """The loss or a weight turned NaN or infinite."""


def check_loss(loss: float, epoch: int, run: TrainingRun) -> float:
    """Return `loss` if it is finite.

    Raises
    ------
    DivergenceError
        If it is not; it says when that happened and what to try.
    """
    if math.isfinite(loss):
        return loss
    raise DivergenceError(
        f"expected a finite loss, received {loss} in epoch {epoch} (after {run.step} steps); "
        + _advice(run)
    )


def check_weights(run: TrainingRun) -> None:
    """Refuse a model with a number that is none, when the last step leads there.

    After any other step, the next loss tells.

    Raises
    ------
    DivergenceError
        It names the number, says when that was noticed and what to try.
    """
    fault = fault_of(run.model)
    if fault:
        epoch = run.epoch + (run.under_way is not None)
        raise DivergenceError(
            f"expected finite weights, received {fault} in epoch {epoch} (after {run.step} steps); "
            + _advice(run)
        )


def _advice(run: TrainingRun) -> str:
    if getattr(run.loss_fn, "averages_nothing", False):
        return (
            "the batch has no label that counts, since all of them are the loss's ignore_index or "
            "weigh 0; try larger batches, or leaving such samples out"
        )
    rates = ", ".join(f"{g['lr']:g}" for g in groups_of(run.optimizer) if "lr" in g)
    return (
        f"try a smaller learning rate{f' than {rates}' if rates else ''}, or inputs scaled to "
        "mean 0 and deviation 1"
    )
