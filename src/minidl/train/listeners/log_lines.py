"""A line of text every so many epochs."""

from __future__ import annotations

from minidl.train.listeners.base import Listener
from minidl.train.training_run import TrainingRun
from minidl.validation import check_positive_int


class LogLines(Listener):
    """Prints losses and scores every `every` epochs, and why training stopped early.

    Those on the dev set are printed if it was evaluated in that epoch.

    Parameters
    ----------
    every : int
        Epochs from one line to the next; the first epoch is printed too.

    Examples
    --------
    >>> LogLines(50).every
    50
    """

    def __init__(self, every: int = 1) -> None:
        self.every = check_positive_int(every, "every")

    def on_epoch_end(self, runner: TrainingRun) -> None:
        """Print a line if it is time."""
        if runner.epoch == 1 or runner.epoch % self.every == 0:
            print(self.line(runner))  # noqa: T201

    def on_train_end(self, runner: TrainingRun) -> None:
        """Say why training stopped, if it did."""
        if runner.stop_reason:
            print(f"stopped {self._when(runner)}: {runner.stop_reason}")  # noqa: T201

    @staticmethod
    def _when(runner: TrainingRun) -> str:
        if runner.under_way is None:
            return f"after epoch {runner.epoch}"
        return f"in epoch {runner.epoch + 1}, after step {runner.step}"

    @staticmethod
    def line(runner: TrainingRun) -> str:
        """Return the line for the epoch that just ended, of the dev set if evaluated in it."""
        history = runner.history
        columns = {"train loss": history.train_loss, "train score": history.train_score}
        began = [0, 0, *history.train_steps][-2]
        if history.dev_steps and history.dev_steps[-1] > began:
            columns |= {"dev loss": history.dev_loss, "dev score": history.dev_score}
        figures = [f"{name} {values[-1]:.4f}" for name, values in columns.items() if values]
        return f"epoch {runner.epoch:5d}   " + "   ".join(figures)
