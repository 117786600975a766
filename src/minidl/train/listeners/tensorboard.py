"""The curves of a training in TensorBoard, as it goes on."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from minidl.storage import as_path, check_can_write_in
from minidl.train.listeners.base import Listener
from minidl.train.training_run import TrainingRun


class TensorBoard(Listener):
    """Writes losses, scores and learning rate for TensorBoard, `tensorboard --logdir <folder>`.

    Train and dev set are two runs, `train` and `dev` in the folder, so that one chart shows both
    curves, against the optimizer's steps. Training once more into a folder, or going on from a
    checkpoint, hides what an earlier training wrote of later steps. Give each training that is to
    stand beside the others a folder of its own, such as "runs/lr=0.1".

    Parameters
    ----------
    folder : str or Path
        Where to write; made where it is missing.

    Raises
    ------
    ImportError
        If tensorboardX is not installed, with which it writes. Of the packages that can, it is
        the smallest: TensorBoard itself is needed for looking only.

    Examples
    --------
    >>> listeners = [TensorBoard("runs/lr=0.1")]  # doctest: +SKIP
    """

    def __init__(self, folder: str | Path) -> None:
        try:
            from tensorboardX import SummaryWriter
        except ImportError as error:
            raise ImportError(
                "TensorBoard: expected tensorboardX, which is not installed; "
                "try pip install minidl[tensorboard]"
            ) from error
        self.folder = as_path(folder, "folder").absolute()
        check_can_write_in(self.folder, "folder")
        self._new_writer: Any = SummaryWriter
        self._writers: dict[str, Any] = {}
        self._began = 0

    def on_train_begin(self, runner: TrainingRun) -> None:
        """Note from which step on this training is to be seen."""
        self._began = runner.step + 1

    def on_evaluate_end(self, runner: TrainingRun) -> None:
        """Write what the evaluation on the dev set has found."""
        history = runner.history
        self._write("dev", history.dev_steps[-1], loss=history.dev_loss, score=history.dev_score)

    def on_epoch_end(self, runner: TrainingRun) -> None:
        """Write what the epoch has found on the training set."""
        history = runner.history
        self._write(
            "train",
            history.train_steps[-1],
            loss=history.train_loss,
            score=history.train_score,
            lr=history.lr,
        )

    def _write(self, name: str, step: int, **curves: list[Any]) -> None:
        writer = self._writer(name, step)
        for tag, values in curves.items():
            if values and values[-1] is not None:
                writer.add_scalar(tag, values[-1], step)

    def _writer(self, name: str, step: int) -> Any:
        """Return what writes a run, from a step on; what was written of later ones is hidden."""
        if name not in self._writers:
            self._writers[name] = self._new_writer(
                str(self.folder / name),
                # an epoch may be gone on with of which nothing but its end is left
                purge_step=min(self._began, step),
                flush_secs=5,
                filename_suffix=f".{time.time_ns()}",  # names by the second are not unique
            )
        return self._writers[name]

    def on_train_end(self, runner: TrainingRun) -> None:
        """Close the files; a curve of an earlier training that has no like here is hidden too."""
        if self._writers and (self.folder / "dev").is_dir():
            self._writer("dev", self._began)
        while self._writers:
            self._writers.popitem()[1].close()
