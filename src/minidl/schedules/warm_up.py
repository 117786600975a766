"""Schedules for a start with a smaller rate."""

from __future__ import annotations

from minidl.schedules.base import Schedule
from minidl.validation import check_positive_int, check_real


class LinearLR(Schedule):
    """α times a factor that goes in a straight line from f₀ to f₁ in T epochs, and stays there.

    As warm-up from 1/3 to 1: in the first steps gradients are large and averages have seen
    little, so that the full rate could throw the weights far off.

    Parameters
    ----------
    start_factor : float
        f₀, > 0 and ≤ 1.
    end_factor : float
        f₁, ≥ 0 and ≤ 1.
    total_iters : int
        T.

    Examples
    --------
    >>> warm_up = LinearLR(start_factor=0.5, total_iters=4)
    >>> [warm_up.lr_at(epoch, base_lr=1.0) for epoch in range(6)]
    [0.5, 0.625, 0.75, 0.875, 1.0, 1.0]
    """

    def __init__(
        self, start_factor: float = 1 / 3, end_factor: float = 1.0, total_iters: int = 5
    ) -> None:
        self.start_factor = check_real(
            start_factor, "start_factor", low=0, high=1, low_inclusive=False
        )
        self.end_factor = check_real(end_factor, "end_factor", low=0, high=1)
        self.total_iters = check_positive_int(total_iters, "total_iters")

    def rate(self, epoch: int, base_lr: float) -> float:
        """Return α·(f₀ + (f₁ − f₀)·min(e, T) / T)."""
        done = min(epoch, self.total_iters) / self.total_iters
        return base_lr * (self.start_factor + (self.end_factor - self.start_factor) * done)


class ConstantLR(Schedule):
    """f·α before epoch T, α from there on.

    Parameters
    ----------
    factor : float
        f, ≥ 0 and ≤ 1.
    total_iters : int
        T.

    Examples
    --------
    >>> [ConstantLR(0.5, total_iters=2).lr_at(epoch, base_lr=1.0) for epoch in range(4)]
    [0.5, 0.5, 1.0, 1.0]
    """

    def __init__(self, factor: float = 1 / 3, total_iters: int = 5) -> None:
        self.factor = check_real(factor, "factor", low=0, high=1)
        self.total_iters = check_positive_int(total_iters, "total_iters", minimum=0)

    def rate(self, epoch: int, base_lr: float) -> float:
        """Return f·α or α."""
        return base_lr * (self.factor if epoch < self.total_iters else 1.0)
