"""What training records."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass
class History:
    """Losses and scores as training went, with the number of steps done at each.

    Attributes
    ----------
    train_loss, train_score : list of float
        One for each epoch: the mean over its batches, each measured just before its step.
    train_steps : list of int
        The optimizer's steps done at the end of each epoch.
    lr : list of float or None
        The learning rate at the end of each epoch, of the first group of parameters; None for an
        optimizer that has none.
    seconds : list of float
        Time spent in training by the end of each epoch. Histories compare equal without it.
    dev_loss, dev_score : list of float
        One for each evaluation on the dev set, measured after the steps so far.
    dev_steps : list of int
        The optimizer's steps done at each evaluation.

    Scores stay empty when the Runner has no metric.

    Examples
    --------
    >>> history = History()
    >>> history.record_train(steps=1, loss=0.7, score=0.5)
    >>> history.train_loss
    [0.7]
    """

    train_loss: list[float] = field(default_factory=list)
    train_score: list[float] = field(default_factory=list)
    train_steps: list[int] = field(default_factory=list)
    lr: list[float | None] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list, compare=False)
    dev_loss: list[float] = field(default_factory=list)
    dev_score: list[float] = field(default_factory=list)
    dev_steps: list[int] = field(default_factory=list)

    def record_train(
        self,
        steps: int,
        loss: float,
        score: float | None,
        *,
        lr: float | None = None,
        seconds: float = math.nan,
    ) -> None:
        """Add an epoch."""
        self.train_steps.append(steps)
        self.lr.append(lr)
        self.seconds.append(seconds)
        self.train_loss.append(loss)
        if score is not None:
            self.train_score.append(score)

    def record_dev(self, steps: int, loss: float, score: float | None) -> None:
        """Add an evaluation on the dev set."""
        self.dev_steps.append(steps)
        self.dev_loss.append(loss)
        if score is not None:
            self.dev_score.append(score)
