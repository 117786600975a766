"""Schedules that only fall: at once, in stairs, or evenly."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from minidl.schedules.base import Schedule, for_each
from minidl.validation import check_positive_int, check_real, describe


class StepLR(Schedule):
    """α·γ^⌊e / s⌋: a stair, γ times as high after every s epochs.

    Parameters
    ----------
    step_size : int
        The epochs s of a stair.
    gamma : float
        The factor γ ≥ 0.

    Examples
    --------
    >>> stairs = StepLR(10, gamma=0.1)
    >>> [round(stairs.lr_at(epoch, base_lr=0.5), 4) for epoch in (0, 9, 10, 20)]
    [0.5, 0.5, 0.05, 0.005]
    """

    def __init__(self, step_size: int, gamma: float = 0.1) -> None:
        self.step_size = check_positive_int(step_size, "step_size")
        self.gamma = check_real(gamma, "gamma", low=0)

    def rate(self, epoch: int, base_lr: float) -> float:
        """Return α·γ^⌊e / s⌋."""
        return base_lr * self.gamma ** (epoch // self.step_size)


class MultiStepLR(Schedule):
    """α·γ^k, where k is the number of milestones reached.

    Parameters
    ----------
    milestones : iterable of int
        The epochs at which the rate falls; one that stands there twice counts twice.
    gamma : float
        The factor γ ≥ 0.

    Examples
    --------
    >>> stairs = MultiStepLR([30, 80])
    >>> [round(stairs.lr_at(epoch, base_lr=1.0), 4) for epoch in (29, 30, 80)]
    [1.0, 0.1, 0.01]
    """

    def __init__(self, milestones: Iterable[int], gamma: float = 0.1) -> None:
        if isinstance(milestones, str) or not isinstance(milestones, Iterable):
            raise TypeError(f"milestones: expected a list of epochs, received {milestones!r}")
        self.milestones = sorted(
            check_positive_int(epoch, "milestones", minimum=0) for epoch in milestones
        )
        self.gamma = check_real(gamma, "gamma", low=0)

    def rate(self, epoch: int, base_lr: float) -> float:
        """Return α·γ^k."""
        return base_lr * self.gamma ** bisect_right(self.milestones, epoch)


class ExponentialLR(Schedule):
    """α·γ^e: the same share less in every epoch.

    Parameters
    ----------
    gamma : float
        The factor γ ≥ 0 of an epoch.

    Examples
    --------
    >>> round(ExponentialLR(0.9).lr_at(2, base_lr=1.0), 4)
    0.81
    """

    def __init__(self, gamma: float) -> None:
        self.gamma = check_real(gamma, "gamma", low=0)

    def rate(self, epoch: int, base_lr: float) -> float:
        """Return α·γ^e."""
        return base_lr * self.gamma**epoch


class PolynomialLR(Schedule):
    """α·(1 − e / T)^p, and 0 from epoch T on.

    Parameters
    ----------
    total_iters : int
        The epochs T until it is 0.
    power : float
        The power p; 1 is a straight line.

    Examples
    --------
    >>> line = PolynomialLR(total_iters=4)
    >>> [line.lr_at(epoch, base_lr=1.0) for epoch in range(6)]
    [1.0, 0.75, 0.5, 0.25, 0.0, 0.0]
    """

    def __init__(self, total_iters: int = 5, power: float = 1.0) -> None:
        self.total_iters = check_positive_int(total_iters, "total_iters")
        self.power = check_real(power, "power", low=0)

    def rate(self, epoch: int, base_lr: float) -> float:
        """Return α·(1 − min(e, T) / T)^p."""
        left = 1 - min(epoch, self.total_iters) / self.total_iters
        return base_lr * left**self.power


class LambdaLR(Schedule):
    """α·f(e), for a function f of the reader's own.

    Parameters
    ----------
    lr_lambda : callable, or list of them
        f, from an epoch to a factor ≥ 0; in a list, one for each parameter group.

    Raises
    ------
    ValueError
        By `lr_at`, if f gives something else.

    Examples
    --------
    >>> LambdaLR(lambda epoch: 0.95**epoch).lr_at(0, base_lr=0.1)
    0.1
    """

    per_group: ClassVar[tuple[str, ...]] = ("lr_lambda",)

    def __init__(self, lr_lambda: Any) -> None:
        self.lr_lambda: Any = for_each(lr_lambda, "lr_lambda", _check_function)

    def rate(self, epoch: int, base_lr: float) -> float:
        """Return α·f(e)."""
        return base_lr * check_real(self.lr_lambda(epoch), f"lr_lambda({epoch})", low=0)


def _check_function(value: Any, name: str) -> Callable[[int], float]:
    if not callable(value):
        raise TypeError(
            f"{name}: expected a function of the epoch, received {describe(value)}; "
            "try lambda epoch: 0.95**epoch"
        )
    return value
