"""A line of text every so many epochs, or steps."""

from __future__ import annotations

from minidl.train.listeners.base import Listener
from minidl.train.training_run import TrainingRun
from minidl.validation import check_positive_int


class LogLines(Listener):
    """Prints losses and scores every so many epochs, steps or both, and why training stopped early.

    Those on the dev set are printed if it was evaluated in that epoch, or after that step. A
    step's line has the mean train loss of the epoch so far.

    Parameters
    ----------
    every : int, optional
        Epochs from one line to the next; the first epoch is printed too. None for no such lines.
    steps : int, optional
        Steps from one line to the next; the first step is printed too. By default none.

    Examples
    --------
    >>> LogLines(50).every
    50
    """

    def __init__(self, every: int | None = 1, *, steps: int | None = None) -> None:
        self.every = None if every is None else check_positive_int(every, "every")
        self.steps = None if steps is None else check_positive_int(steps, "steps")

    def on_step_end(self, runner: TrainingRun) -> None:
        """Print a line if it is time."""
        if _is_due(runner.step, self.steps):
            print(self.step_line(runner))  # noqa: T201

    def on_epoch_end(self, runner: TrainingRun) -> None:
        """Print a line if it is time."""
        if _is_due(runner.epoch, self.every):
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
        figures = {name: values[-1] for name, values in columns.items() if values}
        return _line("epoch", runner.epoch, figures | _dev_figures(runner, after=began))

    @staticmethod
    def step_line(runner: TrainingRun) -> str:
        """Return the line for the step just taken, of the dev set if evaluated after it."""
        epoch, figures = runner.under_way, {}
        if epoch is not None:
            figures["train loss"] = epoch.loss / epoch.samples
        return _line("step", runner.step, figures | _dev_figures(runner, after=runner.step - 1))


def log_lines(log_epochs: int | None, log_steps: int | None) -> list[Listener]:
    """Return what prints the lines that `Runner.train` was asked for: nothing for two None.

    Examples
    --------
    >>> log_lines(None, None)
    []
    """
    for name, value in (("log_epochs", log_epochs), ("log_steps", log_steps)):
        if value is not None:
            check_positive_int(value, name)
    wanted = log_epochs is not None or log_steps is not None
    return [LogLines(log_epochs, steps=log_steps)] if wanted else []


def _is_due(count: int, every: int | None) -> bool:
    return every is not None and (count == 1 or count % every == 0)


def _dev_figures(runner: TrainingRun, *, after: int) -> dict[str, float]:
    """Return what the last evaluation found, if it came after so many steps."""
    history = runner.history
    if not history.dev_steps or history.dev_steps[-1] <= after:
        return {}
    columns = {"dev loss": history.dev_loss, "dev score": history.dev_score}
    return {name: values[-1] for name, values in columns.items() if values}


def _line(unit: str, count: int, figures: dict[str, float]) -> str:
    return "   ".join([f"{unit} {count:5d}", *(f"{k} {v:.4f}" for k, v in figures.items())])
