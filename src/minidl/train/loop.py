"""The training loop: epochs of steps, evaluations between them, listeners told of each."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from time import perf_counter
from typing import Any

import numpy as np

from minidl.train.checkpoint import hand_to_loader
from minidl.train.divergence import DivergenceError, check_loss, check_weights
from minidl.train.evaluation import Evaluation, batch_axis_of, measure, predict_all
from minidl.train.first_error import FirstError
from minidl.train.listeners.base import Listener
from minidl.train.listeners.dispatcher import Dispatcher
from minidl.train.parts import first_rate
from minidl.train.plan import Plan
from minidl.train.threads import threads_for
from minidl.train.training_run import TrainingRun
from minidl.train.under_way import EpochUnderWay

Step = Callable[[Any, Any], tuple[float, float]]

# What is too small is 0, and what overflows and NaN lead to, check_loss says.
TOLERATED: dict[str, Any] = {"over": "ignore", "invalid": "ignore", "under": "ignore"}


class TrainingLoop:
    """One training, read from the outside in: epochs, an epoch, an evaluation.

    Parameters
    ----------
    run : TrainingRun
        Whose model is trained, and who keeps what there is to know of it.
    plan : Plan
        What is to be done.
    take_step : callable
        (X, y) of a batch → its loss and score before the step.
    begin : callable
        Called when the first epoch is asked for; it returns the listeners, who are told in order.
    """

    def __init__(
        self,
        run: TrainingRun,
        plan: Plan,
        take_step: Step,
        begin: Callable[[], Sequence[Listener]],
    ) -> None:
        self._run = run
        self._plan = plan
        self._take_step = take_step
        self._begin = begin
        self._threads = threads_for(run.model, plan.train_set)
        seconds = run.history.seconds
        self._began = perf_counter() - (seconds[-1] if seconds else 0.0)

    def run(self) -> None:
        """Train to the end."""
        with self._threads, np.errstate(**TOLERATED):
            for _ in self._training():
                pass

    def epochs(self) -> Iterator[int]:
        """Train epoch by epoch; after each, hand over the number of epochs done so far.

        Threads and errors are as training needs them in it, and not while who looks on computes.
        """
        with closing(self._training()) as training:
            while True:
                with self._threads, np.errstate(**TOLERATED):
                    epoch = next(training, None)
                if epoch is None:
                    break
                yield epoch

    def _training(self) -> Generator[int, None, None]:
        """Go through the training, with a stop after each epoch."""
        run = self._run
        self._call = Dispatcher(self._begin())
        run.model.train()
        errors = FirstError()
        with errors:
            self._call("on_train_begin", run)
            yield from self._epochs()
        with errors:
            self._call("on_train_end", run)
        errors.release()

    def _epochs(self) -> Iterator[int]:
        run = self._run
        for left in reversed(range(self._plan.num_epochs)):
            self._train_epoch()
            if left == 0 or run.stop_reason is not None:
                check_weights(run)
            if run.under_way is None:  # it was not stopped in its middle
                away = perf_counter()
                yield run.epoch
                self._began += perf_counter() - away  # what goes on meanwhile is not training
            if run.stop_reason is not None:
                break

    def _train_epoch(self) -> None:
        run, plan = self._run, self._plan
        epoch = self._begin_epoch()
        for X, y in plan.train_set.batches(epoch.order, epoch.samples):
            if not run.model.training:  # who looked on left it like that
                run.model.train()
            epoch.add(*self._take_step(X, y))
            self._end_step(epoch)
            if run.stop_reason is not None:
                break
        if plan.is_done(epoch):
            self._end_epoch(epoch)

    def _end_step(self, epoch: EpochUnderWay) -> None:
        run = self._run
        if self._plan.evaluates_after_step(run.step) and run.history.dev_steps[-1:] != [run.step]:
            self._record(self._evaluate(run.epoch + 1))
        epoch.ends_step = False
        self._call("on_step_end", run)

    # An evaluation on the dev set: it may be interrupted, and what it found is recorded at once

    def _evaluate(self, epoch: int) -> Evaluation | None:
        dev_set = self._plan.dev_set
        if dev_set is None:
            return None
        self._call("on_evaluate_begin", self._run)
        return self._measure(dev_set.batches(), epoch)

    def _measure(self, batches: Iterator[tuple[Any, Any]], epoch: int) -> Evaluation:
        run = self._run
        axis = batch_axis_of(run.loss_fn)
        predicts, labels = predict_all(run.model, batches, batch_axis=axis)
        return measure(
            run.loss_fn,
            run.metric,
            predicts,
            labels,
            check=lambda loss: check_loss(float(loss), epoch, run),
        )

    def _record(self, found: Evaluation | None) -> None:
        run = self._run
        if found is None:
            return
        run.evaluation = found
        run.history.record_dev(run.step, found.loss, found.score)
        try:
            self._call("on_evaluate_end", run)
        finally:
            run.evaluation = None  # it may be large

    # Where an epoch begins, perhaps with one that was stopped in its middle, and where it ends

    def _begin_epoch(self) -> EpochUnderWay:
        run, plan = self._run, self._plan
        hand_to_loader(run, plan.train_set.loader)
        epoch = run.under_way
        if epoch is None or not plan.continues(epoch):
            epoch = run.under_way = plan.new_epoch()
            self._call("on_epoch_begin", run)
        elif epoch.ends_step:
            self._end_step(epoch)
        return epoch

    def _end_epoch(self, done: EpochUnderWay) -> None:
        """Evaluate, then record train and dev set together: an interrupt leaves both or none."""
        run, found = self._run, None
        score = None if run.metric is None else done.score / done.samples
        try:
            if self._plan.score_samples is not None:
                score = self._sample(self._plan.score_samples).score
            if self._plan.evaluates_after_epoch(run.epoch + 1):
                found = self._evaluate(run.epoch + 1)
        except DivergenceError:  # the epoch is done for good; no evaluation will better it
            self._record_epoch(done, score)
            raise
        self._record_epoch(done, score)
        errors = FirstError()
        with errors:
            self._record(found)
        with errors:
            self._call("on_epoch_end", run)
        errors.release()

    def _sample(self, size: int) -> Evaluation:
        """Measure the model on a sample of the train set, another one in each epoch."""
        epoch, train_set = self._run.epoch + 1, self._plan.train_set
        with train_set.looked_at():
            return self._measure(train_set.sample(size, seed=epoch), epoch)

    def _record_epoch(self, done: EpochUnderWay, score: float | None) -> None:
        run = self._run
        run.under_way = None
        run.epoch += 1
        run.history.record_train(
            run.step,
            done.loss / done.samples,
            score,
            lr=first_rate(run.optimizer),
            seconds=perf_counter() - self._began,
        )
