"""What happens when training goes out of bounds."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from minidl.train.parts import groups_of

if TYPE_CHECKING:
    from minidl.train.runner import Runner


class DivergenceError(ArithmeticError):
    """The loss turned NaN or infinite."""


def check_loss(loss: float, epoch: int, runner: Runner) -> float:
    """Return `loss` if it is finite.

    Raises
    ------
    DivergenceError
        If it is not; it says when that happened and what to try.
    """
    if math.isfinite(loss):
        return loss
    rates = ", ".join(f"{g['lr']:g}" for g in groups_of(runner.optimizer) if "lr" in g)
    raise DivergenceError(
        f"expected a finite loss, received {loss} in epoch {epoch} (after {runner.step} steps); "
        f"try a smaller learning rate{f' than {rates}' if rates else ''}, or inputs scaled to "
        "mean 0 and deviation 1"
    )
