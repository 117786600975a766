"""Stop when the dev set has had nothing to gain for a while."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from minidl.train.listeners.base import Listener
from minidl.train.training_run import TrainingRun
from minidl.validation import check_positive_int


class EarlyStopping(Listener):
    """Stops training when the dev loss has not improved for `patience` evaluations in a row.

    It counts on in a second `train` of the same Runner, so that without an improvement the first
    evaluation ends that one too; `reset` begins afresh.

    Source: Prechelt, "Early Stopping - But When?" (1998).

    Parameters
    ----------
    patience : int
        Evaluations without improvement that are put up with.
    warm_up : int
        Evaluations at the start that are not counted.

    Examples
    --------
    >>> EarlyStopping(patience=5).waited
    0
    """

    def __init__(self, patience: int = 10, *, warm_up: int = 0) -> None:
        self.patience = check_positive_int(patience, "patience")
        self.warm_up = check_positive_int(warm_up, "warm_up", minimum=0)
        self.reset()

    def reset(self) -> None:
        """Forget the best loss and the counts."""
        self.best = math.inf
        self.seen = 0
        self.waited = 0

    def on_evaluate_end(self, runner: TrainingRun) -> None:
        """Count evaluations without improvement; stop at `patience`."""
        loss = runner.history.dev_loss[-1]
        self.seen += 1
        improved = loss < self.best
        self.best = min(self.best, loss)
        self.waited = 0 if improved or self.seen <= self.warm_up else self.waited + 1
        if self.waited >= self.patience:
            runner.stop(f"the dev loss has not improved for {self.patience} evaluations")

    def state_dict(self) -> dict[str, Any]:
        """Return the best loss and the counts."""
        return {"best": self.best, "seen": self.seen, "waited": self.waited}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        self.best = float(state["best"])
        self.seen, self.waited = int(state["seen"]), int(state["waited"])
