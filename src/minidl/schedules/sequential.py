"""One schedule after the other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from minidl.schedules.base import Schedule
from minidl.validation import check_positive_int, describe


class SequentialLR(Schedule):
    """Schedules one after the other, each counting from 0 at its milestone.

    Parameters
    ----------
    schedulers : sequence of Schedule
        In order.
    milestones : sequence of int
        The epochs, rising, at which the next one takes over: one fewer than there are schedules.

    Raises
    ------
    TypeError, ValueError
        If they do not fit together.

    Examples
    --------
    >>> from minidl.schedules import CosineAnnealingLR, LinearLR
    >>> warm = SequentialLR(
    ...     [LinearLR(0.5, total_iters=2), CosineAnnealingLR(4)], milestones=[2]
    ... )
    >>> [round(warm.lr_at(epoch, base_lr=1.0), 3) for epoch in range(7)]
    [0.5, 0.75, 1.0, 0.854, 0.5, 0.146, 0.0]
    """

    def __init__(self, schedulers: Sequence[Schedule], milestones: Sequence[int]) -> None:
        self.schedulers = [_check_schedule(schedule) for schedule in schedulers]
        self.milestones = [check_positive_int(epoch, "milestones") for epoch in milestones]
        if len(self.milestones) != len(self.schedulers) - 1:
            raise ValueError(
                "SequentialLR: expected one milestone fewer than schedules, received "
                f"{len(self.milestones)} for {len(self.schedulers)}"
            )
        if sorted(set(self.milestones)) != self.milestones:
            raise ValueError(f"milestones: expected rising epochs, received {self.milestones}")

    def rate(self, epoch: int, base_lr: float) -> float:
        """Return the rate of the schedule whose turn it is."""
        schedule, since = self._turn(epoch)
        return schedule.lr_at(since, base_lr)

    def momentum_at(self, epoch: int) -> float | None:
        """Return the momentum of the schedule whose turn it is."""
        schedule, since = self._turn(epoch)
        return schedule.momentum_at(since)

    def _turn(self, epoch: int) -> tuple[Schedule, int]:
        turn = bisect_right(self.milestones, epoch)
        return self.schedulers[turn], epoch - (self.milestones[turn - 1] if turn else 0)


def _check_schedule(schedule: object) -> Schedule:
    if not isinstance(schedule, Schedule) or schedule.num_groups() is not None:
        raise TypeError(
            f"SequentialLR: expected schedules that serve all groups, received {describe(schedule)}"
        )
    return schedule
