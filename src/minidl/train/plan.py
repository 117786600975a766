"""What one training is to do, checked before it begins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from minidl.op import Op
from minidl.train.datasets import CheckedSet, check_eval_set, check_same_width, check_train_set
from minidl.train.history import History
from minidl.train.under_way import EpochUnderWay
from minidl.validation import check_positive_int


@dataclass(frozen=True)
class Plan:
    """Data sets, number of epochs, and when the dev set is evaluated."""

    train_set: CheckedSet
    dev_set: CheckedSet | None
    num_epochs: int
    eval_epochs: int
    eval_steps: int | None
    score_samples: int | None = None

    def new_epoch(self) -> EpochUnderWay:
        """Return an epoch that has not begun, its order drawn."""
        loader = self.train_set.loader
        return EpochUnderWay(len(loader.dataset), loader.batch_size, loader.new_order())

    def continues(self, epoch: EpochUnderWay) -> bool:
        """Whether an epoch that was begun could go on here, by its numbers of samples."""
        loader = self.train_set.loader
        sizes = (len(loader.dataset), loader.batch_size)
        shuffled = epoch.order.size > 0
        return (epoch.size, epoch.batch_size, shuffled) == (*sizes, bool(loader.shuffle))

    def is_done(self, epoch: EpochUnderWay) -> bool:
        """Whether an epoch has taken all of its samples."""
        return epoch.samples >= self.train_set.samples

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
    model: Op,
    rng: np.random.Generator,
    num_epochs: int,
    batch_size: int | None,
    eval_epochs: int,
    eval_steps: int | None,
    score_samples: int | None,
) -> Plan:
    """Return the plan for the arguments of `Runner.train`.

    Raises
    ------
    TypeError, ValueError
        If an argument or a data set will not do.
    """
    check_positive_int(num_epochs, "num_epochs")
    check_positive_int(eval_epochs, "eval_epochs")
    optional = {"batch_size": batch_size, "eval_steps": eval_steps, "score_samples": score_samples}
    for name, value in optional.items():
        if value is not None:
            check_positive_int(value, name)
    checked = check_train_set(train_set, model, batch_size, rng)
    checked_dev = None if dev_set is None else check_eval_set(dev_set, "dev_set", model)
    if checked_dev is not None:
        check_same_width(checked_dev, checked)
    return Plan(checked, checked_dev, num_epochs, eval_epochs, eval_steps, score_samples)


def check_scored(plan: Plan, metric: object) -> None:
    """Refuse a number of samples to be scored where there is no score.

    Raises
    ------
    ValueError
        If there is no metric.
    """
    if plan.score_samples is not None and metric is None:
        raise ValueError(
            f"score_samples: expected None without a metric, received {plan.score_samples}; "
            "try Runner(..., metric=accuracy)"
        )


def check_evaluated(plan: Plan, history: History, *, epochs: int, steps: int) -> None:
    """Refuse an interval with which a dev set that has never been evaluated would not be now.

    Parameters
    ----------
    plan : Plan
        The training that is about to begin.
    history : History
        What was recorded so far.
    epochs, steps : int
        How many are done.

    Raises
    ------
    ValueError
        If it is longer than this training and no evaluation falls into it.
    """
    if plan.dev_set is None or history.dev_loss:
        return
    name, interval, done, length = "eval_epochs", plan.eval_epochs, epochs, plan.num_epochs
    if plan.eval_steps is not None:
        name, interval, done = "eval_steps", plan.eval_steps, steps
        length *= len(plan.train_set.loader)
    if done // interval == (done + length) // interval:
        raise ValueError(
            f"{name}: expected at most {length}, the length of this training, received "
            f"{interval}: the dev set would not be evaluated"
        )
