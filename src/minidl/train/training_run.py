"""A training run: its parts, and how far it has come."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from minidl.data import DataLoader
from minidl.losses import Loss
from minidl.metrics import accuracy, sign_of
from minidl.op import Op
from minidl.optim import Optimizer
from minidl.train.evaluation import Evaluation
from minidl.train.history import History
from minidl.train.under_way import EpochUnderWay
from minidl.validation import as_generator

Metric = Callable[..., float]


class TrainingRun:
    """What there is to know of a training: what `Runner` is, but for what it can do.

    Listeners and files see a Runner as this. Parameters and attributes are those of `Runner`.

    Examples
    --------
    >>> from minidl.losses import MSELoss
    >>> from minidl.nn import Linear
    >>> from minidl.optim import BatchGD
    >>> fc = Linear(2, 1)
    >>> run = TrainingRun(fc, BatchGD(fc, lr=0.1), MSELoss(), metric=None)
    >>> run.stop("enough")
    >>> run.epoch, run.stop_reason
    (0, 'enough')
    """

    def __init__(
        self,
        model: Op,
        optimizer: Optimizer,
        loss_fn: Loss,
        metric: Metric | None = accuracy,
        *,
        higher_is_better: bool | None = None,
        rng: int | np.random.Generator | None = None,
    ) -> None:
        self.model = model
        self.optimizer = optimizer
        self.loss_fn = loss_fn
        self.metric = metric
        self.higher_is_better = higher_is_better
        self.rng = as_generator(rng)
        self.identity = object()  # tells listeners one run from the next
        self.history = History()
        self.evaluation: Evaluation | None = None
        self.under_way: EpochUnderWay | None = None
        self.loader: DataLoader | None = None  # what training goes through, or went through last
        self.saved_loader: Mapping[str, Any] | None = None  # a checkpoint's, for the next loader
        self.epoch = self.step = self.num_epochs = 0
        self.stop_reason: str | None = None

    def stop(self, reason: str) -> None:
        """End training after the current step, in the middle of an epoch too; listeners call this.

        The next `train` finishes that epoch, also in another process that resumes a checkpoint.
        """
        self.stop_reason = reason

    def rises(self) -> bool | None:
        """Return whether a higher score is the better one; None without a metric."""
        if self.metric is None:
            return None
        if self.higher_is_better is None and isinstance(self.metric, Loss):
            return False
        return sign_of(self.metric, self.higher_is_better) > 0

    def last_dev_score(self) -> float:
        """Return the last evaluation as a number that is to be large.

        Where lower is better, that is the negative score and, without a metric, the negative loss.
        """
        rises = self.rises()
        if rises is None:
            return -self.history.dev_loss[-1]
        return self.history.dev_score[-1] if rises else -self.history.dev_score[-1]
