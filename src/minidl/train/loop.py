"""The training loop: epochs of steps, evaluations between them, listeners told of each."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from minidl.train.evaluation import measure
from minidl.train.listeners.base import Listener
from minidl.train.listeners.dispatcher import Dispatcher
from minidl.train.parts import first_rate
from minidl.train.plan import Plan
from minidl.train.under_way import EpochUnderWay

if TYPE_CHECKING:
    from minidl.train.runner import Runner


class TrainingLoop:
    """One call of `Runner.train`, read from the outside in: training, epoch, evaluation.

    Parameters
    ----------
    runner : Runner
        Whose model is trained, and who keeps what there is to know of it.
    plan : Plan
        What is to be done.
    listeners : sequence of Listener
        Who is told of it, in this order.
    """

    def __init__(self, runner: Runner, plan: Plan, listeners: Sequence[Listener]) -> None:
        self._runner = runner
        self._plan = plan
        self._call = Dispatcher(listeners)
        seconds = runner.history.seconds
        self._began = perf_counter() - (seconds[-1] if seconds else 0.0)

    def run(self) -> None:
        """Train for the planned epochs, or until a listener stops it."""
        runner = self._runner
        runner.model.train()
        try:
            self._call("on_train_begin", runner)
            with np.errstate(over="ignore", invalid="ignore"):  # what they lead to, check_loss says
                for _ in range(self._plan.num_epochs):
                    self._train_epoch()
                    if runner.stop_reason is not None:
                        break
        finally:
            self._call("on_train_end", runner)

    def _train_epoch(self) -> None:
        runner, plan = self._runner, self._plan
        epoch = runner.under_way
        if epoch is None or not plan.continues(epoch):
            epoch = runner.under_way = plan.new_epoch(runner.rng)
            self._call("on_epoch_begin", runner)
        for X, y in plan.batches(epoch):
            epoch.add(len(X), *runner.train_step(X, y))
            if plan.evaluates_after_step(runner.step):
                self._evaluate(runner.epoch + 1)
            self._call("on_step_end", runner)
            if runner.stop_reason is not None:
                break
        if epoch.samples == plan.train_size:
            self._end_epoch(epoch)

    def _end_epoch(self, done: EpochUnderWay) -> None:
        runner = self._runner
        runner.under_way = None
        runner.epoch += 1
        runner.history.record_train(
            runner.step,
            done.loss / done.samples,
            None if runner.metric is None else done.score / done.samples,
            lr=first_rate(runner.optimizer),
            seconds=perf_counter() - self._began,
        )
        if self._plan.evaluates_after_epoch(runner.epoch):
            self._evaluate(runner.epoch)
        self._call("on_epoch_end", runner)

    def _evaluate(self, epoch: int) -> None:
        runner, dev_set = self._runner, self._plan.dev_set
        if dev_set is None:
            return
        self._call("on_evaluate_begin", runner)
        runner.history.record_dev(runner.step, *measure(runner, *dev_set, epoch=epoch))
        self._call("on_evaluate_end", runner)
