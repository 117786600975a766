"""A bar that fills as training goes on."""

from __future__ import annotations

from typing import Any

from minidl.train.listeners.base import Listener
from minidl.train.training_run import TrainingRun
from minidl.validation import check_choice


class ProgressBar(Listener):
    """Shows what is done and the train loss, with tqdm: a widget in notebooks, text elsewhere.

    Parameters
    ----------
    unit : {"epoch", "step"}
        What the bar counts. By steps it moves within an epoch too, and shows its number and its
        mean loss so far.

    Raises
    ------
    ImportError
        If tqdm is not installed.

    Examples
    --------
    >>> listeners = [ProgressBar()]  # for Runner(…, listeners=listeners)
    """

    def __init__(self, unit: str = "epoch") -> None:
        self.unit = check_choice(unit, "unit", ("epoch", "step"))
        try:
            from tqdm.auto import tqdm
        except ImportError as error:
            raise ImportError(
                "ProgressBar: expected tqdm, which is not installed; try pip install minidl[lab]"
            ) from error
        self._tqdm: Any = tqdm
        self._bar: Any = None
        self._knows_total = False

    def on_train_begin(self, runner: TrainingRun) -> None:
        """Show an empty bar."""
        self._knows_total = self.unit == "epoch"
        total = runner.num_epochs if self._knows_total else None
        self._bar = self._tqdm(total=total, unit=self.unit)

    def on_epoch_begin(self, runner: TrainingRun) -> None:
        """Learn how many steps there are, if it is they that count."""
        if not self._knows_total:
            self._learn_total(runner, taken=0)

    def on_step_end(self, runner: TrainingRun) -> None:
        """Move on by a step, if it is they that count."""
        epoch = runner.under_way
        if self.unit == "epoch" or epoch is None:
            return
        if not self._knows_total:  # the epoch was begun by an earlier training
            self._learn_total(runner, taken=-(-epoch.samples // epoch.batch_size) - 1)
        self._move(epoch=runner.epoch + 1, loss=f"{epoch.loss / epoch.samples:.4f}")

    def on_epoch_end(self, runner: TrainingRun) -> None:
        """Move on by an epoch, if it is they that count."""
        if self.unit == "epoch":
            self._move(loss=f"{runner.history.train_loss[-1]:.4f}")

    def on_train_end(self, runner: TrainingRun) -> None:
        """Close the bar, if there is one yet."""
        if self._bar is not None:
            self._bar.close()

    def _learn_total(self, runner: TrainingRun, *, taken: int) -> None:
        """Let the bar be as long as the steps of all epochs, but for those taken before."""
        if runner.loader is not None:
            self._bar.reset(total=runner.num_epochs * len(runner.loader) - taken)
            self._knows_total = True

    def _move(self, **shown: Any) -> None:
        self._bar.set_postfix(**shown, refresh=False)
        self._bar.update()
