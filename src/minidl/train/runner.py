"""The runner: model, optimizer and loss brought together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses import Loss
from minidl.metrics import accuracy
from minidl.op import Op
from minidl.optim import Optimizer
from minidl.penalties import Penalty
from minidl.storage import model_folder
from minidl.train import checkpoint
from minidl.train.datasets import Dataset, check_dataset
from minidl.train.divergence import check_loss
from minidl.train.evaluation import forward_in_eval, measure
from minidl.train.history import History
from minidl.train.listeners import BestModel, Listener, LogLines
from minidl.train.listeners.dispatcher import check_listeners
from minidl.train.loop import TrainingLoop
from minidl.train.parts import check_loss_fn, check_optimizer, check_part, check_penalties
from minidl.train.plan import check_evaluated, make_plan
from minidl.train.under_way import EpochUnderWay
from minidl.validation import as_float_array, as_generator, check_finite, check_positive_int

Array = npt.NDArray[Any]
Metric = Callable[[Any, Any], float]


class Runner:
    """Brings model, optimizer and loss together: trains, evaluates, predicts, saves.

    Parameters
    ----------
    model : Op
        Maps inputs (N, …) to predictions.
    optimizer : Optimizer
        Of the model's parameters, or of some of them.
    loss_fn : Loss
        With reduction "mean".
    metric : callable or None
        (predicts, labels) → score; accuracy by default, None for no score. Higher is better,
        but for those in `minidl.metrics.LOWER_IS_BETTER`.
    listeners : iterable of Listener
        What else watches training, called in this order.
    penalties : iterable of Penalty
        What holds the weights back, applied at each step between gradients and update. The
        recorded losses leave their terms out, so that train and dev can be compared.
    rng : int, numpy.random.Generator or None
        Shuffles the mini-batches.

    Attributes
    ----------
    history : History
        Losses and scores so far.
    best : BestModel
        The best model on the dev set so far: `best.score`, `best.restore(runner)`.
    epoch, step : int
        Epochs and optimizer steps done in all.
    under_way : EpochUnderWay or None
        The epoch in whose middle training was stopped; `train` goes on with it.
    stop_reason : str or None
        Why the last training stopped early, if it did.

    Examples
    --------
    >>> from minidl.losses import BCELoss
    >>> from minidl.models import logistic_regression
    >>> from minidl.optim import BatchGD
    >>> X, y = np.array([[-1.0], [1.0]]), np.array([[0.0], [1.0]])
    >>> model = logistic_regression(1, rng=0)
    >>> runner = Runner(model, BatchGD(model, lr=1.0), BCELoss())
    >>> runner.train((X, y), num_epochs=100)
    >>> score, loss = runner.evaluate((X, y))
    >>> print(f"{score:.2f} {loss:.2f}")
    1.00 0.01
    """

    def __init__(
        self,
        model: Op,
        optimizer: Optimizer,
        loss_fn: Loss,
        metric: Metric | None = accuracy,
        *,
        listeners: Iterable[Listener] = (),
        penalties: Iterable[Penalty] = (),
        rng: int | np.random.Generator | None = None,
    ) -> None:
        check_part(model, "a model", "parameters")
        check_optimizer(optimizer, model)
        check_loss_fn(loss_fn)
        self.model = model
        self.optimizer = optimizer
        self.loss_fn = loss_fn
        self.metric = metric
        self.best = BestModel()
        self.listeners: list[Listener] = [self.best, *check_listeners(listeners)]
        self._penalties = check_penalties(penalties, model)
        self.rng = as_generator(rng)
        self.history = History()
        self.under_way: EpochUnderWay | None = None
        self.epoch = self.step = self.num_epochs = 0
        self.stop_reason: str | None = None

    # Training

    def train(
        self,
        train_set: Dataset,
        dev_set: Dataset | None = None,
        *,
        num_epochs: int,
        batch_size: int | None = None,
        eval_epochs: int = 1,
        eval_steps: int | None = None,
        log_epochs: int | None = None,
        save_dir: str | Path | None = None,
    ) -> None:
        """Train for a number of epochs, on from where the last training ended.

        An epoch that was stopped in its middle is finished first and counts as one of them; with
        another number of samples or another `batch_size` it is given up, and one begun anew.

        Parameters
        ----------
        train_set, dev_set : (X, y)
            Inputs (N, D) and labels of the predictions' shape, for two classes (N, 1).
        num_epochs : int
            Passes over the training set.
        batch_size : int, optional
            Samples a step; by default all of them.
        eval_epochs : int
            Epochs from one evaluation on the dev set to the next.
        eval_steps : int, optional
            Steps from one evaluation to the next, in place of `eval_epochs`.
        log_epochs : int, optional
            Epochs from one printed line to the next; by default none is printed.
        save_dir : str or Path, optional
            A folder for the best model on the dev set.

        Raises
        ------
        ValueError
            If an argument or a data set will not do.
        DivergenceError
            If the loss turns NaN or infinite; the history up to there is kept.
        """
        plan = make_plan(
            train_set,
            dev_set,
            num_epochs=num_epochs,
            batch_size=batch_size,
            eval_epochs=eval_epochs,
            eval_steps=eval_steps,
        )
        check_evaluated(plan, self)
        if log_epochs is not None:
            check_positive_int(log_epochs, "log_epochs")
        if save_dir is not None and dev_set is None:
            raise ValueError("train: expected a dev_set with save_dir, to know the best model by")
        self.best.folder = save_dir
        self.num_epochs = plan.num_epochs
        self.stop_reason = None
        logs = [] if log_epochs is None else [LogLines(log_epochs)]
        TrainingLoop(self, plan, [*self.listeners, *logs]).run()

    def train_step(self, X: Array, y: Array) -> tuple[float, float]:
        """Take one step on a batch, as `train` does for each; return its (loss, score) before."""
        predicts = self.model(X)
        loss = check_loss(self.loss_fn(predicts, y), self.epoch + 1, self)
        score = 0.0 if self.metric is None else float(self.metric(predicts, y))
        self.model.backward(self.loss_fn.backward())
        for penalty, parameters in self._penalties:
            penalty.apply(parameters)
        self.optimizer.step()
        self.step += 1
        return loss, score

    def stop(self, reason: str) -> None:
        """End training after the current step, in the middle of an epoch too; listeners call this.

        The next `train` finishes that epoch, also in another process that resumes a checkpoint.
        """
        self.stop_reason = reason

    # Using the model

    def evaluate(self, data: Dataset) -> tuple[float | None, float]:
        """Return (score, loss) of the model on a data set; nothing is recorded.

        Parameters
        ----------
        data : (X, y)
            As in `train`.

        Returns
        -------
        score : float or None
            None without a metric.
        loss : float
        """
        loss, score = measure(self, *check_dataset(data, "data"))
        return score, loss

    def predict(self, X: Any) -> Array:
        """Return the model's predictions in evaluation mode, for X of shape (N, D)."""
        X = as_float_array(X, "X")
        check_finite(X, "X")
        return forward_in_eval(self.model, X)

    # Saving and loading

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

        Its folder is made if it does not exist. A listener that saves is exact in
        `on_epoch_begin`, `on_step_end` and `on_epoch_end`, as the last of the listeners: what
        the later ones do, and at other moments what is left of the step, is not in the file.
        """
        checkpoint.save_checkpoint(self, path)

    def resume(self, path: str | Path) -> None:
        """Take over the state of a checkpoint, in a Runner built as the saved one was.

        Raises
        ------
        CheckpointError
            If the file is damaged or of another run; the runner is left as it was.
        """
        checkpoint.resume(self, path)
