"""Keep the best model on the dev set."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from minidl.storage import check_target, save_model
from minidl.train.listeners.base import Listener
from minidl.train.training_run import TrainingRun


class BestModel(Listener):
    """Keeps a copy of the model whenever its dev score beats all before, from −∞ on.

    Where lower is better, the score is taken as negative: that of an error such as
    `mean_absolute_error`, or of a metric of which the Runner was told so, and, without a metric,
    the dev loss.

    Parameters
    ----------
    folder : str or Path, optional
        Where the best model is also saved each time, and before training if there is one already.

    Attributes
    ----------
    score : float
        The best so far; the larger, the better.
    step : int
        The number of optimizer steps after which it was reached.

    Examples
    --------
    >>> BestModel().score
    -inf
    """

    def __init__(self, folder: str | Path | None = None) -> None:
        self.folder = folder
        self.reset()

    def reset(self) -> None:
        """Forget the best model."""
        self.score = -math.inf
        self.step = 0
        self._state: dict[str, Any] = {}

    def on_train_begin(self, runner: TrainingRun) -> None:
        """Refuse a folder that will not do; save the best model of earlier trainings in it.

        That may stay the best. A folder is the same one wherever the program goes meanwhile.
        """
        if self.folder is None:
            return
        self.folder = check_target(runner.model, self.folder).absolute()
        if not self._state:
            return
        now = runner.model.state_dict()
        self.restore(runner)
        try:
            save_model(runner.model, self.folder)
        finally:
            runner.model.load_state_dict(now)

    def on_evaluate_end(self, runner: TrainingRun) -> None:
        """Keep the model if it is the best so far."""
        score = runner.last_dev_score()
        if score > self.score:
            self.score = score
            self.step = runner.step
            self._state = runner.model.state_dict()
            if self.folder is not None:
                save_model(runner.model, self.folder)

    def restore(self, runner: TrainingRun) -> None:
        """Put the best parameters back into the runner's model.

        Raises
        ------
        RuntimeError
            If no model was evaluated on a dev set yet.
        """
        if not self._state:
            raise RuntimeError(
                "BestModel: expected an evaluated model, received none; "
                "try training with a dev_set first"
            )
        runner.model.load_state_dict(self._state)

    def state_dict(self) -> dict[str, Any]:
        """Return the best score, its step and its parameters."""
        return {"score": self.score, "step": self.step, "model": dict(self._state)}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        self.score, self.step = float(state["score"]), int(state["step"])
        self._state = dict(state["model"])
