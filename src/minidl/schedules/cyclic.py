"""A rate that goes up and down all the time."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, ClassVar

from minidl.schedules.base import Schedule, check_same_groups, for_each
from minidl.validation import check_choice, check_positive_int, check_real, describe

MODES = ("triangular", "triangular2", "exp_range")


class CyclicLR(Schedule):
    """From `base_lr` up to `max_lr` and down again, in straight lines, over and over.

    The momentum goes the other way, from `max_momentum` down and up again: where the rate is
    large, less of the past is kept.

    Parameters
    ----------
    base_lr, max_lr : float or list of float
        The lowest and the highest rate; in a list, for each parameter group. The optimizer's own
        rate does not count.
    step_size_up, step_size_down : int
        Steps up and steps down; as many down as up by default.
    mode : {"triangular", "triangular2", "exp_range"}
        Whether all triangles are alike, each half as high as the last, or all heights shrink by
        γ^step.
    gamma : float
        γ > 0.
    scale_fn : callable, optional
        A height of one's own, in place of `mode`: a factor for the number of the cycle (1, 2, …)
        or of the step.
    scale_mode : {"cycle", "iterations"}
        What `scale_fn` is given.
    cycle_momentum : bool
        Whether the momentum moves too; for Adam and its kind, β₁.
    base_momentum, max_momentum : float or list of float
        Its bounds.

    Notes
    -----
    Names, defaults and numbers are PyTorch's. Source: Smith (2017).

    Examples
    --------
    >>> zigzag = CyclicLR(base_lr=0.0, max_lr=1.0, step_size_up=2)
    >>> [zigzag.lr_at(step, base_lr=0.1) for step in range(6)]
    [0.0, 0.5, 1.0, 0.5, 0.0, 0.5]
    >>> [round(zigzag.momentum_at(step), 2) for step in range(3)]
    [0.9, 0.85, 0.8]
    """

    per_group: ClassVar[tuple[str, ...]] = ("base_lr", "max_lr", "base_momentum", "max_momentum")

    def __init__(
        self,
        base_lr: Any,
        max_lr: Any,
        step_size_up: int = 2000,
        step_size_down: int | None = None,
        mode: str = "triangular",
        gamma: float = 1.0,
        scale_fn: Callable[[Any], float] | None = None,
        scale_mode: str = "cycle",
        cycle_momentum: bool = True,
        base_momentum: Any = 0.8,
        max_momentum: Any = 0.9,
    ) -> None:
        self.base_lr: Any = for_each(base_lr, "base_lr", check_rate)
        self.max_lr: Any = for_each(max_lr, "max_lr", check_rate)
        self.base_momentum: Any = for_each(base_momentum, "base_momentum", check_momentum)
        self.max_momentum: Any = for_each(max_momentum, "max_momentum", check_momentum)
        self.step_size_up = check_positive_int(step_size_up, "step_size_up")
        down = step_size_up if step_size_down is None else step_size_down
        self.step_size_down = check_positive_int(down, "step_size_down")
        self.mode = check_choice(mode, "mode", MODES)
        self.gamma = check_real(gamma, "gamma", low=0, low_inclusive=False)
        if not (scale_fn is None or callable(scale_fn)):
            raise TypeError(f"scale_fn: expected a function, received {describe(scale_fn)}")
        self.scale_fn = scale_fn
        self.scale_mode = check_choice(scale_mode, "scale_mode", ("cycle", "iterations"))
        self.cycle_momentum = bool(cycle_momentum)
        check_same_groups(**{name: getattr(self, name) for name in self.per_group})

    def rate(self, epoch: int, base_lr: float) -> float:
        """Return base_lr + (max_lr − base_lr) · the height of the triangle."""
        return float(self.base_lr + (self.max_lr - self.base_lr) * self._height(epoch))

    def momentum_at(self, epoch: int) -> float | None:
        """Return max_momentum − (max_momentum − base_momentum) · the height of the triangle."""
        if not self.cycle_momentum:
            return None
        reach = self.max_momentum - self.base_momentum
        return float(self.max_momentum - reach * self._height(epoch))

    def _height(self, step: int) -> float:
        whole = self.step_size_up + self.step_size_down
        cycle, done = divmod(step, whole)
        rises = done <= self.step_size_up
        height = done / self.step_size_up if rises else (whole - done) / self.step_size_down
        return height * self._scale(cycle + 1, step)

    def _scale(self, cycle: int, step: int) -> float:
        if self.scale_fn is not None:
            return self.scale_fn(cycle if self.scale_mode == "cycle" else step)
        return {
            "triangular": 1.0,
            "triangular2": math.ldexp(1.0, 1 - cycle),
            "exp_range": self.gamma**step,
        }[self.mode]


def check_rate(value: Any, name: str) -> float:
    """Return a learning rate: a finite number ≥ 0."""
    return check_real(value, name, low=0)


def check_momentum(value: Any, name: str) -> float:
    """Return a momentum: a number ≥ 0 and < 1."""
    return check_real(value, name, low=0, high=1, high_inclusive=False)
