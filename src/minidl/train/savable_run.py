"""What there is to save of a training run, in files."""

from __future__ import annotations

from pathlib import Path

from minidl.storage import model_folder
from minidl.train import checkpoint
from minidl.train.listeners import Listener
from minidl.train.listeners.dispatcher import check_listeners
from minidl.train.training_run import TrainingRun


class SavableRun(TrainingRun):
    """A training run that can be saved and gone on with: its model alone, or all of its state.

    Attributes
    ----------
    listeners : list of Listener
        Those whose memory belongs to the state, in their order.
    """

    listeners: list[Listener]

    def save_model(self, folder: str | Path) -> None:
        """Save the model as a folder with a file a layer; see `minidl.storage.model_folder`."""
        model_folder.save_model(self.model, folder)

    def load_model(self, folder: str | Path) -> None:
        """Load the parameters that `save_model` or `save_dir` wrote, all of them or none.

        Raises
        ------
        CheckpointError
            If the folder does not hold a whole model of this kind; the model is left as it was.
        """
        model_folder.load_model(self.model, folder)

    def save_checkpoint(self, path: str | Path) -> None:
        """Save the state of training in one file, so that `resume` continues exactly from here.

        Its folder is made if it does not exist; `~` is the user's home folder; a symbolic link
        is replaced by a file, and another program's file is refused. Of loaders, the state of
        the one is saved that training went through last: a training that alternates between
        several does not go on exactly, but for the last of them.

        A listener that saves is exact in
        `on_epoch_begin`, `on_step_end` and `on_epoch_end`, as the last of the listeners: what
        the later ones do, and at other moments what is left of the step, is not in the file.
        """
        self._meet_listeners()
        checkpoint.save_checkpoint(self, self.listeners, path)

    def resume(self, path: str | Path) -> None:
        """Take over the state of a checkpoint, in a Runner built as the saved one was.

        Raises
        ------
        CheckpointError
            If the file is damaged or of another run; the runner is left as it was.
        """
        self._meet_listeners()
        checkpoint.resume(self, self.listeners, path)

    def _meet_listeners(self) -> None:
        """Let listeners begin afresh that have served another Runner."""
        for listener in check_listeners(self.listeners):
            listener.serve(self)
