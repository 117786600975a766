"""What happens when training goes out of bounds."""

from __future__ import annotations

import math

from minidl.train.parts import groups_of
from minidl.train.training_run import TrainingRun


class DivergenceError(ArithmeticError):
    """The loss turned NaN or infinite."""


def check_loss(loss: float, epoch: int, run: TrainingRun) -> float:
    """Return `loss` if it is finite.

    Raises
    ------
    DivergenceError
        If it is not; it says when that happened and what to try.
    """
    if math.isfinite(loss):
        return loss
    rates = ", ".join(f"{g['lr']:g}" for g in groups_of(run.optimizer) if "lr" in g)
    raise DivergenceError(
        f"expected a finite loss, received {loss} in epoch {epoch} (after {run.step} steps); "
        f"try a smaller learning rate{f' than {rates}' if rates else ''}, or inputs scaled to "
        "mean 0 and deviation 1"
    )
