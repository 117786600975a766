"""A bar that fills as training goes on."""

from __future__ import annotations

from typing import Any

from minidl.train.listeners.base import Listener
from minidl.train.training_run import TrainingRun


class ProgressBar(Listener):
    """Shows epochs done and the last train loss, with tqdm: a widget in notebooks, text elsewhere.

    Raises
    ------
    ImportError
        If tqdm is not installed.

    Examples
    --------
    >>> listeners = [ProgressBar()]  # for Runner(…, listeners=listeners)
    """

    def __init__(self) -> None:
        try:
            from tqdm.auto import tqdm
        except ImportError as error:
            raise ImportError(
                "ProgressBar: expected tqdm, which is not installed; try pip install minidl[lab]"
            ) from error
        self._tqdm: Any = tqdm
        self._bar: Any = None

    def on_train_begin(self, runner: TrainingRun) -> None:
        """Show an empty bar."""
        self._bar = self._tqdm(total=runner.num_epochs, unit="epoch")

    def on_epoch_end(self, runner: TrainingRun) -> None:
        """Move on by an epoch."""
        self._bar.set_postfix(loss=f"{runner.history.train_loss[-1]:.4f}", refresh=False)
        self._bar.update()

    def on_train_end(self, runner: TrainingRun) -> None:
        """Close the bar, if there is one yet."""
        if self._bar is not None:
            self._bar.close()
