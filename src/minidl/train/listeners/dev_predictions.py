"""Keep what the model says of the dev set, evaluation after evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from minidl.train.listeners.base import Listener
from minidl.train.training_run import TrainingRun


class DevPredictions(Listener):
    """Keeps the predictions of every evaluation on the dev set; they cost no forward pass more.

    Attributes
    ----------
    steps : list of int
        The number of optimizer steps done at each evaluation, as in `history.dev_steps`.
    predicts : list of ndarray
        The predictions of each, in the order of the set; a tuple of arrays where the loss is on
        several predictions.

    Examples
    --------
    >>> predictions = DevPredictions()  # for Runner(…, listeners=[predictions])
    >>> predictions.steps
    []
    """

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Forget all of them, in lists of their own, so that those taken away stay as they are."""
        self.steps: list[int] = []
        self.predicts: list[Any] = []

    def on_evaluate_end(self, runner: TrainingRun) -> None:
        """Keep a copy of the predictions."""
        if runner.evaluation is not None:
            self.steps.append(runner.step)
            self.predicts.append(_copy(runner.evaluation.predicts))

    def state_dict(self) -> dict[str, Any]:
        """Return steps and predictions so far."""
        return {"steps": list(self.steps), "predicts": list(self.predicts)}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        self.steps = [int(step) for step in state["steps"]]
        self.predicts = [
            tuple(predicts) if isinstance(predicts, list) else predicts
            for predicts in state["predicts"]
        ]


def _copy(predicts: Any) -> Any:
    return tuple(map(_copy, predicts)) if isinstance(predicts, tuple) else np.array(predicts)
