"""Schedules along half a wave: slow at first, fast in the middle, slow at the end."""

from __future__ import annotations

import math
from typing import ClassVar

from minidl.schedules.base import Schedule
from minidl.validation import check_positive_int, check_real


class CosineAnnealingLR(Schedule):
    """η + ½·(α − η)·(1 + cos(π·e / T)): from α to η in T epochs, and then up again.

    Parameters
    ----------
    T_max : int
        T, usually the number of epochs of the whole training.
    eta_min : float
        The lowest rate η ≥ 0.

    Notes
    -----
    After T epochs it climbs back, in T epochs more, as PyTorch's does. Source: Loshchilov and
    Hutter (2017).

    Examples
    --------
    >>> wave = CosineAnnealingLR(T_max=4)
    >>> [round(wave.lr_at(epoch, base_lr=1.0), 3) for epoch in range(6)]
    [1.0, 0.854, 0.5, 0.146, 0.0, 0.146]
    """

    def __init__(self, T_max: int, eta_min: float = 0.0) -> None:
        self.T_max = check_positive_int(T_max, "T_max")
        self.eta_min = check_real(eta_min, "eta_min", low=0)

    def rate(self, epoch: int, base_lr: float) -> float:
        """Return η + ½·(α − η)·(1 + cos(π·e / T))."""
        return half_wave(base_lr, self.eta_min, epoch / self.T_max)


class CosineAnnealingWarmRestarts(Schedule):
    """Half waves from α to η, each beginning at α anew and m times as long as the last.

    Parameters
    ----------
    T_0 : int
        The epochs of the first.
    T_mult : int
        The factor m ≥ 1.
    eta_min : float
        The lowest rate η ≥ 0.

    Notes
    -----
    The epoch may be a fraction, as in 3.5 for the middle of the fourth. Source: Loshchilov and
    Hutter (2017).

    Examples
    --------
    >>> waves = CosineAnnealingWarmRestarts(T_0=2, T_mult=2)
    >>> [round(waves.lr_at(epoch, base_lr=1.0), 3) for epoch in range(7)]
    [1.0, 0.5, 1.0, 0.854, 0.5, 0.146, 1.0]
    """

    takes_fractions: ClassVar[bool] = True

    def __init__(self, T_0: int, T_mult: int = 1, eta_min: float = 0.0) -> None:
        self.T_0 = check_positive_int(T_0, "T_0")
        self.T_mult = check_positive_int(T_mult, "T_mult")
        self.eta_min = check_real(eta_min, "eta_min", low=0)

    def rate(self, epoch: float, base_lr: float) -> float:
        """Return η + ½·(α − η)·(1 + cos(π·t / T)), t epochs into a wave of T."""
        left, length = epoch, self.T_0
        if self.T_mult == 1:
            left %= length
        while left >= length:
            left -= length
            length *= self.T_mult
        return half_wave(base_lr, self.eta_min, left / length)


def half_wave(start: float, end: float, done: float) -> float:
    """Return end + ½·(start − end)·(1 + cos(π·done)): from start to end as `done` goes to 1.

    Examples
    --------
    >>> half_wave(1.0, 0.0, 0.5)
    0.5
    """
    return end + (start - end) * (1 + math.cos(math.pi * done)) / 2
