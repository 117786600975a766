"""Learning-rate schedules at work in a training."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from minidl.schedules import ReduceLROnPlateau, Schedule
from minidl.train.listeners.base import Listener
from minidl.train.parts import groups_of
from minidl.train.training_run import TrainingRun
from minidl.validation import check_choice, describe


class LRScheduler(Listener):
    """Sets the learning rate of every parameter group by a schedule, before each epoch or step.

    The base rate of a group is the one that it has when training begins. The rate of epoch e is
    `schedule.lr_at(e, base_lr)`, whatever happened before: unlike PyTorch's `scheduler.step()`,
    which training code calls itself, it can't be called before the optimizer's step (and skip the
    first rate), nor in its place, nor twice in an epoch.

    Parameters
    ----------
    schedule : Schedule
        The rate as a function of time.
    every : {"epoch", "step"}
        What the schedule counts: epochs, or steps, of which an epoch has one a batch.

    Raises
    ------
    TypeError, ValueError
        If it is no schedule; by `train`, if the schedule moves the momentum and the optimizer has
        none, or has values for another number of groups.

    Notes
    -----
    A schedule with a momentum sets each group's "momentum" or, where there are betas, the first
    of them. A rate set by hand lasts until the next epoch or step.

    Examples
    --------
    >>> import numpy as np
    >>> from minidl.losses import MSELoss
    >>> from minidl.nn import Linear
    >>> from minidl.optim import SGD
    >>> from minidl.schedules import StepLR
    >>> from minidl.train import Runner
    >>> fc = Linear(1, 1)
    >>> parts = {"metric": None, "listeners": [LRScheduler(StepLR(2, gamma=0.5))]}
    >>> runner = Runner(fc, SGD(fc, lr=0.1), MSELoss(), **parts)
    >>> runner.train((np.ones((4, 1)), np.ones((4, 1))), num_epochs=5)
    >>> runner.history.lr
    [0.1, 0.1, 0.05, 0.05, 0.025]
    """

    governs: ClassVar[str | None] = "the learning rate"

    def __init__(self, schedule: Schedule, *, every: str = "epoch") -> None:
        if not isinstance(schedule, Schedule):
            hint = "; try PlateauScheduler" if isinstance(schedule, ReduceLROnPlateau) else ""
            hint = "; try adding parentheses" if isinstance(schedule, type) else hint
            raise TypeError(
                f"LRScheduler: expected a schedule, received {describe(schedule)}{hint}"
            )
        self.schedule = schedule
        self.every = check_choice(every, "every", ("epoch", "step"))
        self.reset()

    def reset(self) -> None:
        """Forget the base rates, and when the schedule began."""
        self.base_lrs: list[float] = []
        self.began = 0

    def on_train_begin(self, runner: TrainingRun) -> None:
        """Note the base rates, if that was not done before; see that the groups will do."""
        groups = groups_of(runner.optimizer)
        if not self.base_lrs:
            self.began = self._count(runner)
        self.base_lrs += [group["lr"] for group in groups[len(self.base_lrs) :]]
        self._check_groups(groups)

    def on_epoch_begin(self, runner: TrainingRun) -> None:
        """Set the rate of the epoch, or of its first step."""
        self._apply(runner)

    def on_step_end(self, runner: TrainingRun) -> None:
        """Set the rate of the next step, if it is steps that count."""
        if self.every == "step":
            self._apply(runner)

    def _count(self, runner: TrainingRun) -> int:
        return runner.epoch if self.every == "epoch" else runner.step

    def _apply(self, runner: TrainingRun) -> None:
        now = self._count(runner) - self.began
        for number, group in enumerate(groups_of(runner.optimizer)):
            schedule = self.schedule.for_group(number)
            group["lr"] = schedule.lr_at(now, self.base_lrs[number])
            momentum = schedule.momentum_at(now)
            if momentum is not None:
                _set_momentum(group, momentum)

    def _check_groups(self, groups: Any) -> None:
        wanted = self.schedule.num_groups()
        if wanted not in (None, len(groups)):
            raise ValueError(
                f"LRScheduler: expected values for {len(groups)} parameter groups, as the "
                f"optimizer has, received {wanted} in {self.schedule!r}"
            )
        moves = self.schedule.for_group(0).momentum_at(0) is not None
        if moves and not all("momentum" in group or "betas" in group for group in groups):
            raise ValueError(
                f"LRScheduler: expected an optimizer with momentum or betas, as "
                f"{type(self.schedule).__name__} moves them, received one without; "
                "try cycle_momentum=False, or SGD"
            )

    def state_dict(self) -> dict[str, Any]:
        """Return the base rates, and when the schedule began."""
        return {"base_lrs": list(self.base_lrs), "began": self.began}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        self.base_lrs = [float(lr) for lr in state["base_lrs"]]
        self.began = int(state["began"])


class PlateauScheduler(Listener):
    """Lets the learning rate of every group fall when the dev set has nothing to gain any more.

    Parameters
    ----------
    plateau : ReduceLROnPlateau
        When it falls, and by how much.
    monitor : {"dev_loss", "dev_score"}
        What is looked at after each evaluation. A score that is to rise needs mode="max" in the
        plateau.

    Raises
    ------
    TypeError, ValueError
        If it is no such schedule; by `train`, if the mode goes against what is looked at.

    Examples
    --------
    >>> from minidl.schedules import ReduceLROnPlateau
    >>> PlateauScheduler(ReduceLROnPlateau(patience=3)).monitor
    'dev_loss'
    """

    governs: ClassVar[str | None] = "the learning rate"

    def __init__(self, plateau: ReduceLROnPlateau, *, monitor: str = "dev_loss") -> None:
        if not isinstance(plateau, ReduceLROnPlateau):
            hint = "; try LRScheduler" if isinstance(plateau, Schedule) else ""
            raise TypeError(
                "PlateauScheduler: expected a ReduceLROnPlateau, "
                f"received {describe(plateau)}{hint}"
            )
        self.plateau = plateau
        self.monitor = check_choice(monitor, "monitor", ("dev_loss", "dev_score"))

    def reset(self) -> None:
        """Forget the best value and the counts."""
        self.plateau.reset()

    def on_train_begin(self, runner: TrainingRun) -> None:
        """See that better is better for both."""
        rises = self.monitor == "dev_score" and runner.rises() is True
        if self.monitor == "dev_score" and runner.metric is None:
            raise ValueError(
                "PlateauScheduler: expected a metric for monitor='dev_score', received a Runner "
                "without; try monitor='dev_loss'"
            )
        if rises != (self.plateau.mode == "max"):
            raise ValueError(
                f"PlateauScheduler: expected mode={'max' if rises else 'min'!r} for "
                f"{self.monitor}, received {self.plateau.mode!r}"
            )

    def on_evaluate_end(self, runner: TrainingRun) -> None:
        """Look at the evaluation; let the rates fall if it is time."""
        if self.plateau.observe(getattr(runner.history, self.monitor)[-1]):
            for number, group in enumerate(groups_of(runner.optimizer)):
                group["lr"] = self.plateau.reduced(group["lr"], number)

    def state_dict(self) -> dict[str, Any]:
        """Return the plateau's state."""
        return self.plateau.state_dict()

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        self.plateau.load_state_dict(state)


def _set_momentum(group: Any, momentum: float) -> None:
    if "betas" in group:
        group["betas"] = (momentum, group["betas"][1])
    else:
        group["momentum"] = momentum
