"""What one call of `Runner.train` is to do, checked before it begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from minidl.data.batches import batches_at
from minidl.train.datasets import Dataset, check_dataset, check_same_width
from minidl.train.under_way import EpochUnderWay
from minidl.validation import check_positive_int

if TYPE_CHECKING:
    from minidl.train.runner import Runner

NO_ORDER = np.arange(0)


@dataclass(frozen=True)
class Plan:
    """Data sets, number of epochs, batches, and when the dev set is evaluated."""

    train_set: Dataset
    dev_set: Dataset | None
    num_epochs: int
    batch_size: int | None
    eval_epochs: int
    eval_steps: int | None

    @cached_property
    def train_size(self) -> int:
        """The number N of training samples."""
        return len(self.train_set[0])

    def new_epoch(self, rng: np.random.Generator) -> EpochUnderWay:
        """Return an epoch that has not begun, with mini-batches shuffled."""
        order = NO_ORDER if self.batch_size is None else rng.permutation(self.train_size)
        return EpochUnderWay(self.train_size, self.batch_size, order)

    def continues(self, epoch: EpochUnderWay) -> bool:
        """Whether an epoch that was begun could go on here, by its numbers of samples."""
        return (epoch.size, epoch.batch_size) == (self.train_size, self.batch_size)

    def batches(self, epoch: EpochUnderWay) -> Iterable[Dataset]:
        """Return the batches that an epoch has still to take."""
        if self.batch_size is None:
            return () if epoch.samples else (self.train_set,)
        starts = range(epoch.samples, self.train_size, self.batch_size)
        return batches_at(starts, *self.train_set, self.batch_size, epoch.order)

    def evaluates_after_step(self, step: int) -> bool:
        """Whether the dev set is evaluated after this many steps."""
        return self.eval_steps is not None and step % self.eval_steps == 0

    def evaluates_after_epoch(self, epoch: int) -> bool:
        """Whether the dev set is evaluated after this many epochs; `eval_steps` wins."""
        return self.eval_steps is None and epoch % self.eval_epochs == 0


def make_plan(
    train_set: Any,
    dev_set: Any,
    *,
    num_epochs: int,
    batch_size: int | None,
    eval_epochs: int,
    eval_steps: int | None,
) -> Plan:
    """Return the plan for the arguments of `Runner.train`.

    Raises
    ------
    TypeError, ValueError
        If an argument or a data set will not do.
    """
    train_set = check_dataset(train_set, "train_set")
    if dev_set is not None:
        dev_set = check_same_width(check_dataset(dev_set, "dev_set"), train_set)
    check_positive_int(num_epochs, "num_epochs")
    check_positive_int(eval_epochs, "eval_epochs")
    for value, name in ((batch_size, "batch_size"), (eval_steps, "eval_steps")):
        if value is not None:
            check_positive_int(value, name)
    return Plan(train_set, dev_set, num_epochs, batch_size, eval_epochs, eval_steps)


def check_evaluated(plan: Plan, runner: Runner) -> None:
    """Refuse an interval with which a dev set that has never been evaluated would not be now.

    Raises
    ------
    ValueError
        If it is longer than this training and no evaluation falls into it.
    """
    if plan.dev_set is None or runner.history.dev_loss:
        return
    name, interval, done, length = "eval_epochs", plan.eval_epochs, runner.epoch, plan.num_epochs
    if plan.eval_steps is not None:
        name, interval, done = "eval_steps", plan.eval_steps, runner.step
        length *= -(-plan.train_size // (plan.batch_size or plan.train_size))
    if done // interval == (done + length) // interval:
        raise ValueError(
            f"{name}: expected at most {length}, the length of this training, received "
            f"{interval}: the dev set would not be evaluated"
        )
