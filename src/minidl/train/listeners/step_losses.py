"""Keep the loss of every step."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from minidl.train.listeners.base import Listener
from minidl.train.training_run import TrainingRun


class StepLosses(Listener):
    """Keeps the loss of each batch, measured just before its step: the history has epochs' means.

    Attributes
    ----------
    steps : list of int
        The number of optimizer steps done with each, from 1 on.
    losses : list of float
        The loss of each batch.

    Examples
    --------
    >>> step_losses = StepLosses()  # for Runner(…, listeners=[step_losses])
    >>> step_losses.losses
    []
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget all of them, in lists of their own, so that those taken away stay as they are."""
        self.steps: list[int] = []
        self.losses: list[float] = []

    def on_step_end(self, runner: TrainingRun) -> None:
        """Keep the loss of the batch that was just learned from."""
        if runner.under_way is not None:
            self.steps.append(runner.step)
            self.losses.append(runner.under_way.last_loss)

    def state_dict(self) -> dict[str, Any]:
        """Return steps and losses so far."""
        return {"steps": list(self.steps), "losses": list(self.losses)}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        self.steps = [int(step) for step in state["steps"]]
        self.losses = [float(loss) for loss in state["losses"]]
