"""Stop as scikit-learn's networks do: when an epoch is hardly better than the best before."""

from __future__ import annotations

import math

from minidl.train.listeners import Listener
from minidl.train.training_run import TrainingRun


class NoImprovement(Listener):
    """Stops after more than `patience` epochs in a row of which none has gained `tol`.

    What is to grow is the result on the dev set or, without one, the negative training loss.

    Parameters
    ----------
    patience : int
        Epochs in a row that are put up with.
    tol : float
        What an epoch has to be better by than the best before it, ≥ 0.

    Examples
    --------
    >>> NoImprovement(patience=10, tol=1e-4).waited
    0
    """

    def __init__(self, patience: int, tol: float) -> None:
        self.patience = patience
        self.tol = tol
        self.reset()

    def reset(self) -> None:
        """Forget the best value and the count."""
        self.best = -math.inf
        self.waited = 0

    def on_epoch_end(self, runner: TrainingRun) -> None:
        """Count an epoch without improvement; stop when there are too many."""
        has_dev_set = bool(runner.history.dev_loss)
        value = runner.last_dev_score() if has_dev_set else -runner.history.train_loss[-1]
        self.waited = 0 if value >= self.best + self.tol else self.waited + 1
        self.best = max(self.best, value)
        if self.waited > self.patience:
            runner.stop(f"no gain of {self.tol:g} in {self.waited} epochs")
