"""The runner: model, optimizer and loss brought together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.losses import Loss
from minidl.metrics import accuracy
from minidl.op import Op
from minidl.optim import Optimizer
from minidl.penalties import Adjustment
from minidl.train.arrays import as_numbers, batches_of_inputs, dtype_of
from minidl.train.datasets import check_eval_set
from minidl.train.divergence import check_loss
from minidl.train.evaluation import batch_axis_of, measure, predict_all
from minidl.train.listeners import BestModel, Listener
from minidl.train.listeners.dispatcher import check_dev_set, check_listeners
from minidl.train.listeners.log_lines import log_lines
from minidl.train.loop import TrainingLoop
from minidl.train.parts import (
    check_direction,
    check_loss_fn,
    check_optimizer,
    check_part,
    check_penalties,
    check_save_dir,
)
from minidl.train.plan import Plan, check_evaluated, check_scored, make_plan
from minidl.train.savable_run import SavableRun
from minidl.train.steps import general_step, is_plain
from minidl.train.training_run import Metric

Array = npt.NDArray[Any]


class Runner(SavableRun):
    """Brings model, optimizer and loss together: trains, evaluates, predicts, saves.

    Parameters
    ----------
    model : Op
        Maps inputs (N, …) to predictions.
    optimizer : Optimizer
        Of the model's parameters, or of some of them.
    loss_fn : Loss
        With reduction "mean", or another mean that the loss has.
    metric : callable or None
        (predicts, labels) → score, called with what the loss is called with; accuracy by
        default, None for no score.
    higher_is_better : bool, optional
        Whether a higher score is the better one. By default it is, but for the metrics in
        `minidl.metrics.LOWER_IS_BETTER`, and for a loss as the metric. Of a function of your own
        nobody knows: say False if it measures errors.
    listeners : iterable of Listener
        What else watches training, called in this order.
    penalties : iterable of Penalty or other Adjustment
        What acts at each step between gradients and update, after what the model brings with it:
        what holds the weights back and, last, what clips the gradients. The recorded losses leave
        penalties out, so that train and dev can be compared.
    rng : int, numpy.random.Generator or None
        Shuffles the mini-batches.

    Attributes
    ----------
    history : History
        Losses and scores so far.
    evaluation : Evaluation or None
        In `on_evaluate_end`, what that evaluation found: `predicts`, `labels`, `loss`, `score`.
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
        higher_is_better: bool | None = None,
        listeners: Iterable[Listener] = (),
        penalties: Iterable[Adjustment] = (),
        rng: int | np.random.Generator | None = None,
    ) -> None:
        check_part(model, "a model", "parameters")
        check_optimizer(optimizer, model)
        check_loss_fn(loss_fn)
        check_direction(higher_is_better, metric)
        super().__init__(
            model, optimizer, loss_fn, metric, higher_is_better=higher_is_better, rng=rng
        )
        self.best = BestModel()
        self.listeners: list[Listener] = [self.best, *check_listeners(listeners)]
        self._penalties = check_penalties(penalties, model)

    # Training

    def train(
        self,
        train_set: Any,
        dev_set: Any = None,
        *,
        num_epochs: int,
        batch_size: int | None = None,
        eval_epochs: int = 1,
        eval_steps: int | None = None,
        score_samples: int | None = None,
        log_epochs: int | None = None,
        log_steps: int | None = None,
        save_dir: str | Path | None = None,
    ) -> None:
        """Train for a number of epochs, on from where the last training ended.

        An epoch that was stopped in its middle is finished first and counts as one of them; with
        another number of samples or another `batch_size` it is given up, and one begun anew.

        Parameters
        ----------
        train_set, dev_set : (X, y), Dataset or DataLoader
            Inputs (N, …) and labels as the loss wants them, for two classes (N, 1). Several
            labels y = (y1, y2) are handed to the loss one by one, `loss(predicts, y1, y2)`.
            Several inputs X = (x1, x2) of one shape go through the model together, for
            `loss(predicts1, predicts2, …)`; y = () if there are no labels.
        num_epochs : int
            Passes over the training set.
        batch_size : int, optional
            Samples a step; by default all of them. A DataLoader has its own.
        eval_epochs : int
            Epochs from one evaluation on the dev set to the next.
        eval_steps : int, optional
            Steps from one evaluation to the next, in place of `eval_epochs`.
        score_samples : int, optional
            Score the train set by so many of its samples, drawn anew at the end of each epoch, in
            evaluation mode and so comparable with the dev set; by default the mean over the
            epoch's batches, each measured just before its step, which costs nothing.
        log_epochs, log_steps : int, optional
            Epochs, or steps, from one printed line to the next; by default none is printed.
        save_dir : str or Path, optional
            A folder for the best model on the dev set.

        Raises
        ------
        ValueError
            If an argument or a data set will not do.
        DivergenceError
            If the loss turns NaN or infinite, or the weights do in the last step; the history up
            to there is kept.

        Notes
        -----
        An interrupt (KeyboardInterrupt) or an error leaves the epoch under way, to be gone on
        with by the next `train`: in an evaluation, that is done anew, and no listener hears twice
        of what it had been told. A step that is cut short is taken anew, so that counts and
        lengths are those of a whole run, but not its numbers bit for bit: some parameters may have
        moved already, and some random numbers are drawn.
        """
        self._training(
            train_set,
            dev_set,
            num_epochs=num_epochs,
            batch_size=batch_size,
            eval_epochs=eval_epochs,
            eval_steps=eval_steps,
            score_samples=score_samples,
            log_epochs=log_epochs,
            log_steps=log_steps,
            save_dir=save_dir,
        ).run()

    def epochs(
        self,
        train_set: Any,
        dev_set: Any = None,
        *,
        num_epochs: int,
        batch_size: int | None = None,
        eval_epochs: int = 1,
        eval_steps: int | None = None,
        score_samples: int | None = None,
        log_epochs: int | None = None,
        log_steps: int | None = None,
        save_dir: str | Path | None = None,
    ) -> Iterator[int]:
        """Train as `train` does, and hand over after each epoch.

        Between two epochs anything may be looked at or changed, such as the learning rate. Who
        leaves the loop early ends the training there, and listeners hear of it.

        Parameters
        ----------
        train_set, dev_set, …
            See `train`. They are checked at the call, and the first epoch waits to be asked for.

        Returns
        -------
        generator of int
            The number of epochs done in all.

        Examples
        --------
        >>> from minidl.losses import MSELoss
        >>> from minidl.nn import Linear
        >>> from minidl.optim import BatchGD
        >>> fc = Linear(1, 1, rng=0)
        >>> runner = Runner(fc, BatchGD(fc, lr=0.1), MSELoss(), metric=None)
        >>> for epoch in runner.epochs(([[1.0]], [[2.0]]), num_epochs=100):
        ...     if runner.history.train_loss[-1] < 1e-3:
        ...         break
        >>> epoch
        9
        """
        return self._training(
            train_set,
            dev_set,
            num_epochs=num_epochs,
            batch_size=batch_size,
            eval_epochs=eval_epochs,
            eval_steps=eval_steps,
            score_samples=score_samples,
            log_epochs=log_epochs,
            log_steps=log_steps,
            save_dir=save_dir,
        ).epochs()

    def _training(
        self,
        train_set: Any,
        dev_set: Any,
        *,
        log_epochs: int | None,
        log_steps: int | None,
        save_dir: str | Path | None,
        **asked: Any,
    ) -> TrainingLoop:
        """Return a training whose arguments are checked; nothing happens before it is run."""
        plan = make_plan(train_set, dev_set, model=self.model, rng=self.rng, **asked)
        check_scored(plan, self.metric)
        check_evaluated(plan, self.history, epochs=self.epoch, steps=self.step)
        logs = log_lines(log_epochs, log_steps)
        folder = check_save_dir(save_dir, self.model, dev_set)
        check_dev_set((each for each in self.listeners if each is not self.best), dev_set)
        check_optimizer(self.optimizer, self.model)  # parameters may be new ones since
        return TrainingLoop(self, plan, self._take_step, lambda: self._begin(plan, logs, folder))

    def _begin(self, plan: Plan, logs: list[Listener], folder: Path | None) -> list[Listener]:
        """Make ready for a training when its first epoch is asked for; return who watches it."""
        self.best.folder = folder
        self.num_epochs = plan.num_epochs
        self.stop_reason = None
        self._meet_listeners()
        return [*self.listeners, *logs]

    def _take_step(self, X: Any, y: Any) -> tuple[float, float]:
        if is_plain(self, X, y):
            return self.train_step(X, y)
        return general_step(self, self._penalties, X, y)

    def train_step(self, X: Array, y: Array) -> tuple[float, float]:
        """Take one step on a batch, as `train` does for each; return its (loss, score) before."""
        predicts = self.model(X)
        loss = check_loss(self.loss_fn(predicts, y), self.epoch + 1, self)
        score = 0.0 if self.metric is None else float(self.metric(predicts, y))
        self.model.backward_params(self.loss_fn.backward())
        for penalty, parameters in self._penalties:
            penalty.apply(parameters)
        self.optimizer.step()
        self.step += 1
        return loss, score

    # Using the model

    def evaluate(self, data: Any) -> tuple[float | None, float]:
        """Return (score, loss) of the model on a data set; nothing is recorded or changed.

        A large set goes through the model in batches; loss and score are those of all
        predictions together. A loader's samples count once each, in the order of its data set,
        those of a last batch that it leaves out of training too.

        Parameters
        ----------
        data : (X, y), Dataset or DataLoader
            As in `train`.

        Returns
        -------
        score : float or None
            None without a metric.
        loss : float
        """
        data_set = check_eval_set(data, "data", self.model)
        with data_set.looked_at():
            found = measure(self.loss_fn, self.metric, *self._predict_all(data_set.batches()))
        return found.score, found.loss

    def predict(self, X: Any) -> Array:
        """Return the model's predictions in evaluation mode, for X of shape (N, …)."""
        X = as_numbers(X, "X", dtype_of(self.model))
        predicts, _ = self._predict_all(batches_of_inputs(X))
        return predicts

    def _predict_all(self, batches: Iterable[tuple[Any, Any]]) -> tuple[Any, Any]:
        return predict_all(self.model, batches, batch_axis=batch_axis_of(self.loss_fn))
